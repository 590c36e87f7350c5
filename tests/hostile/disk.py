"""A disk of which the n-th change fails, or at whose n-th change something happens to the run."""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

CHANGES = ("mkdir", "open", "write", "fsync", "rename", "replace")


class Disk:
    """Stands in for the module `os` in safe_write; before its n-th change, `happens` is called."""

    def __init__(self, at: int, happens: Callable[[], None]) -> None:
        self.changes = 0
        self._at = at
        self._happens = happens

    def __getattr__(self, name: str) -> Any:
        true = getattr(os, name)
        if name not in CHANGES:
            return true

        def change(*arguments: Any, **named: Any) -> Any:
            self.changes += 1
            if self.changes == self._at:
                self._happens()
            # Waiting for a true disk would show nothing more.
            return None if name == "fsync" else true(*arguments, **named)

        return change


def fails(number: int) -> Callable[[], None]:
    """What happens: the system refuses, with this error number."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def killed() -> None:
    """What happens: the process is gone at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, but for what a run is still writing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


def left_behind(folder: Path) -> list[str]:
    """What a run has left beside its target."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def make(folder: Path, files: Mapping[str, bytes]) -> None:
    """Files, by their paths in a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
