"""A copy of the input with each problem as a comment in its cell."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from scheduler.input import Message, Severity
from scheduler.input.files.grid import Grid
from scheduler.input.message import message_line
from scheduler.locale import Translator
from scheduler.support.excel import escaped, put

_COLOURS = {Severity.ERROR: "F8CFC9", Severity.WARNING: "FFF4C2", Severity.NOTICE: "DDE8F5"}
_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def write_marked(
    path: Path, grids: Sequence[Grid], messages: Sequence[Message], translator: Translator
) -> None:
    """Write the copy; a problem without a cell of its own stands in the sheet's first cell."""
    by_sheet: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in messages:
        by_sheet[message.place.file, message.place.sheet].append(message)
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(grid.sheet[:31])
        for line, cells in enumerate(grid.rows, 1):
            for column, value in enumerate(cells, 1):
                put(sheet, line, column, value)
        cells_with: defaultdict[tuple[int, int], list[Message]] = defaultdict(list)
        for message in by_sheet.get((grid.file, grid.sheet), ()):
            place = message.place
            cells_with[max(1, place.line), max(1, place.column)].append(message)
        for (line, column), own in cells_with.items():
            cell = sheet.cell(line, column)
            text = "\n".join(message_line(m, translator) for m in own)
            cell.comment = Comment(escaped(text), "alis", width=360, height=40 + 60 * len(own))
            worst = min(own, key=lambda m: _GRAVITY.index(m.severity)).severity
            cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
    if not book.worksheets:
        book.create_sheet("alis")
    book.save(path)
