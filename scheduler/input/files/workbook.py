"""Reading a workbook into grids, safely: read-only, with limits, no external entities."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple

from models.finding import N_, finding
from scheduler.input.files.grid import MAX_COLUMNS, MAX_LINES, Cell, Grid
from scheduler.support.errors import UnreadableError

_MAX_UNPACKED = 300 * 1024 * 1024
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_workbook(path: Path) -> list[Grid]:
    """Every sheet of the workbook. Raises UnreadableError with what to do."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED:
                raise UnreadableError(
                    finding(N_("The workbook is far too large; copy the rows into a new one."))
                )
        # Older openpyxl and other programs leave odd parts; whatever fails, the advice is one.
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableError(
            finding(N_("The file is not a workbook that can be read; save it as .xlsx in Excel."))
        ) from error
    try:
        with zipfile.ZipFile(path) as archive:
            struck = _struck_styles(book)
            return [_grid(path.name, sheet, archive, struck) for sheet in book.worksheets]
    finally:
        book.close()


def _struck_styles(book: Any) -> frozenset[str]:
    """The numbers of the cell styles that strike text through, as cells name them."""
    struck = {n for n, font in enumerate(book._fonts) if font.strike}
    return frozenset(str(n) for n, s in enumerate(book._cell_styles) if s.fontId in struck)


def _grid(file: str, sheet: Any, archive: zipfile.ZipFile, struck: frozenset[str]) -> Grid:
    with archive.open(sheet._worksheet_path) as stream:
        hidden, struck_lines, empty, beyond = _scan(stream, struck)
    rows = [
        [_value(cell) for cell in row]
        for row in sheet.iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS)
    ]
    return Grid(
        file,
        sheet.title,
        rows,
        hidden=sheet.sheet_state != "visible",
        hidden_lines=hidden,
        struck_lines=struck_lines,
        empty_formulas=empty,
        beyond=beyond,
    )


def _value(cell: Any) -> Cell:
    value: Cell = cell.value
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and "%" in (cell.number_format or "")
    ):
        return round(value * 100, 6)  # what the person sees: 100 %, stored as 1
    return value


def _scan(
    stream: IO[bytes], struck_styles: frozenset[str]
) -> tuple[frozenset[int], frozenset[int], frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """Lines that hold something and are hidden, or struck through; formulas without a result, and
    cells out of reach.
    """
    hidden: set[int] = set()
    struck: set[int] = set()
    empty: set[tuple[int, int]] = set()
    beyond: set[tuple[int, int]] = set()
    for line, row in _rows(stream):
        filled = False
        for cell in row.iter(f"{_NS}c"):
            value = cell.find(f"{_NS}v")
            inline = cell.find(f"{_NS}is")
            stored = inline is not None or (value is not None and bool(value.text))
            formula = cell.find(f"{_NS}f") is not None
            if not (stored or formula):
                continue
            filled = True
            if cell.get("s") in struck_styles:
                struck.add(line)
            spot = coordinate_to_tuple(cell.get("r")) if cell.get("r") else (line, 1)
            if spot[0] > MAX_LINES or spot[1] > MAX_COLUMNS:
                beyond.add(spot)
            elif formula and not stored:
                empty.add(spot)
        if filled and row.get("hidden") in ("1", "true"):
            hidden.add(line)
        row.clear()
    return frozenset(hidden), frozenset(struck), frozenset(empty), frozenset(beyond)


def _rows(stream: IO[bytes]) -> Iterator[tuple[int, Any]]:
    line = 0
    for _, element in iterparse(stream):
        if element.tag == f"{_NS}row":
            line = int(element.get("r") or line + 1)
            yield line, element
