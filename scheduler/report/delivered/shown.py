"""A delivered workbook read back: what its cells hold, and what a person sees of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from scheduler.input.files.door import open_workbook
from scheduler.input.files.workbook import read_grids
from scheduler.input.message import column_letters
from scheduler.report.table import Cell

Lines = list[tuple[Cell, ...]]
# How a value is written, and whether it can be read as it stands there.
Look = tuple[str, bool]
_TINY_POINTS = 6
# Of text and ground, from 0 (black) to 1 (white).
_LEAST_CONTRAST = 0.25
# Of a theme only black and white are the same everywhere.
_THEME = {0: "FFFFFF", 1: "000000"}
_GREY = "808080"
_EMPTY_DRAWING = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>)?\s*<((?:\w+:)?wsDr)\b[^>]*(?:/>|>\s*</\1\s*>)\s*"
)
_EMPTY_BYTES = 4_000


@dataclass(frozen=True)
class Looks:
    """What is seen of a sheet beyond the values of its cells.

    `cells` has the look of every cell that holds something; `formulas` those that reckon. `covered`
    are merged ranges, `unseen` hidden lines (unless they are filtered out) and columns, `edges` the
    texts of head and foot, `links` the cells that lead somewhere, with where to, `fills` the
    colours (RRGGBB) of the cells that have one, also blank ones. `state` says whether the sheet
    itself is hidden.
    """

    state: str
    cells: Mapping[str, Look]
    formulas: frozenset[str]
    covered: frozenset[str]
    unseen: frozenset[str]
    edges: tuple[str, ...]
    conditional: int
    links: frozenset[tuple[str, str]] = frozenset()
    fills: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A workbook: the cells of each sheet by its name, how they look, and the drawings in the file
    (pictures, charts, text boxes).
    """

    cells: Mapping[str, Lines]
    looks: Mapping[str, Looks]
    drawings: frozenset[str]


def read_shown(path: Path) -> Shown:
    """Read a workbook. Raises UnreadableError with what is wrong."""
    with open_workbook(path) as package:
        cells = {
            grid.sheet: [tuple(_plain(value) for value in row) for row in grid.rows]
            for grid in read_grids(package)
        }
        return Shown(cells, _looks(package.load()), frozenset(_drawings(package.archive)))


def shown_of(content: bytes) -> Shown:
    """The looks of a workbook that we wrote ourselves; its cells are known."""
    with ZipFile(BytesIO(content)) as archive:
        drawings = frozenset(_drawings(archive))
    return Shown({}, _looks(load_workbook(BytesIO(content))), drawings)


def _plain(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, int | date):
        return value
    return str(value).replace("\r", "") or None


def _drawings(archive: ZipFile) -> Iterator[str]:
    for info in archive.infolist():
        # The frames of notes are drawings too, of another kind (.vml).
        if re.match(r"xl/(drawings|media|charts)/.*(?<!\.vml)$", info.filename):
            # LibreOffice gives every sheet a drawing with nothing in it.
            small = info.file_size <= _EMPTY_BYTES
            if not (small and _EMPTY_DRAWING.fullmatch(archive.read(info))):
                yield info.filename


def _looks(book: Workbook) -> dict[str, Looks]:
    known: dict[tuple[int, bool], Look] = {}
    found = {sheet.title: _looks_of(sheet, known) for sheet in book.worksheets}
    for sheet in book.chartsheets:
        found[sheet.title] = Looks(
            sheet.sheet_state, {}, frozenset(), frozenset(), frozenset(), (), 0
        )
    return found


def _looks_of(sheet: Any, known: dict[tuple[int, bool], Look]) -> Looks:
    cells, formulas, links = {}, set(), set()
    fills: dict[str, str] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.has_style and cell._style.fillId:
                fills[cell.coordinate] = _ground(cell.fill)
            if cell.value is None:
                continue
            if cell.data_type == "f":
                formulas.add(cell.coordinate)
            if cell.hyperlink is not None:
                links.add((cell.coordinate, _target(cell.hyperlink)))
            key = cell.style_id, isinstance(cell.value, int | float | date)
            if key not in known:
                known[key] = _look(cell, counted=key[1])
            cells[cell.coordinate] = known[key]
    filtered = bool(sheet.auto_filter.filterColumn)
    unseen = {
        str(number) for number, line in sheet.row_dimensions.items() if line.hidden and not filtered
    }
    for letters, column in sheet.column_dimensions.items():
        if column.hidden:
            unseen |= {column_letters(n) for n in range(column.min or 1, (column.max or 1) + 1)}
            unseen.add(letters)
    edges = (
        part.text or ""
        for side in (sheet.oddHeader, sheet.oddFooter)
        for part in (side.left, side.center, side.right)
    )
    return Looks(
        sheet.sheet_state,
        cells,
        frozenset(formulas),
        frozenset(str(merged) for merged in sheet.merged_cells.ranges),
        frozenset(unseen),
        tuple(edges),
        len(sheet.conditional_formatting),
        frozenset(links),
        fills,
    )


def _target(link: Any) -> str:
    """Where a link leads, as every program writes it."""
    text = (link.target or "") + (link.location or "")
    return re.sub(r"[#'$]", "", text).replace(".A1", "!A1")


def _look(cell: Any, *, counted: bool) -> Look:
    font, fill = cell.font, cell.fill
    ground = _colour(fill.fgColor, "FFFFFF") if fill.fill_type else "FFFFFF"
    contrast = abs(_brightness(_colour(font.color, "000000")) - _brightness(ground))
    hidden = font.strike or font.vertAlign or (font.sz or _TINY_POINTS) < _TINY_POINTS
    written = _format(cell.number_format) if counted else _text_format(cell.number_format)
    return written, not hidden and contrast >= _LEAST_CONTRAST


def _ground(fill: Any) -> str:
    """The colour of a cell; of a pattern or a gradient the name of its kind."""
    return _colour(fill.fgColor, "") if fill.fill_type == "solid" else str(fill.fill_type or "")


def _format(code: str) -> str:
    """A number format without what programs write in other ways."""
    return re.sub(r"\[\$-[^\]]*\]|[\\\"]|;@$", "", code or "General").lower()


def _text_format(code: str) -> str:
    """A format that shows texts as they are, or the one that does not."""
    return "" if '"' not in (code or "") and ";" not in (code or "") else _format(code)


def _colour(colour: Any, usual: str) -> str:
    """A colour as RRGGBB; one of a theme that is not known is grey."""
    if colour is None:
        return usual
    if colour.type == "rgb":
        return str(colour.rgb)[-6:]
    return _THEME.get(colour.theme, _GREY) if colour.type == "theme" else usual


def _brightness(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue
