"""Writing one file so that it is there whole, or not at all."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from models.finding import N_, finding
from scheduler.support.errors import CannotWriteError

_EXISTS = N_(
    "{place} is there already, and nothing was changed. Name another file, or write --overwrite to "
    "replace it."
)
_IS_INPUT = N_("{place} is the input itself, or would become part of it; name another place.")
_OTHER = N_("{place} cannot be written ({reason}). Nothing was changed.")


def write_file(
    path: Path, content: bytes, *, overwrite: bool = False, inputs: Sequence[Path] = ()
) -> None:
    """Write one file beside its place, then move it there.

    `inputs` are never written over. Raises CannotWriteError; then nothing is changed.
    """
    target = path.resolve()
    for own in (one.resolve() for one in inputs):
        if target == own or (own.is_dir() and target.parent == own):
            raise CannotWriteError(finding(_IS_INPUT, place=str(target)))
    if target.exists() and not overwrite:
        raise CannotWriteError(finding(_EXISTS, place=str(target)))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, beside = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(content)
            Path(beside).replace(target)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWriteError(finding(_OTHER, place=str(target), reason=reason)) from error
