"""What holds on Windows only, played here: bytes are locked, and open files cannot be moved."""

import errno
import fcntl
import os
import re
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from runpy import run_path
from types import ModuleType
from typing import Any

import pytest

from scheduler.support import locked, safe_write
from tests.hostile.disk import content, left_behind
from tests.quarter.command import alis


class Locking(ModuleType):
    """The module msvcrt, as far as it is used: a lock of bytes from where the file is read."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.places: list[int] = []

    def locking(self, file: int, mode: int, count: int) -> None:
        """Lock bytes; PermissionError where somebody else has locked them."""
        assert mode == self.LK_NBLCK
        place = os.lseek(file, 0, os.SEEK_CUR)
        asked = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, place, count, 0)
        try:
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, asked)
        except BlockingIOError as error:
            raise PermissionError(error.errno, error.strerror) from error
        self.places.append(place)


@pytest.fixture
def locking(monkeypatch: pytest.MonkeyPatch) -> Locking:
    """What is written is locked as on Windows."""
    if not hasattr(fcntl, "F_OFD_SETLK"):
        pytest.skip("locks of bytes by open file are Linux's")
    made = Locking()
    with monkeypatch.context() as there:
        there.setattr(sys, "platform", "win32")
        there.setitem(sys.modules, "msvcrt", made)
        monkeypatch.setattr(safe_write, "lock", run_path(locked.__file__)["lock"])
    return made


def test_what_a_living_run_writes_is_left_alone_and_what_a_dead_one_left_is_cleared(
    locking: Locking, tmp_path: Path
) -> None:
    target = tmp_path / "plan"
    with safe_write.staging(target) as staged:
        assert safe_write.clear_leftovers(target) == []
        # Whoever looks may read the mark: no byte of it is locked.
        (place,) = locking.places
        assert place >= (staged / "alis.json").stat().st_size > 0
    assert left_behind(tmp_path) == []
    dead = tmp_path / ".plan-0123abcd"
    dead.mkdir()
    (dead / "alis.json").write_bytes(b'{"product": "alis", "writing": "plan"}')
    assert len(safe_write.clear_leftovers(target)) == 1
    assert left_behind(tmp_path) == []


def open_files() -> Iterator[Path]:
    """The ordinary files that this process has open."""
    for number in Path("/proc/self/fd").iterdir():
        if number.is_file():  # not for what lists them, which is closed by now
            yield number.readlink()


def closed(change: Callable[..., Any]) -> Callable[..., Any]:
    """A change to the disk that Windows refuses while a file there is open."""

    def changed(*paths: Any, **named: Any) -> Any:
        folder = named.get("dir_fd")
        base = Path.cwd() if folder is None else Path(f"/proc/self/fd/{folder}").readlink()
        for path in (base / os.fsdecode(one) for one in paths[:2]):
            held = [file for file in open_files() if file == path or path in file.parents]
            if held:
                raise PermissionError(errno.EACCES, "is open", str(held[0]))
        return change(*paths, **named)

    return changed


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are open are not moved, replaced or removed."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("which files are open is told on Linux")
    for name in ("rename", "replace", "unlink", "remove", "rmdir"):
        monkeypatch.setattr(os, name, closed(getattr(os, name)))


@pytest.mark.usefixtures("held")
def test_a_quarter_never_moves_a_file_that_is_open(tmp_path: Path) -> None:
    round, plan, answers = (tmp_path / name for name in ("runde.xlsx", "plan", "svar.xlsx"))
    unanswered = ("--answers", answers, "--unanswered", "keep")
    for words in (
        ("sample", "--out", round, "--candidates", 12, "--vacancies", 10),
        ("check", round, "--marked", tmp_path / "merket.xlsx"),
        ("plan", round, "--out", plan),
        ("plan", round, "--out", plan),
        ("verify", plan, round),
        ("letters", plan, round, "--out", tmp_path / "brev", "--mail"),
        ("answers", plan, plan, "--out", answers),
        ("next", round, "--plan", plan, *unanswered, "--out", tmp_path / "neste.xlsx"),
        ("compare", plan, plan, "--out", tmp_path / "sammenlignet.xlsx"),
    ):
        done = alis(*words)
        assert done.exit_code in (0, 4), (words, done.stderr)
    assert left_behind(tmp_path) == []
    parts = {part for name in content(tmp_path) for part in Path(name).parts}
    assert not [part for part in parts if re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', part)]
