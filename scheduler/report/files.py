"""Writing every file of a plan into a folder, all at once; an earlier plan is kept beside it."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from models.finding import N_, Finding, finding
from models.plan import SCHEMA
from scheduler.report.book import all_books
from scheduler.report.page.meeting import report_page
from scheduler.report.stored import stored_in
from scheduler.report.texts import Delivery
from scheduler.report.workbook import workbook
from scheduler.support import safe_write
from scheduler.support.errors import CannotWriteError, WrongTargetError

PLAN_JSON = "plan.json"
PROOF_JSON = "proof.json"

_A_FILE = N_("{folder} is a file; name a folder for the plan.")
_A_DRIVE = N_("{folder} is a drive of its own; name a folder in it for the plan.")
_HERE = N_(
    "{folder} is the folder that you are in; go to another one first, or name a folder in it for "
    "the plan."
)
_HOLDS_INPUT = N_(
    "The input or its policy ({name}) lies in {folder}; name a folder of its own for the plan."
)
_FOREIGN = N_(
    "The folder {folder} holds other files ({name}); name a folder of its own for the plan."
)
_KEPT = N_("The plan that stood there before is kept in {folder}.")
_BESIDE = N_("The plan has been written into {folder} instead.")

# An earlier plan that was kept is called the same without it.
_NEW = "new-"
# The files of a plan that was written before plan.json named them.
_EARLIER = re.compile(r"(plan|answers)\.xlsx|proof\.json|(departments|municipalities)/[^/]+\.xlsx")


@dataclass(frozen=True)
class Written:
    """The folder and files of a plan; where an earlier one is `kept`, and which of its files had
    been changed since they were written; and what the user should know.
    """

    folder: Path
    files: list[Path]
    kept: Path | None
    changed: tuple[str, ...]
    notes: tuple[Finding, ...]


def examine(folder: Path, inputs: Sequence[Path] = ()) -> list[Finding]:
    """See that a plan can be written to a folder, before any work is done for it.

    What runs that were killed have left there is removed; returns what was. Raises
    WrongTargetError where an input lies in the folder, CannotWriteError where it cannot be written
    to; then nothing is changed.
    """
    try:
        target = safe_write.real(folder)
        _refuse(target, inputs)
        notes = safe_write.clear_leftovers(target)
        with safe_write.staging(target):
            pass  # so it can be written to
    except (OSError, UnicodeEncodeError) as error:
        raise CannotWriteError.of(folder, error) from error
    return notes


def write_plan(
    delivery: Delivery, folder: Path, inputs: Sequence[Path] = (), *, beside: bool = False
) -> Written:
    """Write all files into a folder, all or nothing; an earlier plan is kept beside it as
    NAME.<date-time>.

    Raises CannotWriteError before anything is changed; with `beside`, only if the plan cannot be
    written as NAME.new-<date-time> either, which is told in the notes.
    """
    files = _contents(delivery)
    try:
        return _write(files, folder, inputs)
    except CannotWriteError as error:
        if not beside:
            raise
        return _write_beside(files, folder, error)


def _write(files: Mapping[str, bytes], folder: Path, inputs: Sequence[Path]) -> Written:
    notes = examine(folder, inputs)
    try:
        target = safe_write.real(folder)
        _refuse(target, inputs)  # it may have changed meanwhile
        changed = tuple(_changed(target))
        kept = safe_write.write_folder(target, files)
    except (OSError, UnicodeEncodeError) as error:
        raise CannotWriteError.of(folder, error) from error
    if kept is not None:
        notes.append(finding(_KEPT, folder=str(kept)))
    if kept is not None and changed:
        notes.append(
            finding(
                N_(
                    "{n} file in it was changed after it was written. What was typed into it "
                    "stands there, and is not in the new plan: {names}"
                ),
                plural=N_(
                    "{n} files in it were changed after they were written. What was typed into "
                    "them stands there, and is not in the new plan: {names}"
                ),
                n=len(changed),
                names=changed,
            )
        )
    return Written(folder, [folder / name for name in files], kept, changed, tuple(notes))


def _write_beside(files: Mapping[str, bytes], folder: Path, error: CannotWriteError) -> Written:
    """Under a name that nothing has; raises the error if that is not possible either."""
    try:
        other = safe_write.free_name(safe_write.real(folder), mark=_NEW)
        safe_write.write_folder(other, files)
    except (OSError, UnicodeEncodeError, CannotWriteError):
        raise error from None
    notes = (error.finding, finding(_BESIDE, folder=str(other)))
    return Written(other, [other / name for name in files], None, (), notes)


def _contents(delivery: Delivery) -> dict[str, bytes]:
    """Every file by its path in the folder, plan.json first: it has the SHA-256 of the others."""
    t = delivery.translator
    plan = delivery.plan.model_copy(update={"files": {}})
    books = {
        path: workbook(book, t, stored_in(book, plan)) for path, book in all_books(delivery).items()
    }
    proof = {} if delivery.proof is None else {PROOF_JSON: delivery.proof.to_json().encode()}
    main = delivery.names.plan
    page = {delivery.names.page: report_page(delivery)}
    files = {main: books.pop(main), **page, **proof, **books}
    sums = {name: _sum(content) for name, content in sorted(files.items())}
    return {PLAN_JSON: plan.model_copy(update={"files": sums}).to_json().encode(), **files}


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refuse(target: Path, inputs: Sequence[Path]) -> None:
    """Raise if a folder is not for a plan: never put somebody's other files aside."""
    if os.path.lexists(target) and not target.is_dir():
        raise CannotWriteError(finding(_A_FILE, folder=str(target)))
    if not target.is_dir():
        return
    if any(target.samefile(above) for above in _here()):
        raise WrongTargetError(finding(_HERE, folder=str(target)))
    if os.path.ismount(target):  # of which pathlib knows nothing on Windows
        raise CannotWriteError(finding(_A_DRIVE, folder=str(target)))
    for path in inputs:
        within = safe_write.real(path)
        if any(above.exists() and target.samefile(above) for above in (within, *within.parents)):
            raise WrongTargetError(finding(_HOLDS_INPUT, name=path.name, folder=str(target)))
    recorded = _recorded(target)
    if recorded is None:
        for name in sorted(os.listdir(target)):  # noqa: PTH208
            if not safe_write.of_the_system(name):
                raise CannotWriteError(finding(_FOREIGN, folder=str(target), name=name))
        return
    for name in sorted(_names(target)):
        last = name.rsplit("/", 1)[-1]
        safe_write.refuse_open(target, last)
        known = name in recorded or name == PLAN_JSON
        known = known or (not recorded and _EARLIER.fullmatch(name) is not None)
        if not known and not safe_write.of_the_system(last):
            raise CannotWriteError(finding(_FOREIGN, folder=str(target), name=name))


