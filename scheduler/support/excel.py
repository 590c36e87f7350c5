"""What every sheet that we write shares."""

import re

from openpyxl.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet

# What XML cannot hold, or a reader changes, is written as _xHHHH_; so is the beginning of a text
# that looks like that.
_ESCAPED = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def escaped(text: str) -> str:
    """The text as a workbook holds it, so that what is read back is what was written."""
    return _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def put(sheet: Worksheet, line: int, column: int, value: object) -> ExcelCell:
    """Put a value into a cell; a text stays a text, whatever it begins with."""
    cell = sheet.cell(line, column)
    assert isinstance(cell, ExcelCell)
    cell.value = escaped(value) if isinstance(value, str) else value  # type: ignore[assignment]
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
