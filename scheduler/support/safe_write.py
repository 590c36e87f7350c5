"""Writing that loses nothing: all is written beside its place, flushed, then moved there.

What is being written lies in a folder `.NAME-xxxxxxxx` of our own beside the target, with a mark in
it that is locked as long as the run lives. A run that is killed leaves that folder; the next run
that writes there clears it away, for only a mark that nobody has locked any more is removed.
Everything is for the user alone (0700, 0600); the user's umask can take away more.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from models.finding import N_, Finding, finding
from scheduler.support import interrupt
from scheduler.support.errors import CannotWriteError, WrongTargetError
from scheduler.support.locked import lock

_MARK = "alis.json"
_NEW = "new"  # what will be moved to the target
_BEFORE = "before"  # where an empty folder is put that stood there
_KEPT = "kept"  # the name under which an earlier folder is kept
_STAGED = re.compile(r"\.(.+)-[0-9a-f]{8}")
_CREATE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)

_EXISTS = N_(
    "{place} is there already, and nothing was changed. Name another file, or write --overwrite to "
    "replace it."
)
_OPEN = N_(
    "{name} in {folder} is open; close it in Excel. If nobody has it open, delete the file {mark}."
)
_NOT_PLAIN = N_("{place} is not an ordinary file; name another. Nothing was changed.")
_HOLDS_FILES = N_("The folder {place} holds files already; name a new one. Nothing was changed.")
_IS_INPUT = N_("{place} is the input itself, or would become part of it; name another place.")
_CLEARED = N_("{folder}, left behind by a run that was stopped while it wrote, has been removed.")
_LEFT = N_(
    "{folder} was left behind by a run that was stopped while it wrote, and cannot be removed. It "
    "may hold names; delete it when no other alis is running."
)
_RESTORED = N_(
    "A run that was stopped while it wrote had moved {folder} to {kept}; it has been moved back."
)
_ROLLED_BACK = N_(
    "{folder} cannot be written, and what stood there is now in {kept}, unchanged: it could not be "
    "moved back."
)

# The marks beside a workbook that Excel or LibreOffice has open.
_OPENED = re.compile(r"~\$(.+)|\.~lock\.(.+)#")
# Files that an operating system leaves in any folder, and that are nobody's.
_SYSTEM_FILES = {".ds_store", "thumbs.db", "desktop.ini"}


def of_the_system(name: str) -> bool:
    """Whether a file of this name is made by an operating system, for itself."""
    return name.casefold() in _SYSTEM_FILES or name.startswith("._")


def refuse_open(folder: Path, mark: str) -> None:
    """Raises CannotWriteError if a file is the mark of a workbook beside it that is open."""
    found = _OPENED.fullmatch(mark)
    if found:
        name = found[1] or found[2]
        raise CannotWriteError(finding(_OPEN, name=name, folder=str(folder), mark=mark))


def real(path: Path) -> Path:
    """The place that a path means, links followed. Raises OSError for links that form a ring."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


def refuse_input(target: Path, inputs: Sequence[Path]) -> None:
    """Raises WrongTargetError if the target is an input, or lies in a folder that is one."""
    for path in inputs:
        same = target.exists() and path.exists() and target.samefile(path)
        within = path.is_dir() and target.parent.exists() and target.parent.samefile(path)
        if same or within:
            raise WrongTargetError(finding(_IS_INPUT, place=str(target)))


def write_file(
    path: Path, content: bytes, *, overwrite: bool = False, inputs: Sequence[Path] = ()
) -> list[Finding]:
    """Write one file; returns what the user should know.

    `inputs` are never written over. Raises CannotWriteError; then nothing is changed.
    """
    try:
        target = real(path)
        refuse_input(target, inputs)
        refuse_existing(target, overwrite=overwrite)
        notes = clear_leftovers(target)
        with staging(target) as staged:
            make_file(staged / _NEW, content)
            interrupt.check()
            with interrupt.held():
                refuse_existing(target, overwrite=overwrite)
                os.replace(staged / _NEW, target)  # noqa: PTH105 - tests let each of these fail
    except (OSError, UnicodeEncodeError) as error:
        raise CannotWriteError.of(path, error) from error
    return notes


def refuse_existing(target: Path, *, overwrite: bool) -> None:
    """Raises CannotWriteError if a file stands there that must not be replaced, or is open."""
    if os.path.lexists(target) and not target.is_file():
        raise CannotWriteError(finding(_NOT_PLAIN, place=str(target)))
    if target.exists() and not overwrite:
        raise CannotWriteError(finding(_EXISTS, place=str(target)))
    for mark in (f"~${target.name}", f".~lock.{target.name}#"):
        if target.with_name(mark).exists():
            refuse_open(target.parent, mark)


def write_new_folder(path: Path, files: Mapping[str, bytes]) -> list[Finding]:
    """Write files into a folder that is not there yet, or empty; what the user should know.

    Raises CannotWriteError; then nothing is changed.
    """
    try:
        target = real(path)
        if os.path.lexists(target) and not (target.is_dir() and is_empty(target)):
            raise CannotWriteError(finding(_HOLDS_FILES, place=str(target)))
        notes = clear_leftovers(target)
        write_folder(target, files)
    except (OSError, UnicodeEncodeError) as error:
        raise CannotWriteError.of(path, error) from error
    return notes


