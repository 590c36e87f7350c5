"""Writing every file of a plan beside its place, then moving all of it there at once."""

import shutil
import tempfile
from pathlib import Path

from models.finding import N_, finding
from models.stamp import Stamp, StampKind
from scheduler.quarter.answers.offers import offer_rows
from scheduler.report.answers_file import ANSWERS_XLSX, write_answers
from scheduler.report.book import plan_tables
from scheduler.report.sheets.departments import department_books
from scheduler.report.sheets.municipalities import municipality_books
from scheduler.report.table import Book
from scheduler.report.texts import Delivery
from scheduler.report.workbook import write_workbook
from scheduler.support import interrupt
from scheduler.support.errors import CannotWriteError

PLAN_JSON = "plan.json"
PLAN_XLSX = "plan.xlsx"
PROOF_JSON = "proof.json"
DEPARTMENTS = "departments"
MUNICIPALITIES = "municipalities"
_OURS = {PLAN_JSON, PLAN_XLSX, PROOF_JSON, ANSWERS_XLSX, DEPARTMENTS, MUNICIPALITIES}


def write_plan(delivery: Delivery, target: Path) -> list[Path]:
    """Write all files into the folder `target`; returns their paths.

    A folder that holds an earlier plan is replaced; its files are kept beside it in a folder
    whose name ends in `.old`. Raises CannotWriteError before anything is changed.
    """
    target = target.resolve()
    _refuse_foreign(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _cannot(target, error) from error
    try:
        names = _write_all(delivery, staged)
        interrupt.check()
        _move(staged, target)
    except OSError as error:
        raise _cannot(target, error) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return [target / name for name in names]


def _write_all(delivery: Delivery, folder: Path) -> list[str]:
    t = delivery.translator
    text = delivery.plan.to_json()
    (folder / PLAN_JSON).write_text(text, encoding="utf-8", newline="\n")
    title = t.text(N_("Plan for {round}"), round=delivery.round.name)
    write_workbook(folder / PLAN_XLSX, plan_tables(delivery), t, title, stored=text)
    names = [PLAN_JSON, PLAN_XLSX]
    if delivery.proof is not None:
        proof = delivery.proof.to_json()
        (folder / PROOF_JSON).write_text(proof, encoding="utf-8", newline="\n")
        names.append(PROOF_JSON)
    offers = offer_rows(delivery.plan, delivery.round)
    write_answers(folder / ANSWERS_XLSX, delivery.plan, offers, t)
    names.append(ANSWERS_XLSX)
    parts: tuple[tuple[str, StampKind, list[Book]], ...] = (
        (DEPARTMENTS, "department", department_books(delivery)),
        (MUNICIPALITIES, "municipality", municipality_books(delivery)),
    )
    for place, kind, books in parts:
        (folder / place).mkdir()
        for book in books:
            name = f"{place}/{book.file}"
            stamp = Stamp.of(delivery.plan, kind, book.offers).to_json()
            write_workbook(folder / name, book.tables, t, book.tables[0].title, stored=stamp)
            names.append(name)
    return names


def _refuse_foreign(target: Path) -> None:
    """Never put somebody's other files aside."""
    if target.is_dir():
        foreign = sorted(p.name for p in target.iterdir() if p.name not in _OURS)
        if foreign:
            raise CannotWriteError(
                finding(
                    N_(
                        "The folder {folder} holds other files ({name}); name a folder of its own "
                        "for the plan."
                    ),
                    folder=str(target),
                    name=foreign[0],
                )
            )
    elif target.exists():
        raise CannotWriteError(
            finding(N_("{folder} is a file; name a folder for the plan."), folder=str(target))
        )


def _move(staged: Path, target: Path) -> None:
    staged.chmod(0o755)  # a temporary folder is closed to others
    if not target.exists():
        staged.rename(target)
        return
    old = target.with_name(f"{target.name}.old")
    if not any(target.iterdir()):
        target.rmdir()
        staged.rename(target)
        return
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    try:
        staged.rename(target)
    except OSError:
        old.rename(target)
        raise


def _cannot(target: Path, error: OSError) -> CannotWriteError:
    return CannotWriteError(
        finding(
            N_(
                "The plan cannot be written to {folder} ({reason}). Close workbooks that are open "
                "in Excel, and check that you may write there."
            ),
            folder=str(target),
            reason=error.strerror or str(error),
        )
    )
