"""A lock on a file that lasts as long as the process has it open, on every system."""

import os
import sys

if sys.platform == "win32":
    import msvcrt

    def lock(file: int) -> None:
        """Lock an open file. Raises PermissionError if another has, OSError if it cannot be."""
        # A locked byte cannot be read by others, so it is one that is not there.
        os.lseek(file, 1 << 20, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def lock(file: int) -> None:
        """Lock an open file. Raises BlockingIOError if another has, OSError if it cannot be."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
