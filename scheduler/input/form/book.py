"""The whole workbook, empty or filled in."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from models.department import Department
from models.municipality import Municipality
from scheduler.input.form.instructions import instructions_sheet
from scheduler.input.form.lists import add_lists
from scheduler.input.form.names import INSTRUCTIONS
from scheduler.input.form.settings import settings_sheet
from scheduler.input.form.tables import Values, table_sheet
from scheduler.input.sheets import NOUNS, SETTINGS
from scheduler.locale import Translator


def make_book(
    settings: Values, rows: Mapping[str, Sequence[Values]], translator: Translator
) -> Workbook:
    """The workbook with these settings and the rows of each sheet; what is not given is blank."""
    book = Workbook()
    book.remove(book.worksheets[0])
    instructions_sheet(book.create_sheet(translator.sheet(INSTRUCTIONS)), translator)
    settings_sheet(book.create_sheet(translator.sheet(SETTINGS)), settings, translator)
    for sheet, noun in NOUNS.items():
        table_sheet(
            book.create_sheet(translator.sheet(sheet)), noun, rows.get(sheet, ()), translator
        )
    counts = [len(rows.get(noun.sheet, ())) for noun in (Department, Municipality)]
    add_lists(book, translator, *counts)
    book.calculation.fullCalcOnLoad = True  # the lists have formulas, and no values yet
    book.properties.creator = "alis"
    return book
