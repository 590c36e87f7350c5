"""A 0/1 programme: columns are options, rows are small-integer inequalities with names.

Rules and goals write into it; they know no solver. A split is two columns, a first and a
second half; helper columns have no option.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.certificate import OrderEntry
from models.placement import Segment
from models.round import Round
from models.wish import Wish
from scheduler.problem.case import Case
from scheduler.problem.option import Option, meets


@dataclass(frozen=True, slots=True)
class Column:
    """A 0/1 unknown: an option with its points, or a helper (no option)."""

    index: int
    name: str
    option: Option | None
    points: int

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments of the option; none of a helper."""
        return () if self.option is None else self.option.segments


@dataclass(frozen=True, slots=True)
class ZeroHalf:
    """Half the sum of sides of rows, told by their numbers and 1 (upper) or -1 (lower); rounded
    down but for the coefficients of the columns `up`.
    """

    sides: tuple[tuple[int, int], ...]
    up: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """lower ≤ Σ coefficient × column ≤ upper; None is no limit.

    `why` tells of a row found on the way how it follows from those of the programme.
    """

    name: str
    terms: tuple[tuple[int, int], ...]
    lower: int | None
    upper: int | None
    why: OrderEntry | ZeroHalf | None = None

    @property
    def rule(self) -> str:
        """The id of the rule or goal that the row is of: the first word of its name."""
        return self.name.partition(" ")[0]

    @property
    def fills(self) -> bool:
        """Whether every column only ever fills it up."""
        return self.upper is not None and all(c > 0 for _, c in self.terms)

    def holds_between(self, least: int, most: int) -> bool:
        """Whether the row holds for every sum from the least to the most."""
        return (self.lower is None or self.lower <= least) and (
            self.upper is None or most <= self.upper
        )

    def left(self, known: int) -> tuple[int | None, int | None]:
        """The limits that are left when part of the sum is known."""
        lower, upper = self.lower, self.upper
        return None if lower is None else lower - known, None if upper is None else upper - known


# Of each column, the rows it is in, by number, with its coefficient there.
Shares = Mapping[int, Sequence[tuple[int, int]]]


def shares_of(rows: Sequence[Row]) -> defaultdict[int, list[tuple[int, int]]]:
    """In which of the rows each column is; nothing for a column that is in none."""
    shares: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        parts = {c: (number, c) for _, c in row.terms}  # one for all columns that have it
        for index, coefficient in row.terms:
            shares[index].append(parts[coefficient])
    return shares


# Given the columns of a plan, rows that it breaks; see `Program.broken_by`.
Separator = Callable[[frozenset[int]], list[Row]]


@dataclass(frozen=True, slots=True)
class CandidateColumns:
    """The columns of one candidate, by part."""

    whole: tuple[Column, ...]
    firsts: tuple[Column, ...]
    seconds: tuple[Column, ...]

    @property
    def placing(self) -> tuple[Column, ...]:
        """The columns of which exactly one is taken when the candidate is placed."""
        return self.whole + self.firsts

    @property
    def all(self) -> tuple[Column, ...]:
        """Every column."""
        return self.whole + self.firsts + self.seconds


@dataclass(frozen=True, slots=True)
class Load:
    """The days on which a column counts in one place, the last one too."""

    first: date
    last: date
    column: Column


