"""The folder of a plan: what may stand there, what is kept, and who may look."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from scheduler.locale import Translator
from scheduler.report import files
from scheduler.report.files import examine, write_plan
from scheduler.report.texts import Delivery
from scheduler.support import safe_write
from scheduler.support.errors import CannotWriteError, WrongTargetError
from scheduler.support.excel import put, workbook_bytes
from tests.delivery import plan_in
from tests.hostile.disk import Disk, content, fails, left_behind, make
from tests.report.test_files import deliver


@pytest.fixture(scope="module")
def small() -> Delivery:
    return deliver("small")


@pytest.fixture(scope="module")
def contents(small: Delivery) -> dict[str, bytes]:
    return files._contents(small)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, contents: dict[str, bytes]) -> None:
    """The workbooks are made once: only how they are written is tested here."""
    monkeypatch.setattr(files, "_contents", lambda delivery: contents)


def kept(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.name.startswith("plan."))


def told(notes: object) -> str:
    assert isinstance(notes, list | tuple)
    return "\n".join(Translator("en").finding(found) for found in notes)


def test_every_earlier_plan_is_kept(small: Delivery, tmp_path: Path) -> None:
    written = [write_plan(small, tmp_path / "plan") for _ in range(4)]
    assert written[0].kept is None
    assert [w.kept for w in written[1:]] == kept(tmp_path)
    assert len(kept(tmp_path)) == 3
    for folder in kept(tmp_path):
        assert re.fullmatch(r"plan\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d)?", folder.name)
        assert content(folder) == content(tmp_path / "plan")
    assert str(written[1].kept) in told(written[1].notes)
    assert all(w.changed == () for w in written)


def test_a_folder_of_that_name_is_never_written_over(
    small: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one that is empty, which a system would silently replace."""
    write_plan(small, tmp_path / "plan")

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Clock":
            return cls(2026, 11, 28, 21, 5, 33)

    monkeypatch.setattr(safe_write, "datetime", Clock)
    make(tmp_path, {"plan.2026-11-28T21-05-33": b"a file"})
    (tmp_path / "plan.2026-11-28T21-05-33-2").mkdir()
    assert write_plan(small, tmp_path / "plan").kept == tmp_path / "plan.2026-11-28T21-05-33-3"
    assert (tmp_path / "plan.2026-11-28T21-05-33").read_bytes() == b"a file"


def test_answers_typed_into_workbooks_are_kept_and_told_of(small: Delivery, tmp_path: Path) -> None:
    first = write_plan(small, tmp_path / "plan")
    answered = [f for f in first.files if f.parent.name == "avdelinger"][:2]
    for file in answered:
        file.write_bytes(b"an answer")
    second = write_plan(small, tmp_path / "plan")
    assert second.kept is not None
    names = tuple(f.relative_to(tmp_path / "plan").as_posix() for f in answered)
    assert second.changed == names
    assert all(name in told(second.notes) for name in names)
    write_plan(small, tmp_path / "plan")
    for name in names:
        assert (second.kept / name).read_bytes() == b"an answer"


def test_an_earlier_plan_without_checksums_is_kept_too(small: Delivery, tmp_path: Path) -> None:
    data = json.loads(small.plan.to_json())
    del data["files"]
    own = {"plan.json": json.dumps(data).encode(), "plan.xlsx": b"1", "answers.xlsx": b"2"}
    make(tmp_path / "plan", {**own, "departments/Bodø - Kirurgi.xlsx": b"3"})
    assert write_plan(small, tmp_path / "plan").kept is not None


FOREIGN = ["brev.docx", "departments/notat.txt", "departments/deep/x.xlsx", "plan (2).xlsx"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_folder_with_other_files_is_refused(small: Delivery, tmp_path: Path, name: str) -> None:
    write_plan(small, tmp_path / "plan")
    make(tmp_path / "plan", {name: b"mine"})
    before = content(tmp_path)
    with pytest.raises(CannotWriteError) as caught:
        examine(tmp_path / "plan")
    assert name in str(caught.value)
    with pytest.raises(CannotWriteError):
        write_plan(small, tmp_path / "plan")
    assert content(tmp_path) == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"schema": "other/1"}', '{"schema": "alis-plan/1"}', "[" * 9999]
)
def test_a_folder_is_ours_only_if_its_plan_json_says_so(tmp_path: Path, text: str) -> None:
    make(tmp_path / "plan", {"plan.json": text.encode(), "plan.xlsx": b"mine"})
    with pytest.raises(CannotWriteError) as caught:
        examine(tmp_path / "plan")
    assert "plan.json" in str(caught.value)


def test_files_of_the_system_are_nobodys(small: Delivery, tmp_path: Path) -> None:
    junk = {".DS_Store": b"1", "Thumbs.db": b"2", "desktop.ini": b"3", "._plan.xlsx": b"4"}
    make(tmp_path / "plan", junk)
    assert write_plan(small, tmp_path / "plan").kept is None
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]
    make(tmp_path / "plan", junk)
    make(tmp_path / "plan" / "avdelinger", junk)
    earlier = write_plan(small, tmp_path / "plan").kept
    assert earlier is not None
    assert (earlier / "avdelinger" / ".DS_Store").read_bytes() == b"1"


