"""A sheet as a value: what it says, before anything is written or compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from models.answer import Answer
from models.stamp import StampKind

Cell = str | int | float | date | None


class Tint(StrEnum):
    """What the colour of a cell means."""

    NEW = "new"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONTRACT = "contract"
    IN_SERVICE = "in_service"
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
    """One sheet, or a part of one: title and notes above, then a header and rows.

    The first `keys` columns say which row it is, so that a sorted sheet can still be compared.
    `tints` colours single cells of `rows` by (row, column), both from 0; `links` leads from cells
    to other sheets, by their names. Columns with an entry are filled in by the reader in the rows
    `asked` (numbers from 0). `below` are further tables on the same sheet, one below the other. The
    rows `breaks` (from 0) begin a new page of paper. A `plain` one is its header and its rows from
    the first line on, for pivot tables and other programs.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    keys: int = 1
    tints: dict[tuple[int, int], Tint] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    legend: tuple[tuple[str, Tint], ...] = ()
    filtered: bool = True
    asked: frozenset[int] = frozenset()
    bars: Bars | None = None
    below: tuple["Table", ...] = ()
    breaks: frozenset[int] = frozenset()
    plain: bool = False

    @property
    def header_line(self) -> int:
        """The line of the header, 1-based: below title, notes, legend and a blank line."""
        if self.plain:
            return 1
        return 1 + len(self.notes) + bool(self.legend) + 2

    def lines(self) -> list[tuple[Cell, ...]]:
        """Every line as written, from the title on; without the tables below."""
        if self.plain:
            return [self.headers, *self.rows]
        above: list[tuple[Cell, ...]] = [(self.title,), *((note,) for note in self.notes)]
        if self.legend:
            starts = {columns.start: text for text, _, columns in self.legend_places()}
            above.append(tuple(starts.get(n) for n in range(max(starts) + 1)))
        return [*above, (), self.headers, *self.rows]

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.header for column in self.columns)

    def legend_places(self) -> list[tuple[str, Tint, range]]:
        """Each colour's text with the columns that it stands in, from 0: as many as it needs."""
        found, column = [], 0
        for text, tint in self.legend:
            start, room = column, 0
            while room < len(text) + 1:
                room += self.columns[column].width if column < len(self.columns) else 9
                column += 1
            found.append((text, tint, range(start, column)))
        return found

    def placed(self) -> Iterator[tuple[int, "Table"]]:
        """The tables of the sheet, each with the number of its first line, 1-based."""
        first = 1
        for table in (self, *self.below):
            yield first, table
            first += table.header_line + len(table.rows) + 1

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide the columns of the sheet are: what the widest table there needs."""
        tables = (self, *self.below)
        most = max(len(table.columns) for table in tables)
        return tuple(
            max(table.columns[n].width for table in tables if n < len(table.columns))
            for n in range(most)
        )


def stacked(*tables: Table) -> Table:
    """One sheet for several tables, called as the last; those without rows are left out.

    The longest is best the last: its header is repeated on the pages of paper after it.
    """
    own = [table for table in tables if table.rows] or [tables[-1]]
    return replace(own[0], name=tables[-1].name, below=tuple(own[1:]))


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
