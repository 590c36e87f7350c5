"""One sheet of a workbook into a grid, believing nothing that the file says of itself.

openpyxl is not asked for cells: it leaves out rows that do not stand in order, takes the last text
for the text number -1, and reads `_x005F_x000D_` and `_x000D_` as the same.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import IO

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import from_excel

from models.finding import N_, finding
from scheduler.input.files.grid import MAX_BEYOND, MAX_COLUMNS, MAX_LINES, Cell, Grid
from scheduler.input.files.part import MAIN, TOO_LARGE, Budget, parse
from scheduler.input.files.styles import Style
from scheduler.input.message import column_letters
from scheduler.support.errors import UnreadableError

_LAST_LINE, _LAST_COLUMN = 1_048_576, 16_384  # of Excel
_MAX_TEXT = 32_767  # of Excel, in one cell
_MAX_FILLED = 500_000

_DAMAGED = N_(
    "The workbook is damaged: sheet {sheet}, cell {cell}. Open it in Excel, let Excel repair it, "
    "and save it."
)
_LONG_TEXT = N_("The text in sheet {sheet}, cell {cell}, is too long; shorten it.")

ROW, CELL, VALUE, FORMULA, INLINE = (f"{MAIN} {n}" for n in ("row", "c", "v", "f", "is"))
TEXT, PHONETIC = f"{MAIN} t", f"{MAIN} rPh"
_TRUTH = {"1": True, "0": False, "true": True, "false": False}
_MAX_DAYS = 2_958_466  # of the calendar of Excel, which ends with the year 9999
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text as Excel shows it: `_x000D_` stands for a character that XML cannot hold."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    # Two of them may be the halves of one character.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share."""

    file: str
    sha256: str
    texts: Sequence[str]
    styles: Sequence[Style]
    epoch: datetime
    budget: Budget


@cache
def _column(letters: str) -> int:
    """The number of a column, 0 if there is none of that name."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return 0
    number = column_index_from_string(letters)
    return number if number <= _LAST_COLUMN else 0


class SheetReader:
    """Gathers a grid from the elements of a sheet."""

    def __init__(self, title: str, book: Book) -> None:
        self._title, self._book = title, book
        self._filled = 0
        self._rows: list[list[Cell]] = []
        self._hidden: set[int] = set()
        self._struck: set[int] = set()
        self._empty: set[tuple[int, int]] = set()
        self._beyond: set[tuple[int, int]] = set()
        self._line = self._column = 0
        self._attributes: dict[str, str] = {}
        self._row_hidden = self._formula = self._inline = False
        self._value: list[str] = []
        self._inlined: list[str] = []
        self._length = 0
        self._into: list[str] | None = None
        self._phonetic = False

    def read(self, stream: IO[bytes], *, hidden: bool) -> Grid:
        """The grid of the sheet. Raises UnreadableError, or whatever the parser raises."""
        parse(stream, self._book.budget, self._start, self._end, self._text)
        return Grid(
            self._book.file,
            self._title,
            self._rows,
            hidden=hidden,
            hidden_lines=frozenset(self._hidden),
            struck_lines=frozenset(self._struck),
            empty_formulas=frozenset(self._empty),
            beyond=frozenset(self._beyond),
            sha256=self._book.sha256,
        )

    @property
    def _cell(self) -> str:
        return f"{column_letters(max(1, self._column))}{max(1, self._line)}"

    def _damaged(self) -> UnreadableError:
        return UnreadableError(finding(_DAMAGED, sheet=self._title, cell=self._cell))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == CELL:
            self._start_cell(attributes)
        elif name == ROW:
            self._start_row(attributes)
        elif name == VALUE:
            self._into = self._value
        elif name == FORMULA:
            self._formula = True
        elif name == INLINE:
            self._inline = True
        elif name == PHONETIC:
            self._phonetic = True
        elif name == TEXT and self._inline and not self._phonetic:
            self._into = self._inlined

    def _end(self, name: str) -> None:
        if name == CELL:
            self._end_cell()
        elif name in (VALUE, TEXT):
            self._into = None
        elif name == PHONETIC:
            self._phonetic = False

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._length += len(text)
            if self._length > _MAX_TEXT:
                raise UnreadableError(finding(_LONG_TEXT, sheet=self._title, cell=self._cell))
            self._into.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        line = attributes.get("r")
        before = self._line
        self._line = before + 1 if line is None else int(line) if _is_number(line) else 0
        self._column = 0
        if line is None and self._line > _LAST_LINE:
            raise UnreadableError(finding(TOO_LARGE))
        if not before < self._line <= _LAST_LINE:
            self._line = max(self._line, before)
            raise self._damaged()
        self._row_hidden = attributes.get("hidden") in ("1", "true")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        before = self._column
        name = attributes.get("r")
        if name is None:
            self._column += 1
        else:
            digits = str(self._line)
            self._column = _column(name.removesuffix(digits)) if name.endswith(digits) else 0
        if not (self._line and before < self._column <= _LAST_COLUMN):
            self._column = max(self._column, before)
            raise self._damaged()
        self._attributes = attributes
        self._formula = self._inline = False
        self._value, self._inlined, self._length = [], [], 0

    def _end_cell(self) -> None:
        kind = self._attributes.get("t", "n")
        stored = bool(self._inlined) or any(self._value)
        if not stored and not (self._formula and kind != "str"):
            return  # also a formula whose stored result is a text of no length
        self._filled += 1
        if self._filled > _MAX_FILLED:
            raise UnreadableError(finding(TOO_LARGE))
        line, column = self._line, self._column
        style = self._style()
        if self._row_hidden:
            self._hidden.add(line)
        if style.struck:
            self._struck.add(line)
        if line > MAX_LINES or column > MAX_COLUMNS:
            if len(self._beyond) < MAX_BEYOND:
                self._beyond.add((line, column))
        elif not stored:
            self._empty.add((line, column))
        else:
            self._rows.extend([] for _ in range(line - len(self._rows)))
            row = self._rows[-1]
            row.extend([None] * (column - 1 - len(row)))
            row.append(self._stored(kind, "".join(self._value), style))

    def _style(self) -> Style:
        number, styles = self._attributes.get("s", "0"), self._book.styles
        if not styles and number == "0":
            return Style()
        if not _is_number(number) or int(number) >= len(styles):
            raise self._damaged()
        return styles[int(number)]

    def _stored(self, kind: str, text: str, style: Style) -> Cell:
        """The value of the cell; a number as the date or the percentage that a person sees."""
        try:
            match kind:
                case "inlineStr":
                    return unescaped("".join(self._inlined))
                case "str" | "e":
                    return unescaped(text)
                case "s" if _is_number(text.strip()):
                    return self._book.texts[int(text)]
                case "b":
                    return _TRUTH[text.strip()]
                case "d":
                    return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
                case "n":
                    return _number(text.strip(), style, self._book.epoch)
                case _:
                    raise ValueError(kind)
        except (ValueError, KeyError, IndexError) as error:
            raise self._damaged() from error


def _number(text: str, style: Style, epoch: datetime) -> Cell:
    value = int(text) if re.fullmatch(r"-?\d{1,15}", text) else float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    if style.duration:
        return str(timedelta(days=value)) if abs(value) < _MAX_DAYS else value
    if style.date and 0 <= value < _MAX_DAYS:  # for others Excel shows no date either
        day: Cell = from_excel(value, epoch)
        return day
    return round(value * 100, 6) if style.percent else value


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
