"""Tables → an Excel workbook that can be forwarded as it is."""

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime
from math import ceil
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from models.finding import N_
from scheduler.locale import Translator
from scheduler.report.table import Bars, Book, Table, Tint
from scheduler.support.excel import HIDDEN_SHEET, print_on_a4, put, workbook_bytes
from scheduler.support.visible import visible

_BLUE = "1F4E79"
FILLS = {
    Tint.NEW: "BFE3C5",
    Tint.OFFERED: "F7D9A8",
    Tint.ACCEPTED: "CFE3F7",
    Tint.CONTRACT: "A9C6EA",
    Tint.IN_SERVICE: "D5C9E8",
    Tint.FREE: "FFFBD1",
    Tint.OUTSIDE: "E4E4E4",
    Tint.WARN: "F8CFC9",
    Tint.GOOD: "BFE3C5",
    Tint.HEAD: _BLUE,
    Tint.ENTRY: "FFFBE6",
}
_THIN = Side(style="thin", color="C9C9C9")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
# A document that does not say when it was written is the same every time.
_WRITTEN = datetime(2000, 1, 1)
_CHUNK = 30_000


def workbook(book: Book, translator: Translator, stored: str = "") -> bytes:
    """The file of a workbook, a sheet for each table; `stored` is kept in a hidden sheet for
    checking later.
    """
    made = Workbook()
    made.remove(made.worksheets[0])
    for table in book.tables:
        _write_sheet(made.create_sheet(table.name[:31]), table, translator)
    if stored:
        sheet = made.create_sheet(HIDDEN_SHEET)
        sheet.sheet_state = "hidden"
        for line, start in enumerate(range(0, len(stored), _CHUNK), 1):
            put(sheet, line, 1, stored[start : start + _CHUNK])
    made.properties.title = visible(book.title)  # no cell, in which it could be escaped
    made.properties.creator = "alis"
    made.properties.created = made.properties.modified = _WRITTEN
    return workbook_bytes(made)


def _write_sheet(sheet: Worksheet, table: Table, translator: Translator) -> None:
    looks = _Looks(translator)
    for column, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for first, part in table.placed():
        _write_part(sheet, first, part, table.widths, looks)
        _entries(sheet, first, part, translator)
        for row in sorted(part.breaks):
            sheet.row_breaks.append(Break(id=first + part.header_line + row - 1))
    sheet.cell(1, 1).font = Font(name="Calibri", size=15, bold=True, color=_BLUE)
    _print_setup(sheet, table)
    if table.bars is not None and table.rows:
        _draw(sheet, table, table.bars)


def _write_part(
    sheet: Worksheet, first: int, table: Table, widths: Sequence[int], looks: "_Looks"
) -> None:
    """Write a table from its first line on."""
    head = first + table.header_line - 1
    for line, cells in enumerate(table.lines(), first):
        for column, value in enumerate(cells, 1):
            cell = put(sheet, line, column, value)
            if line >= head:
                row = line - head - 1
                tint = Tint.HEAD if line == head else _tint(table, row, column - 1)
                looks.dress(cell, tint, wrap=line == head or not table.columns[column - 1].narrow)
                target = table.links.get((row, column - 1))
                if target is not None:
                    _link(cell, target)
        if line >= head:
            narrow = [c.narrow and line > head for c in table.columns]
            sheet.row_dimensions[line].height = _height(cells, widths, narrow)
    if table.plain:
        return
    sheet.cell(first, 1).font = Font(name="Calibri", size=13, bold=True, color=_BLUE)
    for line, note in enumerate(table.notes, first + 1):
        _spread(sheet, line, note, widths)
    for _, tint, columns in table.legend_places():
        for column in columns:
            sheet.cell(head - 2, column + 1).fill = _fill(tint)


def _spread(sheet: Worksheet, line: int, text: str, widths: Sequence[int]) -> None:
    """Let a text have the whole width of the sheet, and as many lines as it needs."""
    room = sum(widths)
    sheet.cell(line, 1).alignment = Alignment(vertical="top", wrap_text=True)
    if len(widths) > 1:
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(widths))
    sheet.row_dimensions[line].height = _height((text,), (room,), (False,))


def _link(cell: ExcelCell, name: str) -> None:
    """Lead from a cell to the top of another sheet."""
    quoted = name[:31].replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
    cell.font = Font(name="Calibri", color="0563C1", underline="single")


def _draw(sheet: Worksheet, table: Table, bars: Bars) -> None:
    """Draw the bars beside the table."""
    head, last = table.header_line, table.header_line + len(table.rows)
    chart = BarChart()
    chart.type = "bar"
    chart.title = bars.title
    chart.legend = None
    chart.height = max(6.0, 0.6 * len(table.rows))
    values = Reference(sheet, min_col=bars.values + 1, min_row=head + 1, max_row=last)
    chart.add_data(values)
    labels = Reference(sheet, min_col=bars.labels + 1, min_row=head + 1, max_row=last)
    chart.set_categories(labels)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # else newer versions of Excel leave it out
    chart.x_axis.scaling.orientation = "maxMin"  # the first row at the top
    sheet.add_chart(chart, f"{get_column_letter(len(table.columns) + 2)}{head}")


