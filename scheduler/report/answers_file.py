"""The workbook of answers: delivered with a plan, or gathered later."""

from collections.abc import Sequence
from pathlib import Path

from models.answer import ANSWER_CELLS, Answer
from models.plan import Plan
from scheduler.input.files.grid import Grid
from scheduler.input.files.source import find_source, open_grids
from scheduler.locale import Translator
from scheduler.quarter.answers.returned import find_stamp
from scheduler.report.names import Names, names_of
from scheduler.report.sheets.answers import answers_table
from scheduler.report.stored import stored_in
from scheduler.report.table import Book
from scheduler.report.workbook import workbook
from scheduler.support.errors import UnreadableError


def answers_book(plan: Plan, rows: Sequence[Answer], translator: Translator) -> Book:
    """The workbook; what it was asked is kept apart from what was answered."""
    nothing = dict.fromkeys(ANSWER_CELLS) | {"comment": ""}
    table = answers_table(translator, plan.round.name, rows)
    offers = tuple(row.model_copy(update=nothing) for row in rows)
    file = Names(translator, plan.round.name).answers
    return Book(file, (table,), table.title, "answers", offers)


def find_answers(folder: Path, plan: Plan) -> Path | None:
    """The workbook of answers that was delivered with a plan into a folder: by its name, or by
    what it knows of itself; None if there is none.
    """
    own = folder / names_of(plan).answers
    if own.is_file():
        return own
    return next((path for path in sorted(folder.glob("*.xlsx")) if _asks_for(path, plan)), None)


def _asks_for(path: Path, plan: Plan) -> bool:
    try:
        grids = [grid for grid in open_grids(find_source(path)) if isinstance(grid, Grid)]
    except UnreadableError:
        return False
    stamp = find_stamp(grids)
    return stamp is not None and (stamp.kind, stamp.plan) == ("answers", plan.fingerprint)


def answers_bytes(plan: Plan, rows: Sequence[Answer], translator: Translator) -> bytes:
    """The workbook as a file holds it."""
    book = answers_book(plan, rows, translator)
    return workbook(book, translator, stored_in(book, plan))
