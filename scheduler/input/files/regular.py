"""The bytes of a file, read once and only if it is an ordinary file of a fitting size."""

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from models.finding import N_, finding
from scheduler.support.errors import UnreadableError

NO_SUCH_FILE = N_("There is no file or folder {file}.")
_BAD_NAME = N_(
    "The name of the file or folder cannot be used: it is too long, or has characters that cannot "
    "be shown. Rename it, with letters and digits only."
)
_NOT_A_FILE = N_("{file} is not an ordinary file; name a file that lies on a disk.")
NOT_OPENED = N_(
    "{file} cannot be opened; close it in other programs, and see to it that you may read it."
)
_TOO_BIG = N_(
    "{file} is larger than {limit} megabytes, far more than a round needs; copy the rows into a "
    "new file."
)

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as it was when it was read; `name` is without its folder."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The checksum of what was read."""
        return hashlib.sha256(self.data).hexdigest()


def file_mode(path: Path) -> int:
    """What stands at the path, as in `os.stat`; 0 if nothing does.

    Raises UnreadableError where the name itself cannot be used.
    """
    # Lone surrogates (Cs) stand for bytes that are not UTF-8.
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in path.name):
        raise UnreadableError(finding(_BAD_NAME))
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return 0
    except (OSError, ValueError) as error:  # too long, a loop of links, a null character
        raise UnreadableError(finding(_BAD_NAME)) from error


def read_file(path: Path, megabytes: int) -> FileContent:
    """The content of an ordinary file. Raises UnreadableError with what to do."""
    mode = file_mode(path)
    if not mode:
        raise UnreadableError(finding(NO_SUCH_FILE, file=str(path)))
    # Opening a pipe would wait for ever, and a device has no end.
    if not stat.S_ISREG(mode):
        raise UnreadableError(finding(_NOT_A_FILE, file=path.name))
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(megabytes * _MEGABYTE + 1) if size <= megabytes * _MEGABYTE else b""
    except OSError as error:
        raise UnreadableError(finding(NOT_OPENED, file=path.name)) from error
    if max(size, len(data)) > megabytes * _MEGABYTE:
        raise UnreadableError(finding(_TOO_BIG, file=path.name, limit=megabytes))
    return FileContent(path.name, data)
