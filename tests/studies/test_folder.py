"""The folder of a study: what is in it is kept, and nothing of anybody's is written over."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.finding import Finding, finding
from scheduler.studies.checking import Result, own_result
from scheduler.studies.folder import MARKER, StudyFolder
from scheduler.studies.task import Limits, Task
from scheduler.support.errors import CannotWriteError, WrongTargetError
from scheduler.support.safe_write import write_file
from tests.studies.rounds import combined


@pytest.fixture(scope="module")
def task() -> Task:
    return combined(1)[1][0].task


@pytest.fixture(scope="module")
def result(task: Task) -> Result:
    found = own_result(task, Limits())
    assert isinstance(found, Result)
    assert found.figures.placed
    return found


def test_what_was_done_is_there_for_the_next_call(
    task: Task, result: Result, tmp_path: Path
) -> None:
    StudyFolder(tmp_path / "study").store(result)
    assert StudyFolder(tmp_path / "study").load(task) == result
    assert StudyFolder(tmp_path / "study").load(combined(2)[1][2].task) is None


@pytest.mark.parametrize(
    ("old", "new"), [('points\\":', 'points\\": 1'), ('"sha256"', '"sha"'), ("{", "")]
)
def test_what_was_changed_is_done_again(
    old: str, new: str, task: Task, result: Result, tmp_path: Path
) -> None:
    folder = StudyFolder(tmp_path / "study")
    folder.store(result)
    (kept,) = (tmp_path / "study" / "tasks").rglob("*.json")
    text = kept.read_text(encoding="utf-8")
    assert old in text
    kept.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert folder.load(task) is None


def _someone_moves_out(answer: dict[str, Any]) -> None:
    del answer["placements"][0]


def _points_are_fewer(answer: dict[str, Any]) -> None:
    answer["placements"][0]["points"] -= 1


def _a_goal_is_better(answer: dict[str, Any]) -> None:
    answer["goals"][0]["value"] = answer["goals"][0]["bound"] = 999


def _somebody_unknown(answer: dict[str, Any]) -> None:
    answer["placements"][0]["candidate_id"] = "nobody"


def _figures_are_added(answer: dict[str, Any]) -> None:
    answer["figures"] = {"placed": 999}


@pytest.mark.parametrize(
    "change",
    [
        *(_someone_moves_out, _points_are_fewer, _a_goal_is_better),
        *(_somebody_unknown, _figures_are_added),
    ],
)
def test_what_was_changed_with_its_sum_is_done_again(
    change: Callable[[dict[str, Any]], None], task: Task, result: Result, tmp_path: Path
) -> None:
    folder = StudyFolder(tmp_path / "study")
    folder.store(result)
    (kept,) = (tmp_path / "study" / "tasks").rglob("*.json")
    data = json.loads(kept.read_bytes())
    answer = json.loads(data["answer"])
    change(answer)
    data["answer"] = json.dumps(answer)
    data["sha256"] = hashlib.sha256(data["answer"].encode()).hexdigest()
    kept.write_text(json.dumps(data), encoding="utf-8")
    assert folder.load(task) is None


def test_a_result_under_another_name_is_not_that_of_the_task(
    task: Task, result: Result, tmp_path: Path
) -> None:
    folder = StudyFolder(tmp_path / "study")
    folder.store(result)
    (kept,) = (tmp_path / "study" / "tasks").rglob("*.json")
    other = "ab" + "0" * 62
    place = kept.parent.with_name("ab")
    place.mkdir(exist_ok=True)
    kept.rename(place / f"{other}.json")
    assert folder.load(Task(other, task.payload)) is None


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


def test_what_was_written_before_is_kept_where_something_else_is_written(tmp_path: Path) -> None:
    place = tmp_path / "study"
    StudyFolder(place).write({"study.xlsx": b"one", "study.html": b"page"})
    folder = StudyFolder(place)
    folder.write({"study.xlsx": b"two", "study.html": b"page"})
    (kept,) = place.glob("study.2*")
    assert kept.suffix == ".xlsx"
    assert kept.read_bytes() == b"one"
    assert [note.value("kept") for note in folder.notes] == [kept.name]
    StudyFolder(place).write({"study.xlsx": b"three"})
    assert {p.read_bytes() for p in place.glob("study.2*")} == {b"one", b"two"}


def test_what_alis_wrote_is_replaced_and_what_was_changed_is_not(tmp_path: Path) -> None:
    place = tmp_path / "study"
    StudyFolder(place).write({"study.xlsx": b"one", "study.html": b"page"})
    StudyFolder(place).write({"study.xlsx": b"two"})
    assert (place / "study.xlsx").read_bytes() == b"two"
    (place / "study.xlsx").write_bytes(b"two, and my notes")
    with pytest.raises(CannotWriteError, match="not as alis wrote it"):
        StudyFolder(place)
    assert (place / "study.xlsx").read_bytes() == b"two, and my notes"


def test_where_one_file_is_open_none_is_touched(tmp_path: Path) -> None:
    place = tmp_path / "study"
    StudyFolder(place).write({"study.html": b"page", "study.xlsx": b"one"})
    (place / "~$study.xlsx").touch()
    before = {p: p.read_bytes() for p in place.iterdir()}
    with pytest.raises(CannotWriteError, match="is open"):
        StudyFolder(place).write({"study.html": b"new", "study.xlsx": b"two"})
    assert {p: p.read_bytes() for p in place.iterdir()} == before


@pytest.mark.parametrize("stop", [CannotWriteError(finding("full")), KeyboardInterrupt()])
def test_what_stood_there_stands_there_still_where_nothing_can_be_written(
    stop: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "study"
    StudyFolder(place).write({"study.xlsx": b"one"})
    folder = StudyFolder(place)

    def full(path: Path, content: bytes, **_: object) -> list[Finding]:
        if path.name == "study.xlsx":
            raise stop
        return write_file(path, content, overwrite=True)

    monkeypatch.setattr("scheduler.studies.folder.write_file", full)
    with pytest.raises(type(stop)):
        folder.write({"study.xlsx": b"two"})
    assert {p.name for p in place.iterdir()} == {MARKER, "study.xlsx"}
    assert (place / "study.xlsx").read_bytes() == b"one"
    assert not folder.notes


def test_two_calls_may_write_in_one_folder_one_after_the_other(tmp_path: Path) -> None:
    one, two = StudyFolder(tmp_path / "study"), StudyFolder(tmp_path / "study")
    one.write({"study.xlsx": b"one"})
    two.write({"study.xlsx": b"two"})
    assert (tmp_path / "study" / "study.xlsx").read_bytes() == b"two"
    assert [note.value("file") for note in two.notes] == ["study.xlsx"]


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