def _tint(table: Table, row: int, column: int) -> Tint | None:
    asked = row in table.asked and table.columns[column].entry is not None
    return Tint.ENTRY if asked else table.tints.get((row, column))


_PICK = N_("Choose from the list, or leave the cell blank.")
_DAY = N_("Write a day, for example {day}, or leave the cell blank.")


def _entries(sheet: Worksheet, top: int, table: Table, translator: Translator) -> None:
    """Lists to choose from, and a check of days, where the reader fills in cells."""
    first = top + table.header_line
    for column, spec in enumerate(table.columns, 1):
        if spec.entry is None or not table.asked:
            continue
        check = DataValidation(allow_blank=True, showErrorMessage=True)
        if spec.entry.words:
            check.type, check.formula1 = "list", f'"{",".join(spec.entry.words)}"'
            check.error = translator.text(_PICK)
        elif spec.entry.day:
            check.type, check.operator = "date", "between"
            check.formula1, check.formula2 = "DATE(2000,1,1)", "DATE(2100,12,31)"
            check.error = translator.text(_DAY, day=date(2026, 9, 1))
        letter = get_column_letter(column)
        for row in sorted(table.asked):
            cell = sheet.cell(first + row, column)
            if spec.entry.day:
                cell.number_format = day_format(translator)
            check.add(f"{letter}{first + row}")
        if check.type:
            sheet.add_data_validation(check)


def day_format(translator: Translator) -> str:
    """How Excel shows a day in the language."""
    return "yyyy-mm-dd" if translator.language == "en" else "d.m.yyyy"


def _height(cells: Sequence[object], widths: Sequence[int], narrow: Sequence[bool]) -> float:
    """The height of a line, so that wrapped texts are whole in every program."""
    lines = 1
    for value, width, running in zip(cells, widths, narrow, strict=False):
        if isinstance(value, str) and not running:
            lines = max(lines, sum(_lines(part, width) for part in value.split("\n")))
    return 15.0 * lines + 1


def _lines(text: str, width: int) -> int:
    """How many lines a text has in a cell of a width in digits. A word too long for the line begins
    on one of its own; small letters are a tenth narrower than digits.
    """
    found = wrap(text, max(1, width - 1), break_long_words=False)
    return sum(max(1, ceil(len(line) / (1.1 * width))) for line in found) or 1


class _Looks:
    """Dresses cells of a table; a look that was used before is copied, which is much faster."""

    def __init__(self, translator: Translator) -> None:
        self._day_format = day_format(translator)
        self._known: dict[tuple[Tint | None, bool, bool, bool, bool], StyleArray] = {}

    def dress(self, cell: ExcelCell, tint: Tint | None, *, wrap: bool) -> None:
        """Give the cell its border, colour and format."""
        is_day = isinstance(cell.value, date)
        quoted = bool(cell.quotePrefix)
        counted = isinstance(cell.value, int)
        key = (tint, wrap, is_day, counted, quoted)
        if key not in self._known:
            cell.border = _BORDER
            # Never against the text in the next cell.
            place = "center" if counted else "left" if is_day else None
            cell.alignment = Alignment(vertical="top", wrap_text=wrap, horizontal=place)
            if tint is not None:
                cell.fill = _fill(tint)
            if tint is Tint.HEAD:
                cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
            if is_day:
                cell.number_format = self._day_format
            self._known[key] = copy(cell._style)  # type: ignore[attr-defined]
        else:
            cell._style = copy(self._known[key])  # type: ignore[attr-defined]


def _fill(tint: Tint) -> PatternFill:
    return PatternFill("solid", fgColor=FILLS[tint])


def _print_setup(sheet: Worksheet, table: Table) -> None:
    """Freeze and repeat the header, with the legend above it; of several tables on a sheet the
    longest one's, which is repeated on the pages after it only. A sheet can have one filter.
    """
    parts = list(table.placed())
    alike = all(part.headers == table.headers for _, part in parts)
    first, main = parts[0] if alike else max(parts, key=lambda part: len(part[1].rows))
    head = first + main.header_line - 1
    fixed = main.keys if len(main.columns) > 6 and alike else 0
    sheet.freeze_panes = sheet.cell(head + 1 if alike else 2, fixed + 1).coordinate
    for first, part in parts:
        if part.filtered and part.rows:
            top, last = first + part.header_line - 1, get_column_letter(len(part.columns))
            sheet.auto_filter.ref = f"A{top}:{last}{top + len(part.rows)}"
            break
    print_on_a4(sheet, head - 2 if main.legend else head, head)
    sheet.oddFooter.left.text = "&A"  # type: ignore[union-attr]
    sheet.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]
    sheet.sheet_view.showGridLines = False