def write_folder(target: Path, files: Mapping[str, bytes]) -> Path | None:
    """Write files, by their paths in it, into the folder `target`: all of them or nothing.

    A folder that stands there is kept beside it as NAME.<date-time>, unless it is empty; returns
    where. Raises OSError or CannotWriteError.
    """
    with staging(target) as staged:
        new = staged / _NEW
        _make_folder(new)
        for name, content in files.items():
            if not (new / name).parent.is_dir():
                _make_folder((new / name).parent)
            make_file(new / name, content)
        interrupt.check()
        with interrupt.held():
            return _put_in_place(staged, target)


def _put_in_place(staged: Path, target: Path) -> Path | None:
    kept = None
    if os.path.lexists(target):
        kept = staged / _BEFORE if is_empty(target) else free_name(target)
        if kept.parent == target.parent:
            make_file(staged / _KEPT, os.fsencode(kept.name))
        os.rename(target, kept)  # noqa: PTH104
    try:
        os.rename(staged / _NEW, target)  # noqa: PTH104
    except OSError:
        if kept is not None:
            _move_back(kept, target)
        raise
    return kept if kept is not None and kept.parent == target.parent else None


def _move_back(kept: Path, target: Path) -> None:
    try:
        os.rename(kept, target)  # noqa: PTH104
    except OSError as error:
        found = finding(_ROLLED_BACK, folder=str(target), kept=str(kept))
        raise CannotWriteError(found) from error


def is_empty(folder: Path) -> bool:
    """Whether a folder has nothing in it that is anybody's."""
    return all(of_the_system(name) for name in os.listdir(folder))  # noqa: PTH208


def free_name(target: Path, ending: str = "", mark: str = "") -> Path:
    """NAME.<mark><date-time><ending>, which nothing beside the target is called."""
    time = f"{datetime.now():%Y-%m-%dT%H-%M-%S}"
    now = f"{target.name}.{mark}{time}"  # every system takes such a name
    name, number = f"{now}{ending}", 2
    while os.path.lexists(target.with_name(name)):
        name, number = f"{now}-{number}{ending}", number + 1
    return target.with_name(name)


def make_file(path: Path, content: bytes) -> None:
    """Make a file that is not there yet, for the user alone, and see it on the disk."""
    file = os.open(path, _CREATE, 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
        os.fsync(file)
    finally:
        os.close(file)


def _make_folder(path: Path) -> None:
    os.mkdir(path, 0o700)  # noqa: PTH102


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A folder of our own beside the target, gone afterwards; folders above are made as needed."""
    missing = [p for p in (target, *target.parents)[1:] if not os.path.lexists(p)]
    folder = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    mark = None
    try:
        for parent in reversed(missing):
            _make_folder(parent)
        _make_folder(folder)
        mark = os.open(folder / _MARK, _CREATE, 0o600)
        with suppress(OSError):  # a network drive may have no locks; then nobody clears it away
            lock(mark)
        os.write(mark, _mark(target.name))
        yield folder
    finally:
        with interrupt.held():
            if mark is not None:
                os.close(mark)
            # What cannot be removed now is found, and told of, by the next run.
            with suppress(OSError):
                _clear(folder)
            for parent in missing if not os.path.lexists(target) else ():
                with suppress(OSError):
                    parent.rmdir()


def _mark(name: str) -> bytes:
    return json.dumps({"product": "alis", "writing": name}).encode()


def _clear(folder: Path) -> None:
    """Remove a folder of ours; its mark goes last, so that one half cleared is still known."""
    for name in (_NEW, _BEFORE):
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
    for name in (_NEW, _KEPT, _MARK):
        (folder / name).unlink(missing_ok=True)
    if folder.is_dir():
        folder.rmdir()


def clear_leftovers(target: Path) -> list[Finding]:
    """Remove what runs that were killed have left beside the target; tells what was done."""
    notes: list[Finding] = []
    for folder in sorted(target.parent.iterdir()) if target.parent.is_dir() else ():
        found = _STAGED.fullmatch(folder.name)
        if not found or not _is_ours(folder, found[1], target.name):
            continue
        try:
            if _in_use(folder):
                continue
            notes.extend(_restore(folder, folder.with_name(found[1])))
            _clear(folder)
            notes.append(finding(_CLEARED, folder=str(folder)))
        except OSError:
            notes.append(finding(_LEFT, folder=str(folder)))
    return notes


def _is_ours(folder: Path, name: str, own: str) -> bool:
    """Whether a run of alis has certainly made the folder, and nothing of others is in it."""
    if folder.is_symlink() or not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return False
    there = set(os.listdir(folder))  # noqa: PTH208
    mark = folder / _MARK
    if not there <= {_MARK, _NEW, _BEFORE, _KEPT} or mark.is_symlink():
        return False
    if mark.is_file() and os.access(mark, os.R_OK) and mark.stat().st_size:
        return mark.read_bytes() == _mark(name)
    # Killed before the mark was written: then nothing else is in it.
    return name == own and there <= {_MARK}


def _in_use(folder: Path) -> bool:
    """Whether a run that still lives is writing there. Raises OSError if that cannot be known."""
    mark = folder / _MARK
    if not mark.exists():
        return False
    file = os.open(mark, os.O_RDWR)
    try:
        lock(file)
    except (BlockingIOError, PermissionError):
        return True
    finally:
        os.close(file)
    return False


def _restore(folder: Path, target: Path) -> Iterator[Finding]:
    """Move back what the run had moved away, if it was killed before anything took its place."""
    if (folder / _KEPT).is_file() and not os.path.lexists(target):
        kept = target.with_name(os.fsdecode((folder / _KEPT).read_bytes()))
        if kept.name.startswith(f"{target.name}.") and kept.is_dir():
            os.rename(kept, target)  # noqa: PTH104
            yield finding(_RESTORED, folder=str(target), kept=str(kept))
