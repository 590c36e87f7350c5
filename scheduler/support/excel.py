"""What every sheet that we write shares."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

# What XML cannot hold, or a reader changes, is written as _xHHHH_; so is the beginning of a text
# that looks like that, or would once what follows it is written so.
_UNHELD = "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}(?:_|{_UNHELD}))|{_UNHELD}")


def escaped(text: str) -> str:
    """The text as a workbook holds it, so that what is read back is what was written."""
    return _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


# Where a workbook keeps what programs have to know of it, in pieces that fit into cells.
HIDDEN_SHEET = "alis"


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


# Of a page, in inches, to the left and right.
MARGIN = 0.4


def print_on_a4(sheet: Worksheet, first: int, last: int) -> None:
    """Landscape A4, as wide as the page, with these lines, the header, on every page."""
    sheet.print_title_rows = f"{first}:{last}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(MARGIN, MARGIN, 0.5, 0.6, 0.3, 0.3)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


class _InMemory(ExcelWriter):
    """Writes each sheet in memory. The library's own way goes by way of files in the system's
    folder for temporary ones, which stay there, with all names in them, when a run is killed.
    """

    def write_worksheet(self, ws: Any) -> None:
        """Add one sheet to the workbook."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = BytesIO()
        writer = WorksheetWriter(ws, out=out)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(ws.path[1:], out.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(ws)


class _Undated(ZipFile):
    """A file that does not say when it was written is the same every time."""

    def open(self, name: Any, *words: Any, **more: Any) -> Any:
        """Begin or read a part of it."""
        if isinstance(name, ZipInfo):
            name.date_time = (2000, 1, 1, 0, 0, 0)
        return super().open(name, *words, **more)


def workbook_bytes(book: Workbook) -> bytes:
    """The workbook as a file holds it; nothing is written to a disk."""
    out = BytesIO()
    _InMemory(book, _Undated(out, "w", ZIP_DEFLATED)).save()
    return out.getvalue()
