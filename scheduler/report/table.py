"""A sheet as a value: what it says, before anything is written or compared."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.answer import Answer
from models.stamp import StampKind

Cell = str | int | float | date | None


class Tint(StrEnum):
    """What the colour of a cell means."""

    NEW = "new"
    LOCKED = "locked"
    FREE = "free"
    OUTSIDE = "outside"
    WARN = "warn"
    GOOD = "good"
    HEAD = "head"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reader may write into a cell: one of these words, a day, or (neither) any text."""

    words: tuple[str, ...] = ()
    day: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in characters, and whether its texts run over the edge
    (the months of the grid) instead of being wrapped. With an `entry`, its cells are the reader's
    to fill in, and what they hold is no part of the plan.
    """

    header: str
    width: int = 14
    narrow: bool = False
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of one column, a bar for each row: its title, and the numbers of the columns with
    the names and the values, from 0.
    """

    title: str
    labels: int
    values: int


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: title and notes above, then a header and rows.

    The first `keys` columns say which row it is, so that a sorted sheet can still be compared.
    `tints` colours single cells of `rows` by (row, column), both from 0. Columns with an entry are
    filled in by the reader in the rows `asked` (numbers from 0). A `plain` one is its header and
    its rows from the first line on, for pivot tables and other programs.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    keys: int = 1
    tints: dict[tuple[int, int], Tint] = field(default_factory=dict)
    legend: tuple[tuple[str, Tint], ...] = ()
    filtered: bool = True
    asked: frozenset[int] = frozenset()
    bars: Bars | None = None
    plain: bool = False

    @property
    def header_line(self) -> int:
        """The line of the header, 1-based: below title, notes, legend and a blank line."""
        if self.plain:
            return 1
        return 1 + len(self.notes) + bool(self.legend) + 2

    def lines(self) -> list[tuple[Cell, ...]]:
        """Every line of the sheet from the first, as written."""
        if self.plain:
            return [tuple(c.header for c in self.columns), *self.rows]
        above: list[tuple[Cell, ...]] = [(self.title,), *((note,) for note in self.notes)]
        if self.legend:
            above.append(tuple(text for text, _ in self.legend))
        return [*above, (), tuple(c.header for c in self.columns), *self.rows]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook for somebody: the name of its file, its sheets, its title as a document, whose it
    is (None: the coordinator's, which holds the plan), and the offers it asks about.
    """

    file: str
    tables: tuple[Table, ...]
    title: str
    kind: StampKind | None = None
    offers: tuple[Answer, ...] = ()
