"""A workbook as somebody makes it by hand, with lists to choose from and filters: without the
tables, hidden lists and first sheet of the form.
"""

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from models.base import Noun
from models.finding import CodeWord
from models.settings import RoundSettings
from scheduler.input.form.values import cell_value
from scheduler.input.sheets import KEY, NOUNS, SETTINGS, VALUE
from scheduler.input.writing import InputFacts
from scheduler.locale import Translator
from scheduler.support.excel import print_on_a4, put, workbook_bytes
from tools.hand_samples import small_facts

_REQUIRED = PatternFill("solid", fgColor="1F4E79")
_OPTIONAL = PatternFill("solid", fgColor="7F9DB9")
# Drop-downs reach some way below the rows that are there.
_SPARE_LINES = 500


@cache
def small_plain() -> Path:
    """The small sample in a folder of its own, as such a workbook."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "input.xlsx"
    path.write_bytes(workbook_bytes(_workbook(small_facts(), Translator("nb"))))
    return path


def _workbook(facts: InputFacts, translator: Translator) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    _settings_sheet(book.create_sheet(translator.sheet(SETTINGS)), facts.settings, translator)
    for sheet, noun in NOUNS.items():
        rows = facts.rows.get(sheet, [])
        _noun_sheet(book.create_sheet(translator.sheet(sheet)), noun, rows, translator)
    book.properties.creator = "alis"
    return book


def _settings_sheet(sheet: Worksheet, settings: RoundSettings, translator: Translator) -> None:
    _header(sheet, 1, translator.column(KEY), "", required=True)
    _header(sheet, 2, translator.column(VALUE), "", required=True)
    for line, (name, info) in enumerate(RoundSettings.model_fields.items(), 2):
        put(sheet, line, 1, translator.column(RoundSettings.header(name)))
        value = cell_value(getattr(settings, name), translator)
        put(sheet, line, 2, str(settings.language) if name == "language" else value)
        _format(sheet.cell(line, 2), translator)
        put(sheet, line, 3, translator.text(info.description or ""))
        sheet.cell(line, 1).font = Font(name="Calibri", bold=RoundSettings.required(name))
        sheet.cell(line, 3).font = Font(name="Calibri", italic=True, color="666666")
    for column, width in ((1, 22), (2, 34), (3, 80)):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    print_on_a4(sheet, 1, 1)


def _noun_sheet(
    sheet: Worksheet, noun: type[Noun], rows: Sequence[Any], translator: Translator
) -> None:
    for column, (name, info) in enumerate(noun.model_fields.items(), 1):
        header = translator.column(noun.header(name))
        help_text = translator.text(info.description or "")
        _header(sheet, column, header, help_text, required=noun.required(name))
        width = max(len(header) + 3, 13)
        for line, row in enumerate(rows, 2):
            value = cell_value(getattr(row, name), translator)
            put(sheet, line, column, value)
            _format(sheet.cell(line, column), translator)
            width = max(width, len(str(value)) + 2 if value is not None else 0)
        sheet.column_dimensions[get_column_letter(column)].width = min(width, 44)
        words = _words(info.annotation, translator)
        if words:
            _drop_down(sheet, column, len(rows), words)
    sheet.freeze_panes = "B2"
    print_on_a4(sheet, 1, 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(noun.model_fields))}{max(2, len(rows) + 1)}"


def _header(sheet: Worksheet, column: int, text: str, help_text: str, *, required: bool) -> None:
    cell = put(sheet, 1, column, text)
    cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
    cell.fill = _REQUIRED if required else _OPTIONAL
    cell.alignment = Alignment(vertical="top")
    if help_text:
        cell.comment = Comment(help_text, "alis", width=300, height=90)


def _format(cell: Any, translator: Translator) -> None:
    if isinstance(cell.value, date):
        cell.number_format = "yyyy-mm-dd" if translator.language == "en" else "d.m.yyyy"
    elif isinstance(cell.value, str):
        cell.number_format = "@"


def _words(annotation: Any, translator: Translator) -> list[str]:
    """The words a drop-down offers, if the column has a fixed set of them."""
    kinds = [a for a in get_args(annotation) or (annotation,) if a is not type(None)]
    if kinds == [bool]:
        return [translator.yes_no(True), translator.yes_no(False)]
    if len(kinds) == 1 and isinstance(kinds[0], type) and issubclass(kinds[0], CodeWord):
        return [translator.word(code) for code in kinds[0]]
    return []


def _drop_down(sheet: Worksheet, column: int, rows: int, words: Sequence[str]) -> None:
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    letter = get_column_letter(column)
    choice.add(f"{letter}2:{letter}{rows + _SPARE_LINES}")
    sheet.add_data_validation(choice)
