"""A fault at every change to the disk: what stood there stands, nothing half-written has a name."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scheduler.support import interrupt, safe_write
from scheduler.support.errors import CannotWriteError
from tests.hostile.disk import Disk, content, fails, killed, left_behind, make

ROOT = Path(__file__).parent.parent.parent
BEFORE = {"plan.json": b"before", "departments/a.xlsx": b"an answer"}
AFTER = {"plan.json": b"after", "departments/a.xlsx": b"new", "departments/b.xlsx": b"new"}


def a_new_file(folder: Path) -> None:
    safe_write.write_file(folder / "new.xlsx", b"after")


def a_file_that_is_there(folder: Path) -> None:
    safe_write.write_file(folder / "old.xlsx", b"after", overwrite=True)


def a_new_folder(folder: Path) -> None:
    safe_write.write_new_folder(folder / "in" / "it" / "new", AFTER)


def an_empty_folder(folder: Path) -> None:
    safe_write.write_new_folder(folder / "empty", AFTER)


def a_folder_that_is_there(folder: Path) -> None:
    try:
        safe_write.write_folder(folder / "plan", AFTER)
    except OSError as error:
        raise CannotWriteError.of(folder, error) from error


Writes = Callable[[Path], None]
# How many changes to the disk each makes, and how many of them, the last ones, move things.
WAYS: dict[Writes, tuple[int, int]] = {
    a_new_file: (7, 1),
    a_file_that_is_there: (7, 1),
    a_new_folder: (17, 1),
    an_empty_folder: (16, 2),
    a_folder_that_is_there: (19, 5),
}
POINTS = [(way, n) for way, (changes, _) in WAYS.items() for n in range(1, changes + 1)]


def names(value: object) -> str:
    return getattr(value, "__name__", str(value))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    make(tmp_path, {"old.xlsx": b"before", "other.txt": b"somebody's"})
    make(tmp_path / "plan", BEFORE)
    make(tmp_path / "empty", {".DS_Store": b"the system's"})
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return content(folder) | {f"{p.name}/": b"" for p in folder.iterdir() if p.name[0] != "."}


@pytest.mark.parametrize("way", WAYS, ids=names)
def test_every_change_to_the_disk_is_counted(
    place: Path, monkeypatch: pytest.MonkeyPatch, way: Writes
) -> None:
    disk = Disk(0, killed)
    monkeypatch.setattr(safe_write, "os", disk)
    way(place)
    assert disk.changes == WAYS[way][0]
    assert b"after" in content(place).values()
    assert left_behind(place) == []


@pytest.mark.parametrize(("way", "n"), POINTS, ids=names)
def test_where_the_disk_refuses_everything_is_as_before(
    place: Path, monkeypatch: pytest.MonkeyPatch, way: Writes, n: int
) -> None:
    before = everything(place)
    for number in (errno.ENOSPC, errno.EACCES, errno.EFBIG, errno.EIO):
        with monkeypatch.context() as patched:
            patched.setattr(safe_write, "os", Disk(n, fails(number)))
            with pytest.raises(CannotWriteError):
                way(place)
        assert everything(place) == before
        assert left_behind(place) == []


@pytest.fixture
def handlers() -> Iterator[None]:
    before = {s: signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)}
    interrupt.install()
    yield
    interrupt.install()  # forgets the interruption
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(("way", "n"), POINTS, ids=names)
def test_a_stop_changes_nothing_or_comes_too_late(
    place: Path, monkeypatch: pytest.MonkeyPatch, way: Writes, n: int, number: int
) -> None:
    before = everything(place)
    monkeypatch.setattr(safe_write, "os", Disk(n, lambda: signal.raise_signal(number)))
    try:
        way(place)
    except KeyboardInterrupt:
        assert everything(place) == before
    else:
        assert (
            n > WAYS[way][0] - WAYS[way][1]
        )  # while it is moved, which is done whole or not at all
        assert b"after" in content(place).values()
    assert left_behind(place) == []


PROGRAM = """
import sys
from pathlib import Path
from scheduler.support import safe_write
from tests.hostile import test_faults
from tests.hostile.disk import Disk, killed
safe_write.os = Disk(int(sys.argv[3]), killed)
getattr(test_faults, sys.argv[1])(Path(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
@pytest.mark.parametrize(
    ("way", "n"),
    [(a_file_that_is_there, n) for n in (2, 3, 5, 7)]
    + [(a_folder_that_is_there, n) for n in (1, 2, 3, 4, 9, 16, 18, 19)],
    ids=names,
)
def test_what_a_killed_run_leaves_is_cleared_by_the_next_and_told(
    place: Path, way: Writes, n: int
) -> None:
    before = everything(place)
    call = [sys.executable, "-c", PROGRAM, way.__name__, str(place), str(n)]
    done = subprocess.run(call, cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    target = place / ("plan" if way is a_folder_that_is_there else "old.xlsx")
    moved = n == 19  # killed between moving the earlier folder away and the new one there
    if moved:
        kept = next(p for p in place.iterdir() if p.name.startswith("plan.2"))
        assert content(kept) == BEFORE
        assert not target.exists()
    else:
        assert everything(place) == before
    left = left_behind(place)
    told = [found.message for found in safe_write.clear_leftovers(target)]
    assert len(told) == len(left) + moved
    assert everything(place) == before
    assert left_behind(place) == []


def test_what_a_living_run_writes_is_not_touched(place: Path) -> None:
    with safe_write.staging(place / "plan") as staged:
        safe_write.make_file(staged / "new", b"half")
        assert safe_write.clear_leftovers(place / "plan") == []
        assert (staged / "new").read_bytes() == b"half"
    assert left_behind(place) == []


def test_what_is_not_certainly_ours_is_not_touched(place: Path) -> None:
    name = ".plan-0123abcd"
    mark = b'{"product": "alis", "writing": "plan"}'
    for files in (
        {f"{name}/alis.json": b"{}", f"{name}/new/a": b""},  # another's mark
        {f"{name}/alis.json": mark, f"{name}/brev.docx": b""},  # something else in it
        {f"{name}/new/a": b""},  # no mark
        {".plan-0123abcx/alis.json": mark},  # another's name
        {".otherx-0123abcd/alis.json": mark},  # copied from somewhere else
    ):
        make(place, files)
        before = sorted(place.rglob("*"))
        assert safe_write.clear_leftovers(place / "plan") == []
        assert sorted(place.rglob("*")) == before
        for top in {p.split("/")[0] for p in files}:
            subprocess.run(["rm", "-r", str(place / top)], check=True)


def test_a_leftover_that_cannot_be_removed_is_told_of(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(place, {".plan-0123abcd/alis.json": b'{"product": "alis", "writing": "plan"}'})

    def fail(folder: Path) -> None:
        raise OSError(errno.EACCES, "no")

    monkeypatch.setattr(safe_write, "_clear", fail)
    told = safe_write.clear_leftovers(place / "plan")
    assert [str(f.value("folder")) for f in told] == [str(place / ".plan-0123abcd")]
    assert "cannot be removed" in told[0].message


def test_an_earlier_folder_that_cannot_be_moved_back_is_told_of(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Worse(Disk):
        def __getattr__(self, name: str) -> object:
            true = getattr(os, name)

            def rename(source: Path, target: Path) -> None:
                if target == place / "plan":
                    raise OSError(errno.EACCES, "no")
                true(source, target)

            return rename if name == "rename" else true

    monkeypatch.setattr(safe_write, "os", Worse(0, killed))
    with pytest.raises(CannotWriteError) as caught:
        a_folder_that_is_there(place)
    kept = Path(str(caught.value.finding.value("kept")))
    assert content(kept) == BEFORE
