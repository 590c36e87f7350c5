"""Ctrl-C that cannot get lost.

Python drops a KeyboardInterrupt that is raised while an object is being cleared away. So the
interruption is also remembered, and asked about before anything is moved into place.
"""

import signal
import threading
from types import FrameType

_interrupted = threading.Event()


def _remember(number: int, frame: FrameType | None) -> None:
    # A second Ctrl-C must not cut off the winding up that the first one began.
    if not _interrupted.is_set():
        _interrupted.set()
        raise KeyboardInterrupt


def install() -> None:
    """Remember interruptions from now on; call once, in the main thread."""
    _interrupted.clear()
    signal.signal(signal.SIGINT, _remember)


def check() -> None:
    """Raise KeyboardInterrupt if there has been one."""
    if _interrupted.is_set():
        raise KeyboardInterrupt
