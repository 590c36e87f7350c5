"""A delivered plan against its input: its files read back, cell by cell, then rule by rule."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from pydantic import ValidationError

from models.certificate import Certificates
from models.finding import N_, Finding, finding
from models.plan import SCHEMA, Plan
from scheduler.goals.unchanged import Unchanged
from scheduler.locale import Translator
from scheduler.problem.case import Case
from scheduler.report.book import all_books
from scheduler.report.delivered.comparison import compare_workbook
from scheduler.report.delivered.shown import Shown, read_shown, shown_of
from scheduler.report.files import PLAN_JSON, PROOF_JSON
from scheduler.report.names import names_of
from scheduler.report.page.meeting import report_page
from scheduler.report.stored import stored_in
from scheduler.report.texts import Delivery
from scheduler.report.workbook import workbook
from scheduler.support import safe_write
from scheduler.support.errors import NotAPlanError, UnreadableError
from scheduler.support.excel import HIDDEN_SHEET
from scheduler.verification.plan import verify
from scheduler.verification.statements import check_statements

NEEDS_PREVIOUS = N_("The plan builds on a plan before it; name that with --previous.")
_MISSING_FILE = N_("The file {file} is missing.")
_EXTRA_FILE = N_("The file {file} is not in the plan.")
_CHANGED_FILE = N_("The file {file} was changed after it was written.")
_NOT_SAID = N_("The page {file} does not say what the plan says.")
_OTHER_PLAN = N_("The plan kept in {file} is not the plan in {plan}.")
_NOT_A_PLAN = N_("{file} is not a plan that alis wrote, or it has been damaged: {reason}")
_WRONG_VALUE = N_("{where} is missing, or is not what should stand there.")
_NOT_JSON = N_("The text in it is not JSON.")
_NO_PLAN_IN = N_("The folder {folder} has no plan.json; name the folder that alis plan wrote.")
_NO_PLAN_BESIDE = N_(
    "{file} holds no plan. If it is a workbook for a department or a municipality, leave it where "
    "alis put it: in a folder beside plan.json."
)


@dataclass(frozen=True)
class DeliveredPlan:
    """A plan as read, and the workbooks that were read with it by their path in the folder.

    `whole`: a folder was read, in which every file must be; `kept` is the plan that the
    coordinator's workbook keeps, `sums` the SHA-256 of every file.
    """

    plan: Plan
    books: Mapping[str, Shown] = field(default_factory=dict)
    whole: bool = False
    kept: Plan | None = None
    sums: Mapping[str, str] = field(default_factory=dict)


def read_plan(path: Path) -> DeliveredPlan:
    """Read a plan: its folder, plan.json, the coordinator's workbook wherever it lies and whatever
    it is called, or another workbook in its folder. Raises NotAPlanError with what is wrong.
    """
    if not path.exists():
        raise NotAPlanError(finding(N_("There is no file {file}."), file=str(path)))
    if path.is_dir():
        return _folder(path)
    if path.suffix.lower() != ".xlsx":
        return DeliveredPlan(_plan_of(path))
    shown = _shown(path)
    if SCHEMA not in _hidden(shown):
        for folder in (path.parent, path.parent.parent):
            if (folder / PLAN_JSON).is_file():
                plan, name = _plan_of(folder / PLAN_JSON), path.relative_to(folder).as_posix()
                if normalize("NFC", name) != names_of(plan).plan:
                    return DeliveredPlan(plan, {name: shown})
        if HIDDEN_SHEET not in shown.cells:
            raise NotAPlanError(finding(_NO_PLAN_BESIDE, file=path.name))
    plan = _stored(path, shown)
    return DeliveredPlan(plan, {names_of(plan).plan: shown})


def _folder(folder: Path) -> DeliveredPlan:
    if not (folder / PLAN_JSON).is_file():
        raise NotAPlanError(finding(_NO_PLAN_IN, folder=folder.name))
    plan = _plan_of(folder / PLAN_JSON)
    files = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        # What begins with ~$ says that a workbook is open in Excel.
        if path.is_file()
        and not (safe_write.of_the_system(path.name) or path.name.startswith("~$"))
    }
    books = {name: _shown(path) for name, path in files.items() if path.suffix.lower() == ".xlsx"}
    sums = {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if name != PLAN_JSON
    }
    own = names_of(plan).plan
    kept = _stored(files[own], books[own]) if own in books else None
    return DeliveredPlan(plan, books, True, kept, sums)


def _shown(path: Path) -> Shown:
    try:
        return read_shown(path)
    except UnreadableError as error:
        raise NotAPlanError(error.finding) from error


def _stored(path: Path, shown: Shown) -> Plan:
    """The plan that a workbook keeps in its hidden sheet."""
    return _parsed(path, _hidden(shown))


def _hidden(shown: Shown) -> str:
    """What the hidden sheet of a workbook holds."""
    lines = shown.cells.get(HIDDEN_SHEET, [])
    return "".join(str(line[0]) for line in lines if line and line[0] is not None)


def _plan_of(path: Path) -> Plan:
    try:
        return _parsed(path, path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise NotAPlanError(finding(_NOT_A_PLAN, file=path.name, reason=_reason(error))) from error


def _parsed(path: Path, text: str) -> Plan:
    try:
        return Plan.from_json(text)
    except ValueError as error:
        raise NotAPlanError(finding(_NOT_A_PLAN, file=path.name, reason=_reason(error))) from error


def read_proof(plan: Path) -> Certificates:
    """Read the proof.json in the folder of a plan. Raises NotAPlanError with what is wrong."""
    folders = (plan,) if plan.is_dir() else (plan.parent, plan.parent.parent)
    paths = [folder / PROOF_JSON for folder in folders]
    path = next((path for path in paths if path.is_file()), paths[0])
    try:
        return Certificates.from_json(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise NotAPlanError(
            finding(
                N_("The proofs should lie beside the plan in {file}, but cannot be read: {reason}"),
                file=path.name,
                reason=_reason(error),
            )
        ) from error


def _reason(error: Exception) -> tuple[Finding, ...] | str:
    """Why a file of ours cannot be read, in words; of many values the first."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        wrong = finding(_WRONG_VALUE, where=where) if where else finding(_NOT_JSON)
        return (wrong,)
    if isinstance(error, UnicodeDecodeError):
        return (finding(_NOT_JSON),)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def check_delivered(
    delivered: DeliveredPlan, case: Case, workers: int = 1, before: Plan | None = None
) -> list[Finding]:
    """Everything that is wrong with the plan; of one that is right, with the files and cells.

    `before` is the plan before it; without it, what has changed since then is not checked.
    """
    # These load the solver, which takes a second; whoever only reads a plan does without.
    from scheduler.quarter.comparing.since import check_since
    from scheduler.verification.retelling import retell

    plan, round = delivered.plan, case.round
    if case.previous is None and any(g.id == Unchanged.id for g in plan.goals):
        return [finding(NEEDS_PREVIOUS)]
    wrong = verify(plan, case) or check_statements(plan, case, workers) or retell(plan, case)
    if before is not None and not wrong:
        wrong = list(check_since(plan, before, round))
    # Workbooks may not even be possible of a plan that is wrong, and would only repeat it.
    return [*_kept(delivered), *(wrong or _files(delivered, case))]


