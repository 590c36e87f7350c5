"""Writing files beside their place and moving them there; what exists is not replaced unasked."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.finding import N_, finding
from scheduler.support.errors import CannotWriteError

_EXISTS = N_("{file} exists already; name another file, or write --overwrite.")
_IS_INPUT = N_("{file} is what is read here; name another file.")
_CANNOT = N_("{file} cannot be written ({reason}).")
_HOLDS_FILES = N_("The folder {folder} holds files already; name a new one.")


def write_file(
    path: Path, content: bytes, *, overwrite: bool = False, inputs: Sequence[Path] = ()
) -> None:
    """Write one file, never over one of the inputs. Raises CannotWriteError; nothing is changed."""
    target = path.resolve()
    if target in [p.resolve() for p in inputs]:
        raise CannotWriteError(finding(_IS_INPUT, file=str(path)))
    if target.exists() and not overwrite:
        raise CannotWriteError(finding(_EXISTS, file=str(path)))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
        Path(name).replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWriteError(finding(_CANNOT, file=str(path), reason=reason)) from error


def write_new_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that is not there yet, or empty. Raises CannotWriteError."""
    target = path.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CannotWriteError(finding(_HOLDS_FILES, folder=str(path)))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            for name, content in files.items():
                (staged / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / name).write_bytes(content)
            if target.exists():
                target.rmdir()
            staged.rename(target)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWriteError(finding(_CANNOT, file=str(path), reason=reason)) from error
