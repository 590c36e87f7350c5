"""Standard output and standard error that outlive what happens to them.

The one who reads may have gone (`alis check … | head`), or the disk may be full: the work goes on,
files are written and the exit code is the right one. All text is in UTF-8; what has no form in it
(a file name from another system) is shown as its code.
"""

import errno
import io
import os
import sys
from typing import TextIO


class LastingStream(io.RawIOBase):
    """Passes on what it is given until that fails; `failed` is why, if it is worth telling."""

    def __init__(self, below: io.RawIOBase | io.BufferedIOBase) -> None:
        self._below = below
        self._closed = False
        self.failed: OSError | None = None

    def writable(self) -> bool:
        """It is."""
        return True

    def fileno(self) -> int:
        """That of the stream below."""
        return self._below.fileno()

    def isatty(self) -> bool:
        """Whether the stream below is a terminal."""
        return self._below.isatty()

    def write(self, data: bytes | memoryview) -> int | None:  # type: ignore[override]
        """Write what the stream below takes."""
        if not self._closed:
            try:
                return self._below.write(data)
            except OSError as error:
                self._closed = True
                gone = error.errno == errno.EPIPE or (
                    os.name == "nt" and error.errno == errno.EINVAL
                )
                self.failed = None if gone else error
        return len(memoryview(data))


def install() -> LastingStream | None:
    """Put both in place of the system's own; returns standard output, if there is one."""
    sys.stderr, _ = _lasting(sys.stderr)
    sys.stdout, out = _lasting(sys.stdout)
    return out


def _lasting(stream: TextIO) -> tuple[TextIO, LastingStream | None]:
    buffer = getattr(stream, "buffer", None)
    below = getattr(buffer, "raw", buffer)  # python -u has no buffer between
    if below is None:  # closed from the start, or no stream of the system's
        return stream, None
    lasting = LastingStream(below)
    text = io.TextIOWrapper(
        io.BufferedWriter(lasting),  # type: ignore[type-var]
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )
    return text, lasting
