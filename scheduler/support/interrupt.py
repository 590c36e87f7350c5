"""A stop that cannot get lost: Ctrl-C, a terminal that closes, a computer that shuts down.

Python drops a KeyboardInterrupt that is raised while an object is being cleared away. So the
interruption is also remembered, and asked about before anything is moved into place.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # not every system has each

_interrupted = threading.Event()
_holds: list[None] = []


def _remember(number: int, frame: FrameType | None) -> None:
    # A second Ctrl-C must not cut off the winding up that the first one began.
    first = not _interrupted.is_set()
    _interrupted.set()
    if first and not _holds:
        raise KeyboardInterrupt


def install() -> None:
    """Remember interruptions from now on; call once, in the main thread."""
    _interrupted.clear()
    _holds.clear()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        # What nohup has switched off stays off.
        if number is not None and (name == "SIGINT" or signal.getsignal(number) != signal.SIG_IGN):
            signal.signal(number, _remember)


def check() -> None:
    """Raise KeyboardInterrupt if there has been one."""
    if _interrupted.is_set():
        raise KeyboardInterrupt


@contextmanager
def held() -> Iterator[None]:
    """Within, an interruption is remembered only: for what must be done whole or not at all."""
    _holds.append(None)
    try:
        yield
    finally:
        _holds.pop()


def over() -> None:
    """From now on an interruption stops nothing: all is done, and the program is about to leave."""
    _holds.append(None)
