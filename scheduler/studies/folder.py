"""The folder of a study: what is done already, by the hash of what was asked, and what is written
of it. Ids only. It is known by its marker, study.json, which has the SHA-256 of what was written.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.finding import N_, Finding, finding
from scheduler.studies.checking import Result, kept_result
from scheduler.studies.task import Task
from scheduler.support.errors import CannotWriteError
from scheduler.support.safe_write import (
    free_name,
    is_empty,
    real,
    refuse_existing,
    refuse_input,
    write_file,
    write_new_folder,
)
from scheduler.version import __version__

MARKER = "study.json"
SCHEMA = "alis-study/1"
_TASKS = "tasks"

_NOT_A_STUDY = N_(
    "The folder {place} holds files, and is not that of a study; name a new one. Nothing was "
    "changed."
)
_CHANGED = N_(
    "{place} is not as alis wrote it; move it to another folder, so that nothing of yours is lost. "
    "Nothing was changed."
)
_KEPT = N_("The {file} that stood there before is kept as {kept}.")


class StudyFolder:
    """A folder that is new, empty, or that of a study; made when it is opened.

    Raises CannotWriteError for any other, and where somebody has changed what was written in it.
    """

    def __init__(self, path: Path, inputs: Sequence[Path] = ()) -> None:
        self.notes: list[Finding] = []
        self._inputs = inputs
        self._written: dict[str, list[str]] = {}
        try:
            self.path = real(path)
            refuse_input(self.path, inputs)
            if self.path.is_dir() and not is_empty(self.path):
                self._written = _marker(self.path)
                for name in self._written:
                    self._refuse_changed(name)
            else:
                self.notes = write_new_folder(self.path, {MARKER: self._marker_text()})
        except (OSError, UnicodeEncodeError) as error:
            raise CannotWriteError.of(path, error) from error

    def load(self, task: Task) -> Result | None:
        """What came of a task, if it was done and what was kept of it is whole. The plan is kept;
        what is told of it is computed and checked anew.
        """
        try:
            data = json.loads(self._place(task.key).read_bytes())
            kept = data["answer"].encode()
            whole = data["sha256"] == _sha256(kept) and data["key"] == task.key
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None
        return kept_result(task, kept) if whole else None

    def store(self, result: Result) -> None:
        """Keep what came of a task. Raises CannotWriteError."""
        kept = zlib.decompress(result.answer)
        data = {"key": result.key, "sha256": _sha256(kept), "answer": kept.decode()}
        write_file(self._place(result.key), json.dumps(data).encode(), overwrite=True)

    def write(self, files: Mapping[str, bytes]) -> list[Path]:
        """Write these files, and tell where. Those of the same names from an earlier call that say
        something else are kept beside them, NAME.<date-time>. Raises CannotWriteError where
        somebody has changed one of them meanwhile, or has it open.
        """
        self._written = _marker(self.path)  # another call may have written here meanwhile
        for name in files:
            self._refuse_changed(name)
            refuse_existing(self.path / name, overwrite=True)
        before = {name: self._written.get(name, [])[-1:] for name in files}
        # Both are ours: a run that is stopped in between leaves the old or the new.
        new = {name: [*before[name], _sha256(content)] for name, content in files.items()}
        self._written |= new
        self._write(MARKER, self._marker_text())
        return [self._replace(name, content) for name, content in files.items()]

    def _replace(self, name: str, content: bytes) -> Path:
        """Write a file; what was written before gets another name, if it is not the same."""
        place = self.path / name
        kept = None
        try:
            if place.exists() and place.read_bytes() != content:
                kept = free_name(place.with_suffix(""), place.suffix)
                place.rename(kept)
            self._write(name, content)
        except BaseException as error:
            if kept is not None:
                kept.replace(place)
            if isinstance(error, OSError):
                raise CannotWriteError.of(place, error) from error
            raise
        if kept is not None:
            self.notes.append(finding(_KEPT, file=name, kept=kept.name))
        return place

    def _write(self, name: str, content: bytes) -> None:
        self.notes += write_file(self.path / name, content, overwrite=True, inputs=self._inputs)

    def _refuse_changed(self, name: str) -> None:
        place = self.path / name
        if place.exists() and _sha256(place.read_bytes()) not in self._written.get(name, ()):
            raise CannotWriteError(finding(_CHANGED, place=str(place)))

    def _place(self, key: str) -> Path:
        # Not all in one folder: each is looked through when something is written there.
        return self.path / _TASKS / key[:2] / f"{key}.json"

    def _marker_text(self) -> bytes:
        data = {"schema": SCHEMA, "product": f"alis {__version__}", "files": self._written}
        return f"{json.dumps(data, indent=1)}\n".encode()


def _marker(folder: Path) -> dict[str, list[str]]:
    """What has been written in the folder of a study, by name, with the SHA-256 it may have."""
    try:
        data = json.loads((folder / MARKER).read_bytes())
        files = data["files"]
        known = data["schema"] == SCHEMA and all(
            Path(name).name == name and all(isinstance(own, str) for own in sums)
            for name, sums in files.items()
        )
    except (FileNotFoundError, ValueError, TypeError, LookupError, AttributeError):
        known = False
    if not known:
        raise CannotWriteError(finding(_NOT_A_STUDY, place=str(folder)))
    return {name: list(sums) for name, sums in files.items()}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
