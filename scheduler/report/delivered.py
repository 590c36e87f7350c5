"""A delivered plan against its input: the file read back, cell by cell, then rule by rule."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from models.certificate import Certificates
from models.finding import N_, Finding, finding
from models.plan import Plan
from scheduler.goals.unchanged import Unchanged
from scheduler.input.files.sheet import unescaped
from scheduler.input.message import column_letters
from scheduler.locale import Translator
from scheduler.problem.case import Case
from scheduler.report.book import plan_tables
from scheduler.report.files import PROOF_JSON
from scheduler.report.table import Cell, Table
from scheduler.report.texts import Delivery
from scheduler.report.workbook import HIDDEN_SHEET
from scheduler.support.errors import NotAPlanError
from scheduler.verification.plan import verify
from scheduler.verification.statements import check_statements

_DIFFERENT = N_("Sheet {sheet}, cell {cell}: {given} stands there, but the plan says {true}.")
_NO_ROW = N_("Sheet {sheet}: the row of {key} is missing.")
_EXTRA_ROW = N_("Sheet {sheet}, line {line}: this row is not in the plan.")
_NO_SHEET = N_("The sheet {sheet} is missing.")
_EXTRA_SHEET = N_("The sheet {sheet} is not in the plan.")


@dataclass(frozen=True)
class DeliveredPlan:
    """A plan as read from its file; `sheets` are a workbook's cells, None for plan.json."""

    plan: Plan
    sheets: dict[str, list[tuple[Cell, ...]]] | None


def read_plan(path: Path) -> DeliveredPlan:
    """Read plan.json or plan.xlsx. Raises NotAPlanError with what is wrong."""
    if path.is_dir():
        raise NotAPlanError(
            finding(
                N_("{file} is a folder; name the plan.xlsx or the plan.json in it."),
                file=path.name,
            )
        )
    if not path.exists():
        raise NotAPlanError(finding(N_("There is no file {file}."), file=str(path)))
    try:
        if path.suffix.lower() != ".xlsx":
            return DeliveredPlan(Plan.from_json(path.read_text(encoding="utf-8")), None)
        sheets = _cells(path)
        stored = sheets.pop(HIDDEN_SHEET, [])
        text = "".join(str(row[0]) for row in stored if row and row[0] is not None)
        return DeliveredPlan(Plan.from_json(text), sheets)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise NotAPlanError(
            finding(
                N_("{file} is not a plan that alis wrote, or it has been damaged: {reason}"),
                file=path.name,
                reason=_reason(error),
            )
        ) from error


def read_proof(plan: Path) -> Certificates:
    """Read the proof.json that lies beside a plan. Raises NotAPlanError with what is wrong."""
    path = plan.with_name(PROOF_JSON)
    try:
        return Certificates.from_json(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, OSError) as error:
        raise NotAPlanError(
            finding(
                N_(
                    "The certificates should lie beside the plan in {file}, but cannot be read: "
                    "{reason}"
                ),
                file=path.name,
                reason=_reason(error),
            )
        ) from error


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _cells(path: Path) -> dict[str, list[tuple[Cell, ...]]]:
    book = load_workbook(path, read_only=True)
    try:
        return {
            sheet.title: [
                tuple(_plain(v) for v in row) for row in sheet.iter_rows(values_only=True)
            ]
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _plain(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, int | date):
        return value
    return unescaped(str(value)).replace("\r", "") or None


def compare_cells(delivery: Delivery, sheets: dict[str, list[tuple[Cell, ...]]]) -> list[Finding]:
    """Every cell that does not say what the plan says; sorting rows changes nothing."""
    tables = plan_tables(delivery)
    found: list[Finding] = []
    for table in tables:
        name = table.name[:31]
        if name in sheets:
            found.extend(_compare(table, sheets[name]))
        else:
            found.append(finding(_NO_SHEET, sheet=name))
    known = {table.name[:31] for table in tables}
    found.extend(finding(_EXTRA_SHEET, sheet=name) for name in sheets if name not in known)
    return found


def _compare(table: Table, given: Sequence[tuple[Cell, ...]]) -> Iterator[Finding]:
    head = table.header_line
    lines = [tuple(v if v != "" else None for v in line) for line in table.lines()]
    above = list(given[:head]) + [()] * (head - len(given[:head]))
    for number, (true, line) in enumerate(zip(lines[:head], above, strict=True), 1):
        yield from _row(table, number, line, true)
    missing = lines[head:]
    unknown: list[tuple[int, tuple[Cell, ...]]] = []
    for number, line in enumerate(given[head:], head + 1):
        padded = tuple(line) + (None,) * (len(table.columns) - len(line))
        if all(v is None for v in padded):
            continue
        same = [true for true in missing if true[: table.keys] == padded[: table.keys]]
        if same:
            true = max(same, key=lambda t: _alike(t, padded))
            missing.remove(true)
            yield from _row(table, number, padded, true)
        else:
            unknown.append((number, padded))
    # What is left may be rows whose key was changed: pair each with the row it is most like.
    for number, line in unknown:
        best = max(missing, key=lambda t: _alike(t, line), default=None)
        if best is None or _alike(best, line) * 2 <= len(table.columns):
            yield finding(_EXTRA_ROW, sheet=table.name, line=number)
        else:
            missing.remove(best)
            yield from _row(table, number, line, best)
    for line in missing:
        key = " ".join(_text(v) for v in line[: table.keys])
        yield finding(_NO_ROW, sheet=table.name, key=key)


def _alike(one: Sequence[Cell], other: Sequence[Cell]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False))


def _row(
    table: Table, number: int, given: Sequence[Cell], true: Sequence[Cell]
) -> Iterator[Finding]:
    for column in range(max(len(given), len(true))):
        one = given[column] if column < len(given) else None
        two = true[column] if column < len(true) else None
        if one != two or isinstance(one, bool):
            yield finding(
                _DIFFERENT,
                sheet=table.name,
                cell=f"{column_letters(column + 1)}{number}",
                given=one if one is not None else _text(None),
                true=two if two is not None else _text(None),
            )


def _text(value: Cell) -> str:
    return "–" if value is None else str(value)


def check_delivered(delivered: DeliveredPlan, case: Case, workers: int = 1) -> list[Finding]:
    """Everything that is wrong: cells of the workbook first, then rules and numbers."""
    plan, round = delivered.plan, case.round
    if case.previous is None and any(g.id == Unchanged.id for g in plan.goals):
        return [finding(N_("The plan builds on a plan before it; name that with --previous."))]
    wrong = verify(plan, case) or check_statements(plan, case, workers)
    if delivered.sheets is None:
        return wrong
    if any(p.candidate_id not in round.candidate for p in plan.placements) or any(
        s.vacancy_id not in round.vacancy for p in plan.placements for s in p.segments
    ):
        return wrong  # the workbook cannot even be made again from this input
    # A workbook is compared in its own language, whatever language we talk in.
    own = Delivery(plan, round, Translator(plan.round.language))
    return [*compare_cells(own, delivered.sheets), *wrong]