@pytest.mark.parametrize("mark", ["~$plan.xlsx", ".~lock.plan.xlsx#", "departments/~$A - B.xlsx"])
def test_a_workbook_that_is_open_is_named(small: Delivery, tmp_path: Path, mark: str) -> None:
    write_plan(small, tmp_path / "plan")
    make(tmp_path / "plan", {mark: b""})
    with pytest.raises(CannotWriteError, match="close it in Excel") as caught:
        examine(tmp_path / "plan")
    assert ("A - B.xlsx" if "A - B" in mark else "plan.xlsx") in str(caught.value).split(" in ")[0]


def test_the_input_and_its_policy_never_lie_in_the_folder(small: Delivery, tmp_path: Path) -> None:
    write_plan(small, tmp_path / "plan")
    make(tmp_path, {"input.xlsx": b"", "csv/wishes.csv": b""})
    os.link(plan_in(tmp_path / "plan"), tmp_path / "other.xlsx")
    (tmp_path / "link").symlink_to(plan_in(tmp_path / "plan"))
    for within in (plan_in(tmp_path / "plan"), tmp_path / "link", tmp_path / "plan"):
        with pytest.raises(WrongTargetError):
            examine(tmp_path / "plan", [within])
    with pytest.raises(WrongTargetError):
        examine(tmp_path / "csv", [tmp_path / "csv"])
    with pytest.raises(WrongTargetError):
        examine(tmp_path, [tmp_path / "input.xlsx"])
    assert examine(tmp_path / "plan", [tmp_path / "input.xlsx"]) == []
    assert examine(tmp_path / "csv" / "plan", [tmp_path / "csv"]) == []


def test_the_folder_that_one_is_in_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder in (Path(), tmp_path, Path("/")):
        with pytest.raises(WrongTargetError):
            examine(folder)


def test_files_and_links_are_no_folders(small: Delivery, tmp_path: Path) -> None:
    make(tmp_path, {"file": b"x"})
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    for name in ("file", "ring", "file/under", "x" * 300):
        with pytest.raises(CannotWriteError):
            write_plan(small, tmp_path / name)
    assert content(tmp_path) == {"file": b"x"}
    (tmp_path / "true").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "true")
    write_plan(small, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "true" / "plan.json").is_file()


def test_looking_at_the_target_changes_nothing(tmp_path: Path) -> None:
    assert examine(tmp_path / "a" / "b" / "plan") == []
    assert list(tmp_path.iterdir()) == []


def test_a_fault_at_any_file_of_a_plan_leaves_the_earlier_one(
    small: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(small, tmp_path / "plan")
    before = content(tmp_path)
    disk = Disk(0, fails(28))
    with monkeypatch.context() as patched:
        patched.setattr(safe_write, "os", disk)
        write_plan(small, tmp_path / "two")
    for n in range(1, disk.changes + 5):
        with monkeypatch.context() as patched:
            patched.setattr(safe_write, "os", Disk(n, fails(28)))
            with pytest.raises(CannotWriteError, match="disk is full"):
                write_plan(small, tmp_path / "plan")
        assert {k: v for k, v in content(tmp_path).items() if k[:4] == "plan"} == before, n
        assert left_behind(tmp_path) == []


MODES = [(0o000, 0o700, 0o600), (0o022, 0o700, 0o600), (0o077, 0o700, 0o600)]


@pytest.fixture(params=MODES)
def modes(request: pytest.FixtureRequest) -> Iterator[tuple[int, int]]:
    mask, folders, plain = request.param
    before = os.umask(mask)
    yield folders, plain
    os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes on Windows")
def test_all_is_for_the_user_alone(small: Delivery, tmp_path: Path, modes: tuple[int, int]) -> None:
    write_plan(small, tmp_path / "up" / "plan")
    safe_write.write_file(tmp_path / "up" / "one.xlsx", b"x")
    safe_write.write_file(tmp_path / "up" / "one.xlsx", b"y", overwrite=True)
    safe_write.write_new_folder(tmp_path / "up" / "csv", {"a.csv": b"x"})
    for path in (tmp_path / "up").rglob("*"):
        wanted = modes[0] if path.is_dir() else modes[1]
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_a_stricter_umask_is_kept(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from scheduler.support import safe_write\n"
        "os.umask(0o277); safe_write.make_file(Path(sys.argv[1]), b'')"
    )
    call = [sys.executable, "-c", program, str(tmp_path / "x")]
    subprocess.run(call, check=True, cwd=Path(__file__).parent.parent.parent)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o400


def test_no_temporary_file_is_made_of_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would lie in the system's folder, with all names in it, after a run that was killed."""

    def fail(suffix: str = "") -> str:
        raise AssertionError

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", fail)
    book = Workbook()
    put(book.worksheets[0], 1, 1, "K01").comment = Comment("why", "alis")
    cell = load_workbook(BytesIO(workbook_bytes(book))).worksheets[0]["A1"]
    assert (cell.value, cell.comment.text) == ("K01", "why")
