"""The folder of a study: what is in it is kept, and nothing of anybody's is written over."""

import json
from pathlib import Path

import pytest

from scheduler.studies.checking import Result, own_result
from scheduler.studies.folder import MARKER, StudyFolder
from scheduler.studies.task import Limits
from scheduler.support.errors import CannotWriteError, WrongTargetError
from tests.studies.rounds import combined


@pytest.fixture(scope="module")
def result() -> Result:
    _, some = combined(1)
    found = own_result(some[0].task, Limits())
    assert isinstance(found, Result)
    return found


def test_what_was_done_is_there_for_the_next_call(result: Result, tmp_path: Path) -> None:
    StudyFolder(tmp_path / "study").store(result)
    assert StudyFolder(tmp_path / "study").load(result.key) == result
    assert StudyFolder(tmp_path / "study").load("0" * 64) is None


@pytest.mark.parametrize(
    ("old", "new"), [('placed\\":', 'placed\\": 1'), ('"sha256"', '"sha"'), ("{", "")]
)
def test_what_was_changed_is_done_again(old: str, new: str, result: Result, tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path / "study")
    folder.store(result)
    (kept,) = (tmp_path / "study" / "tasks").rglob("*.json")
    text = kept.read_text(encoding="utf-8")
    assert old in text
    kept.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert folder.load(result.key) is None


def test_a_result_under_another_name_is_not_that_of_the_task(
    result: Result, tmp_path: Path
) -> None:
    folder = StudyFolder(tmp_path / "study")
    folder.store(result)
    (kept,) = (tmp_path / "study" / "tasks").rglob("*.json")
    other = "ab" + "0" * 62
    place = kept.parent.with_name("ab")
    place.mkdir(exist_ok=True)
    kept.rename(place / f"{other}.json")
    assert folder.load(other) is None


@pytest.mark.parametrize(
    "marker", [None, "", "{}", '{"schema": "alis-plan/1", "files": {}}', '{"files": []}', "[]"]
)
def test_a_folder_of_somebody_else_is_left_alone(marker: str | None, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    if marker is not None:
        (tmp_path / MARKER).write_text(marker, encoding="utf-8")
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(CannotWriteError, match="not that of a study"):
        StudyFolder(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_what_alis_wrote_is_replaced_and_what_was_changed_is_not(tmp_path: Path) -> None:
    place = tmp_path / "study"
    StudyFolder(place).write({"study.xlsx": b"one", "study.html": b"page"})
    StudyFolder(place).write({"study.xlsx": b"two"})
    assert (place / "study.xlsx").read_bytes() == b"two"
    (place / "study.xlsx").write_bytes(b"two, and my notes")
    with pytest.raises(CannotWriteError, match="not as alis wrote it"):
        StudyFolder(place)
    assert (place / "study.xlsx").read_bytes() == b"two, and my notes"


def test_a_file_that_came_meanwhile_is_left_alone(tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path / "study")
    (tmp_path / "study" / "study.xlsx").write_bytes(b"mine")
    with pytest.raises(CannotWriteError, match="not as alis wrote it"):
        folder.write({"study.xlsx": b"one"})
    assert (tmp_path / "study" / "study.xlsx").read_bytes() == b"mine"


def test_a_call_that_was_stopped_while_it_wrote_can_be_made_again(tmp_path: Path) -> None:
    place = tmp_path / "study"
    StudyFolder(place).write({"study.xlsx": b"one"})
    marker = json.loads((place / MARKER).read_text(encoding="utf-8"))
    StudyFolder(place).write({"study.xlsx": b"two"})
    (place / "study.xlsx").write_bytes(b"one")  # as if it was stopped before the file was moved
    assert marker["files"].keys() == {"study.xlsx"}
    StudyFolder(place).write({"study.xlsx": b"three"})
    assert (place / "study.xlsx").read_bytes() == b"three"


def test_the_input_is_no_place_for_a_study(tmp_path: Path) -> None:
    with pytest.raises(WrongTargetError):
        StudyFolder(tmp_path, [tmp_path])
