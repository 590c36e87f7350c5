"""The sheet History of an input."""

from models.history import History
from scheduler.input.message import Message
from scheduler.input.reader import ReadResult
from scheduler.input.rows import errors, read_table
from scheduler.input.sheets import field_names
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator


def read_history(read: ReadResult) -> tuple[list[History], list[Message]]:
    """The history that an input has, and what is wrong with it."""
    names = {fold(Translator(language).sheet(History.sheet)) for language in LANGUAGES}
    grid = next((g for g in read.grids if fold(g.sheet) in names), None)
    if grid is None:
        return [], []
    table = read_table(grid, History, field_names(History.sheet), Translator(read.language))
    wrong = errors(table.messages)
    return ([] if wrong else [History(**row.values) for row in table.rows]), wrong