@dataclass
class Program:
    """Columns and rows for a case; grows while rules and goals write into it."""

    case: Case
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    candidates: dict[str, CandidateColumns] = field(default_factory=dict)
    helpers: dict[str, Column] = field(default_factory=dict)
    # Of a column, the helper columns that count it (see `add_sums`).
    sums: dict[int, tuple[int, ...]] = field(default_factory=dict)
    # Columns that belong together because of rows that may come later.
    ties: list[tuple[int, int]] = field(default_factory=list)
    # Each pair of a column and a coefficient once: rows have many alike.
    _terms: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict, repr=False)
    # Of rules that write rows only when a plan breaks them.
    separators: list[Separator] = field(default_factory=list)

    def __post_init__(self) -> None:
        for candidate_id, choices in self.case.choices.items():
            if choices.any:
                parts = (choices.whole, choices.firsts, choices.seconds)
                whole, firsts, seconds = (
                    tuple(self._add(c.option, c.points) for c in part) for part in parts
                )
                self.candidates[candidate_id] = CandidateColumns(whole, firsts, seconds)

    @property
    def round(self) -> Round:
        """The round the programme is about."""
        return self.case.round

    def _add(self, option: Option, points: int) -> Column:
        segments = "+".join(f"{s.vacancy_id}@{s.start}" for s in option.segments)
        name = f"{option.candidate_id} {option.part.value} {segments}"
        column = Column(len(self.columns), name, option, points)
        self.columns.append(column)
        return column

    def add_helper(self, name: str) -> Column:
        """A new 0/1 column without an option, found again in `helpers` by its name."""
        column = Column(len(self.columns), name, None, 0)
        self.columns.append(column)
        self.helpers[name] = column
        return column

    def add_row(
        self,
        name: str,
        terms: Iterable[tuple[Column, int]],
        *,
        lower: int | None = None,
        upper: int | None = None,
    ) -> None:
        """Add lower ≤ Σ ≤ upper; a column named several times counts with the sum."""
        total: defaultdict[int, int] = defaultdict(int)
        for column, coefficient in terms:
            total[column.index] += coefficient
        known = self._terms
        kept = tuple(known.setdefault(t, t) for t in sorted(total.items()) if t[1])
        least = sum(c for _, c in kept if c < 0)
        most = sum(c for _, c in kept if c > 0)
        if (lower is not None and least < lower) or (upper is not None and most > upper):
            self.rows.append(Row(name, kept, lower, upper))

    def add_sums(self, name: str, groups: Sequence[Sequence[Column]]) -> list[Column]:
        """For each group a helper column: how many columns of the groups so far are taken.

        Of all the columns at most one may be taken. Rows that compare such sums are short, where
        rows over the columns themselves would grow with the square of their number.
        """
        sums: list[Column] = []
        for number, group in enumerate(groups):
            terms = [(column, 1) for column in (*sums[-1:], *group)]
            sums.append(self.add_helper(f"{name} {number}"))
            self.add_row(sums[-1].name, [*terms, (sums[-1], -1)], lower=0, upper=0)
        for number, group in enumerate(groups):
            counting = tuple(column.index for column in sums[number:])
            self.sums.update((column.index, counting) for column in group)
        return sums

    def at_most(self, name: str, columns: Iterable[Column], limit: int) -> None:
        """Add Σ columns ≤ limit."""
        self.add_row(name, ((c, 1) for c in columns), upper=limit)

    def meeting(self, row: Wish) -> frozenset[int]:
        """The columns of the candidate with a segment that the row of their wish list matches."""
        own = self.candidates.get(row.candidate_id)
        return frozenset(
            column.index
            for column in (own.all if own is not None else ())
            if column.option is not None
            and any(meets(self.round, row, segment) for segment in column.option.segments)
        )

    def separated(self, taken: frozenset[int]) -> list[Row]:
        """Rows not yet written that a plan with these columns breaks.

        For a plan that keeps all rows written: empty if and only if it keeps every rule.
        """
        return [row for rule in self.separators for row in rule(taken)]

    def limit_load(
        self,
        name: str,
        loads: Sequence[Load],
        locked: Sequence[tuple[date, date]],
        limit: int,
    ) -> None:
        """On no day more than `limit`, locks counted; where locks fill it, nothing new.

        The load only grows on a first day, so one row for each of those is enough, and a row
        is left out where the next has all its columns and no more room.
        """
        days = sorted({load.first for load in loads} | {first for first, _ in locked})
        rows: list[tuple[date, frozenset[Column], int]] = []
        for day in days:
            covering = frozenset(load.column for load in loads if load.first <= day <= load.last)
            room = max(0, limit - sum(first <= day <= last for first, last in locked))
            if rows and rows[-1][1] <= covering and rows[-1][2] >= room:
                rows.pop()
            rows.append((day, covering, room))
        for day, covering, room in rows:
            people = {c.option.candidate_id for c in covering if c.option is not None}
            if len(people) > room:
                self.at_most(f"{name} {day}", covering, room)
