"""What every sheet that we write shares."""

from openpyxl.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet

# Where a workbook keeps what programs have to know of it, in pieces that fit into cells.
HIDDEN_SHEET = "alis"


def put(sheet: Worksheet, line: int, column: int, value: object) -> ExcelCell:
    """Put a value into a cell; a text stays a text, whatever it begins with."""
    cell = sheet.cell(line, column)
    assert isinstance(cell, ExcelCell)
    cell.value = value  # type: ignore[assignment]
    if isinstance(value, str):
        cell.data_type = "s"
        if value[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True
    return cell


def print_on_a4(sheet: Worksheet, head: int) -> None:
    """Landscape A4, as wide as the page, with the header on every page."""
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
