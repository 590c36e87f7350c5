"""The workbook of answers: delivered with a plan, or gathered later."""

from collections.abc import Sequence

from models.answer import ANSWER_CELLS, Answer
from models.plan import Plan
from scheduler.locale import Translator
from scheduler.report.sheets.answers import answers_table
from scheduler.report.stored import stored_in
from scheduler.report.table import Book
from scheduler.report.workbook import workbook

ANSWERS_XLSX = "answers.xlsx"


def answers_book(plan: Plan, rows: Sequence[Answer], translator: Translator) -> Book:
    """The workbook; what it was asked is kept apart from what was answered."""
    nothing = dict.fromkeys(ANSWER_CELLS) | {"comment": ""}
    table = answers_table(translator, plan.round.name, rows)
    offers = tuple(row.model_copy(update=nothing) for row in rows)
    return Book(ANSWERS_XLSX, (table,), table.title, "answers", offers)


def answers_bytes(plan: Plan, rows: Sequence[Answer], translator: Translator) -> bytes:
    """The workbook as a file holds it."""
    book = answers_book(plan, rows, translator)
    return workbook(book, translator, stored_in(book, plan))
