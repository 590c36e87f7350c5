"""A coordinator at work: types into the form what a person would, and nothing else."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.input.form.template import make_template
from scheduler.locale import Translator
from scheduler.support.excel import workbook_bytes
from tests.input.formulas import ExcelError, Formulas

# The sheets that formulas are about.
_LISTED = ("Avdelinger", "Kommuner")


class Coordinator:
    """Fills in a form, column by column, and chooses only what the drop-downs offer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)
        self.formulas: Formulas | None = None

    def type(self, sheet: str, row: Mapping[str, object]) -> None:
        """Write a line below the table, which grows by it as in Excel; columns by their headers."""
        page = self.book[sheet]
        table = table_of(page)
        left, top, right, bottom = range_boundaries(table.ref)
        assert left == top == 1
        assert isinstance(right, int)
        assert isinstance(bottom, int)
        blank = all(page.cell(bottom, n).value is None for n in range(1, right + 1))
        line = bottom + (0 if blank else 1)
        table.ref = f"A1:{get_column_letter(right)}{line}"
        headers = [str(cell.value) for cell in page[1]]
        for header, value in row.items():
            self.put(sheet, line, headers.index(header) + 1, value)

    def change(self, sheet: str, key: str, header: str, value: object) -> None:
        """Write into the line that begins with the key, or has it anywhere."""
        page = self.book[sheet]
        headers = [str(cell.value) for cell in page[1]]
        (line,) = [n for n in range(2, page.max_row + 1) if key in (c.value for c in page[n])]
        self.put(sheet, line, headers.index(header) + 1, value)

    def put(self, sheet: str, line: int, column: int, value: object) -> None:
        """Write one cell; where Excel would ask or refuse, it must be on the list."""
        page = self.book[sheet]
        check = check_of(page, column, line)
        if check.type == "list" and check.showErrorMessage:
            assert str(value) in self.offered(sheet, line, column), (sheet, line, column, value)
        if check.type == "date":
            assert isinstance(value, date)
        cell = page.cell(line, column)
        cell.value = value  # type: ignore[assignment]
        if sheet in _LISTED:
            self.formulas = None
        elif self.formulas is not None:
            self.formulas.refresh(self.book, sheet)

    def offered(self, sheet: str, line: int, column: int) -> list[str]:
        """What the drop-down of a cell offers; nothing if its formula gives an error."""
        formula = str(check_of(self.book[sheet], column, line).formula1)
        for letter in "ABCDE":
            formula = formula.replace(f"${letter}2", f"${letter}{line}")
        if self.formulas is None:
            self.formulas = Formulas(self.book)
        try:
            return self.formulas.offered(formula, sheet)
        except ExcelError:
            return []

    def save(self) -> Path:
        """Save the workbook where it was."""
        self.book.save(self.path)
        return self.path


def table_of(page: Worksheet) -> Table:
    """The one table of a sheet."""
    (table,) = page.tables.values()
    assert isinstance(table, Table)
    return table


def check_of(page: Worksheet, column: int, line: int = 2) -> DataValidation:
    """The one validation of a cell."""
    name = f"{get_column_letter(column)}{line}"
    check: DataValidation
    (check,) = [v for v in page.data_validations.dataValidation if name in v.sqref]
    return check


def written(folder: Path, region: str = "nord", language: str = "nb") -> Path:
    path = folder / "runde.xlsx"
    path.write_bytes(workbook_bytes(make_template(region, Translator(language))))
    return path