def _here() -> Iterator[Path]:
    """The folder that we are in, and those above it; none if it is gone."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        return
    yield from (here, *here.parents)


def _recorded(folder: Path) -> dict[str, str] | None:
    """The SHA-256 of the files of the plan that lies in a folder; None if there is no plan of ours.

    A plan that was written before plan.json named them has none.
    """
    path = folder / PLAN_JSON
    if path.is_symlink() or not path.is_file():
        return None
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        return None
    files = told.get("files", {})
    ours = str(told.get("product")).startswith("alis ") and isinstance(files, dict)
    return {normalize("NFC", name): str(sum) for name, sum in files.items()} if ours else None


def _names(folder: Path) -> Iterator[str]:
    """Every file in a folder and those in it, by its path; a link is a file."""
    for root, folders, files in os.walk(folder, onerror=_fail):
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in (*files, *links):
            yield normalize("NFC", Path(root, name).relative_to(folder).as_posix())


def _fail(error: OSError) -> None:
    raise error


def _changed(target: Path) -> Iterator[str]:
    """The files of the plan in a folder that are not as they were written."""
    for name, sum in sorted((_recorded(target) or {}).items() if target.is_dir() else ()):
        path = target / name
        if path.is_file() and _sum(path.read_bytes()) != sum:
            yield name
