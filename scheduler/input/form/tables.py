"""A sheet of the round: a table that grows as lines are written below it."""

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from models.base import Noun
from models.candidate import Candidate
from models.department import Department
from models.municipality import Municipality
from scheduler.input.form.choices import kinds_of, validation
from scheduler.input.form.help import EITHER, comment, help_text
from scheduler.input.form.values import cell_value
from scheduler.locale import Translator
from scheduler.support.excel import print_on_a4, put

_NEEDED = PatternFill("solid", fgColor="1F4E79")
_OPTIONAL = PatternFill("solid", fgColor="7F9DB9")
# Of a conditional format, the background is what fills the cell.
_MISSING = PatternFill("solid", fgColor="FFF2CC", bgColor="FFF2CC")
# What is offered and checked reaches so far below the rows that are there.
_SPARE = 1000
_NARROWEST, _WIDEST = 13, 44
# Columns whose texts are longer than their headers, also where there is no text yet.
_WIDE = {
    **dict.fromkeys(("trust", "site", "department"), 32),
    **dict.fromkeys(("name", "email", "contact", "unavailable", "approved_by"), 26),
    **dict.fromkeys(("reason", "note"), 40),
    "municipality": 20,
}

# Columns that may be blank, where a blank cell hardly ever is what is meant; and those of which one
# should be filled in.
_ASKED = ((Department, "approved"), (Municipality, "registered_from"))
_ONE_OF: dict[tuple[type[Noun], str], tuple[str, ...]] = {
    **{key: (key[1], other) for key, other in EITHER.items()},
    (Candidate, "open_to_other_sites"): ("open_to_other_sites", "open_to_other_departments"),
}

Values = Mapping[str, object]


def table_sheet(
    sheet: Worksheet, noun: type[Noun], rows: Sequence[Values], translator: Translator
) -> None:
    """Fill the sheet: headers with help, the rows, and what holds for rows still to come."""
    fields = list(noun.model_fields)
    letters = {field: get_column_letter(n) for n, field in enumerate(fields, 1)}
    cells = {field: f"{letter}2" for field, letter in letters.items()}
    last = len(rows) + 1
    for column, (field, letter) in enumerate(letters.items(), 1):
        title = translator.column(noun.header(field))
        head(sheet, 1, column, title, needed=noun.required(field))
        sheet.cell(1, column).comment = comment(help_text(noun, field, translator))
        shown = number_format(noun, field, translator)
        width = max(len(title) + 3, _WIDE.get(field, _NARROWEST))
        for line, row in enumerate(rows, 2):
            value = cell_value(row.get(field), translator)
            put(sheet, line, column, value).number_format = shown
            width = max(width, len(str(value)) + 2 if value is not None else 0)
        dimension = sheet.column_dimensions[letter]
        dimension.width = min(width, _WIDEST)
        dimension.number_format = shown  # of rows that are still to come
        check = validation(noun, field, cells, translator)
        check.add(f"{letter}2:{letter}{last + _SPARE}")
        sheet.add_data_validation(check)
    _mark_missing(sheet, noun, letters, last + _SPARE)
    _as_table(sheet, noun, get_column_letter(len(fields)), max(2, last))
    sheet.freeze_panes = "B2"
    print_on_a4(sheet, 1, 1)


def head(sheet: Worksheet, line: int, column: int, text: str, *, needed: bool) -> None:
    """Write a header, dark where the column must be filled in."""
    cell = put(sheet, line, column, text)
    cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
    cell.fill = _NEEDED if needed else _OPTIONAL
    cell.alignment = Alignment(vertical="top")


def number_format(noun: type[Noun], field: str, translator: Translator) -> str:
    """How a field is shown: days as people write them, texts as texts, so that Excel neither drops
    the zero of 0301 nor makes a date of an id.
    """
    kinds = kinds_of(noun.model_fields[field].annotation)
    if date in kinds:
        return "yyyy-mm-dd" if translator.language == "en" else "d.m.yyyy"
    return "@" if str in kinds else "General"


def mark_missing(sheet: Worksheet, cells: str, condition: str) -> None:
    """Colour cells yellow while the condition holds, as told for the first of them."""
    look = DifferentialStyle(fill=_MISSING)
    sheet.conditional_formatting.add(cells, Rule("expression", dxf=look, formula=[condition]))


def is_blank(cell: str) -> str:
    """The condition that nothing is to be seen in a cell."""
    return f"LEN(TRIM({cell}))=0"


def _mark_missing(
    sheet: Worksheet, noun: type[Noun], letters: Mapping[str, str], last: int
) -> None:
    begun = f"COUNTA($A2:${list(letters.values())[-1]}2)>0"
    for field in letters:
        fields = _ONE_OF.get((noun, field), (field,))
        if noun.required(field) or (noun, field) in _ASKED or len(fields) > 1:
            blank = ",".join(is_blank(f"${letters[name]}2") for name in fields)
            cells = " ".join(f"{letters[name]}2:{letters[name]}{last}" for name in fields)
            mark_missing(sheet, cells, f"AND({begun},{blank})")


def _as_table(sheet: Worksheet, noun: type[Noun], letter: str, last: int) -> None:
    table = Table(displayName=f"tbl_{noun.sheet}", ref=f"A1:{letter}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
