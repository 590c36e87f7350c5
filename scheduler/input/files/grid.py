"""A sheet as it stands: cells by line and column, before anything is understood."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from scheduler.input.message import Place

Cell = str | int | float | bool | date | datetime | time | None

MAX_LINES = 100_000
MAX_COLUMNS = 200
MAX_BEYOND = 20  # cells outside the table, told of a sheet


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or CSV file. `rows[0][0]` is line 1, column 1."""

    file: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    csv: bool = False
    hidden: bool = False
    hidden_lines: frozenset[int] = field(default_factory=frozenset)
    # Lines with a cell that is struck through.
    struck_lines: frozenset[int] = field(default_factory=frozenset)
    # Cells with a formula whose result was never stored, and cells beyond the limits.
    empty_formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    beyond: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    # Of the file, as it was when it was read.
    sha256: str = ""

    def place(self, line: int = 0, column: int = 0) -> Place:
        """The place of a cell, a line, or the sheet as a whole."""
        return Place(self.file, self.sheet, line, column, self.csv)


def clean(text: str) -> str:
    """Trimmed, in NFC, with inner white space folded to single blanks (NBSP too)."""
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    # Control and format characters (zero-width space, soft hyphen) are never meant.
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cc", "Cf")).strip()


def as_text(cell: Cell) -> str:
    """A cell as the text that a person would see; dates in ISO form."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            midnight = cell.time() == time(0)
            return cell.date().isoformat() if midnight else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return clean(str(cell))


def is_blank(cell: Cell) -> bool:
    """Whether nothing is to be seen in the cell."""
    return as_text(cell) == ""