def _kept(delivered: DeliveredPlan) -> Iterator[Finding]:
    """Whether the coordinator's workbook keeps the plan that lies beside it."""
    kept, plan = delivered.kept, delivered.plan
    if kept is not None and kept != plan.model_copy(update={"files": {}}):
        yield finding(_OTHER_PLAN, file=names_of(plan).plan, plan=PLAN_JSON)


def _files(delivered: DeliveredPlan, case: Case) -> Iterator[Finding]:
    """What is wrong with the files themselves."""
    plan = delivered.plan
    # A workbook is compared in its own language, whatever language we talk in.
    own = Delivery(plan, case.round, Translator(plan.round.language))
    books = all_books(own) if delivered.books else {}
    if delivered.whole:
        yield from _page(delivered, own)
        named = dict.fromkeys([*books, *plan.files])
        missing = [name for name in named if name not in delivered.sums]
        yield from (finding(_MISSING_FILE, file=name) for name in missing)
        # Plans of earlier versions named no files.
        for name, checksum in delivered.sums.items():
            if name not in plan.files and (plan.files or name not in books):
                yield finding(_EXTRA_FILE, file=name)
            elif name not in books and plan.files[name] != checksum:
                yield finding(_CHANGED_FILE, file=name)
    for name, shown in delivered.books.items():
        if name not in books:
            if not delivered.whole:
                yield finding(_EXTRA_FILE, file=name)
            continue
        book = books[name]
        stored = stored_in(book, plan)
        true = shown_of(workbook(book, own.translator, stored))
        yield from compare_workbook(name, book.tables, true, shown, HIDDEN_SHEET, stored)


def _page(delivered: DeliveredPlan, own: Delivery) -> Iterator[Finding]:
    """What is wrong with the page, beyond that its SHA-256 is not the plan's."""
    page = own.names.page
    written = delivered.plan.files.get(page)  # plans of earlier versions have none
    true = hashlib.sha256(report_page(own)).hexdigest()
    if written is not None and page in delivered.sums and written != true:
        yield finding(_NOT_SAID, file=page)
