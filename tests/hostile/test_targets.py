"""Where a command writes: never over what is there unasked, never over its input."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook

from scheduler.commands.check import check
from scheduler.commands.options import Region
from scheduler.commands.plan import plan
from scheduler.commands.policy import policy
from scheduler.commands.sample import sample
from scheduler.commands.verify import verify
from scheduler.input import read_round
from scheduler.input.writing import write_input
from scheduler.locale import Translator
from tests.delivery import departments_in
from tests.hostile.disk import content, left_behind
from tests.test_cli import SAMPLES
from tools.hand_samples import small_facts


def code_of(command: Callable[..., None], **arguments: object) -> int:
    """The exit code of a command, called in this process."""
    try:
        command(**arguments)
    except typer.Exit as left:
        return left.exit_code
    return 0


def a_sample(out: Path, overwrite: bool = False) -> int:
    few = {"region": Region.NORD, "candidates": 3, "vacancies": 3, "seed": 1, "split_share": 0.1}
    return code_of(sample, out=out, overwrite=overwrite, **few)


@pytest.mark.parametrize("name", ["sample", "check", "policy"])
def test_no_command_writes_over_a_file_unasked(
    tmp_path: Path, workbook: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.xlsx"

    def write(overwrite: bool) -> int:
        if name == "sample":
            return a_sample(old, overwrite)
        if name == "check":
            return code_of(check, path=workbook, marked=old, overwrite=overwrite)
        return code_of(policy, name="vest-2023", copy=old, overwrite=overwrite)

    assert write(False) == 0
    whole = old.read_bytes()
    old.write_bytes(b"before")
    assert write(False) == 7
    assert "--overwrite" in capsys.readouterr().err
    assert old.read_bytes() == b"before"
    assert write(True) == 0
    assert old.read_bytes()[:4] == whole[:4]
    assert left_behind(tmp_path) == []


def test_a_folder_with_files_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_bytes(b"mine")
    for overwrite in (False, True):
        assert a_sample(tmp_path, overwrite) == 7
    assert content(tmp_path) == {"brev.txt": b"mine"}


@pytest.mark.parametrize("mark", ["~$old.xlsx", ".~lock.old.xlsx#"])
def test_a_workbook_that_is_open_is_not_replaced(
    tmp_path: Path, mark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("old.xlsx", mark):
        (tmp_path / name).write_bytes(b"before")
    assert a_sample(tmp_path / "old.xlsx", overwrite=True) == 7
    assert "lukk den i Excel" in capsys.readouterr().err
    assert (tmp_path / "old.xlsx").read_bytes() == b"before"


def test_sheets_of_any_name_can_be_marked(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "vest", tmp_path / "in")
    for name in ("[odd] 'x'", "a" * 40, "a" * 41, "Wishes (2)", "'"):
        (tmp_path / "in" / f"{name}.csv").write_text("a;b", encoding="utf-8")
    code_of(check, path=tmp_path / "in", marked=tmp_path / "marked.xlsx")
    assert len(load_workbook(tmp_path / "marked.xlsx").sheetnames) == 18  # and the list


SPELLINGS = ["in.xlsx", "link.xlsx", "hard.xlsx", "up/in.xlsx", "up/../SELF/in.xlsx"]


@pytest.mark.parametrize("name", SPELLINGS)
def test_the_input_is_never_written_over(tmp_path: Path, workbook: Path, name: str) -> None:
    own = tmp_path / "in.xlsx"
    own.write_bytes(workbook.read_bytes())
    (tmp_path / "link.xlsx").symlink_to(own)
    os.link(own, tmp_path / "hard.xlsx")
    (tmp_path / "up").symlink_to(tmp_path)
    target = tmp_path / name.replace("up/../SELF", f"up/../{tmp_path.name}")
    assert code_of(check, path=own, marked=target, overwrite=True) == 2
    assert own.read_bytes() == workbook.read_bytes()
    assert (tmp_path / "link.xlsx").is_symlink()


def test_nothing_is_written_into_a_folder_that_is_the_input(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "vest", tmp_path / "in")
    before = content(tmp_path)
    assert code_of(check, path=tmp_path / "in", marked=tmp_path / "in" / "marked.xlsx") == 2
    assert content(tmp_path) == before


def test_a_policy_is_never_copied_onto_itself(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes((SAMPLES.parent / "policies" / "vest-2023.toml").read_bytes())
    before = own.read_bytes()
    assert code_of(policy, name=str(own), copy=own, overwrite=True) == 2
    assert own.read_bytes() == before
    assert code_of(policy, name="vest-2023", copy=tmp_path / "new.toml") == 0
    assert (tmp_path / "new.toml").read_bytes() == before
    assert code_of(policy, copy=tmp_path / "none.toml") == 2


def test_special_files_are_never_written_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "ring.xlsx").symlink_to("ring.xlsx")
    for name in ("pipe.xlsx", "folder.xlsx", "ring.xlsx", "x" * 300 + ".xlsx"):
        assert a_sample(tmp_path / name, overwrite=True) == 7
    assert a_sample(Path("/dev/null"), overwrite=True) == 7
    assert code_of(check, path=tmp_path / "ring.xlsx") == 2


def test_a_workbook_is_not_called_something_else(tmp_path: Path, workbook: Path) -> None:
    for name in ("a.csv", "a.xlsm", "a.ods"):
        assert a_sample(tmp_path / name) == 2
        assert code_of(check, path=workbook, marked=tmp_path / name) == 2
    assert list(tmp_path.iterdir()) == []


def test_an_unusable_target_is_told_before_anything_is_solved(
    tmp_path: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve(*_: object, **__: object) -> None:
        raise AssertionError("nothing may be solved")

    monkeypatch.setattr("scheduler.listing.options.make_case", solve)
    monkeypatch.setattr("scheduler.planning.make_plan", solve)
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "other" / "letters").mkdir(parents=True)
    for name in ("file", "other", "x" * 300):
        assert code_of(plan, path=workbook, out=tmp_path / name) == 7
    book = tmp_path / "round" / "plan.xlsx"
    book.parent.mkdir()
    book.write_bytes(workbook.read_bytes())
    assert code_of(plan, path=book, out=book.parent) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "other", "round"]


@pytest.fixture(scope="module")
def planned(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned") / "plan"
    assert code_of(plan, path=workbook, out=folder, workers=1) == 0
    return folder


def test_plan_json_names_no_file_of_the_users(
    planned: Path, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (planned / "plan.json").read_text(encoding="utf-8")
    assert "Nordmann" not in text
    assert list(json.loads(text)["input"]) == ["input.xlsx"]
    assert code_of(verify, plan_path=planned / "plan.json", path=workbook, workers=1) == 0
    assert capsys.readouterr().err == ""
    other = tmp_path / "other.xlsx"
    write_input(other, small_facts(), Translator("nn"))
    code_of(verify, plan_path=planned / "plan.json", path=other, workers=1)
    assert "filen" in capsys.readouterr().err


def test_a_folder_of_tables_is_named_by_its_sheets() -> None:
    read = read_round(SAMPLES / "vest")
    assert set(read.origin.files) == {p.name for p in (SAMPLES / "vest").glob("*.csv")}


def test_changed_answers_are_told_with_their_place(
    planned: Path, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(planned, tmp_path / "a")
    book = departments_in(tmp_path / "a")[0]
    book.write_bytes(b"an answer")
    assert code_of(plan, path=workbook, out=tmp_path / "a", workers=1, as_json=True) == 0
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert data["changed"] == [f"{book.parent.name}/{book.name}"]
    assert (Path(data["kept"]) / book.parent.name / book.name).read_bytes() == b"an answer"
    assert data["kept"] in told.err
    assert book.name in told.err
