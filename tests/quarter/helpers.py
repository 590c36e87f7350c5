"""A plan of the small sample, delivered; and its workbooks filled in as people do."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.plan import Plan
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.files import write_plan
from scheduler.report.texts import Delivery

ANSWERED = date(2026, 3, 10)
_HEADERS = {
    "candidate_answer": "Kandidatens svar",
    "department_answer": "Avdelingens svar",
    "answered_on": "Besvart",
    "comment": "Merknad",
    "first_day": "Første dag",
}


def deliver(path: Path, folder: Path) -> Plan:
    """Plan the input and write everything into the folder, as `alis plan` does."""
    read = read_round(path, "nb")
    assert read.round is not None, [m.finding for m in read.errors]
    plan = make_plan(make_case(read.round), origin=read.origin).plan
    write_plan(Delivery(plan, read.round, Translator("nb")), folder)
    return plan


def header_line(sheet: Worksheet) -> int:
    """The line that holds the names of columns."""
    lines = enumerate(sheet.iter_rows(values_only=True), 1)
    return next(n for n, line in lines if line[0] in ("Kandidat-id", "Kandidat"))


def fill(path: Path, out: Path, answers: Mapping[str, Mapping[str, Any]]) -> Path:
    """Copy a delivered workbook with these cells filled in, by candidate; `*` for all others."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = header_line(sheet)
    columns = {str(c.value): n for n, c in enumerate(sheet[head], 1)}
    for line in range(head + 1, sheet.max_row + 1):
        who = sheet.cell(line, 1).value
        given = answers.get(str(who), answers.get("*", {})) if who else {}
        for field, value in given.items():
            sheet.cell(line, columns[_HEADERS[field]]).value = value
    out.parent.mkdir(parents=True, exist_ok=True)
    book.save(out)
    return out


def yes(day: date = ANSWERED) -> dict[str, Any]:
    """A candidate's yes."""
    return {"candidate_answer": "ja", "answered_on": day}


def no(day: date = ANSWERED) -> dict[str, Any]:
    """A candidate's no."""
    return {"candidate_answer": "nei", "answered_on": day}
