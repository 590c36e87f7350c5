"""Writing an input: a workbook with drop-downs and help texts, or a folder of CSV files."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from models.base import Noun
from models.finding import CodeWord, Finding
from models.settings import RoundSettings
from scheduler.input.sheets import KEY, NOUNS, SETTINGS, VALUE
from scheduler.locale import Translator
from scheduler.support.excel import print_on_a4, put, workbook_bytes
from scheduler.support.safe_write import write_file, write_new_folder

_REQUIRED = PatternFill("solid", fgColor="1F4E79")
_OPTIONAL = PatternFill("solid", fgColor="7F9DB9")
# Drop-downs reach some way below the rows that are there.
_SPARE_LINES = 500


@dataclass
class InputFacts:
    """What an input says: the settings and the nouns of each sheet."""

    settings: RoundSettings
    rows: dict[str, list[Any]] = field(default_factory=dict)


def write_input(
    path: Path, facts: InputFacts, translator: Translator, *, overwrite: bool = False
) -> list[Finding]:
    """Write a workbook if the path ends in .xlsx, else a new folder of CSV files (English headers).

    A workbook that is there already is replaced only if `overwrite` says so. Returns what the user
    should know. Raises CannotWriteError; then nothing is changed.
    """
    if path.suffix.lower() == ".xlsx":
        content = workbook_bytes(_workbook(facts, translator))
        return write_file(path, content, overwrite=overwrite)
    return write_new_folder(path, _csv_files(facts))


def _csv_files(facts: InputFacts) -> dict[str, bytes]:
    english = Translator("en")
    settings = [
        (name, _plain(getattr(facts.settings, name), english))
        for name in RoundSettings.model_fields
    ]
    files = {f"{SETTINGS}.csv": _csv([(KEY, VALUE), *settings])}
    for sheet, noun in NOUNS.items():
        header = [noun.header(name) for name in noun.model_fields]
        rows = [
            [_plain(getattr(row, name), english) for name in noun.model_fields]
            for row in facts.rows.get(sheet, ())
        ]
        files[f"{sheet}.csv"] = _csv([header, *rows])
    return files


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _plain(value: object, translator: Translator) -> str:
    cell = _cell(value, translator)
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def _cell(value: object, translator: Translator) -> str | int | float | date | None:
    """A value as it stands in a cell."""
    match value:
        case bool():
            return translator.yes_no(value)
        case CodeWord():
            return translator.word(value)
        case "never":
            return translator.word("never")
        case tuple():
            return ", ".join(f"{first.isoformat()}..{last.isoformat()}" for first, last in value)
        case float() if value.is_integer():
            return int(value)
        case "":
            return None
        case None | int() | float() | date() | str():
            return value
    raise TypeError(f"no cell for {value!r}")


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
        value = _cell(getattr(settings, name), translator)
        put(sheet, line, 2, str(settings.language) if name == "language" else value)
        _format(sheet.cell(line, 2), translator)
        put(sheet, line, 3, translator.text(info.description or ""))
        sheet.cell(line, 1).font = Font(name="Calibri", bold=RoundSettings.required(name))
        sheet.cell(line, 3).font = Font(name="Calibri", italic=True, color="666666")
    for column, width in ((1, 22), (2, 34), (3, 80)):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    print_on_a4(sheet, 1)


def _noun_sheet(
    sheet: Worksheet, noun: type[Noun], rows: Sequence[Any], translator: Translator
) -> None:
    for column, (name, info) in enumerate(noun.model_fields.items(), 1):
        header = translator.column(noun.header(name))
        help_text = translator.text(info.description or "")
        _header(sheet, column, header, help_text, required=noun.required(name))
        width = max(len(header) + 3, 13)
        for line, row in enumerate(rows, 2):
            value = _cell(getattr(row, name), translator)
            put(sheet, line, column, value)
            _format(sheet.cell(line, column), translator)
            width = max(width, len(str(value)) + 2 if value is not None else 0)
        sheet.column_dimensions[get_column_letter(column)].width = min(width, 44)
        words = _words(info.annotation, translator)
        if words:
            _drop_down(sheet, column, len(rows), words)
    sheet.freeze_panes = "B2"
    print_on_a4(sheet, 1)
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
