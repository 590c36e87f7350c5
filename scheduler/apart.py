"""Which columns no plan has together, as far as a single row says so; and cliques of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.program import Row, shares_of

_STARTS = 3  # so many columns are tried as the first of a clique
_LITTLE = 1e-6  # what a solver's numbers may be off by


class Apart:
    """Pairs of columns that some row of nothing but positive numbers has no room for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._filling = [row for row in rows if row.fills]
        self._shares = shares_of(self._filling)
        self._known: dict[int, frozenset[int]] = {}

    def of(self, index: int) -> frozenset[int]:
        """The columns that cannot stand beside this one."""
        if index not in self._known:
            found: set[int] = set()
            for number, share in self._shares[index]:
                row = self._filling[number]
                assert row.upper is not None
                found.update(i for i, c in row.terms if c + share > row.upper)
            found.discard(index)
            self._known[index] = frozenset(found)
        return self._known[index]


@dataclass(frozen=True, slots=True)
class Clique:
    """Columns of which a plan has one at most, and what it has beside none of them."""

    columns: frozenset[int]
    beside: frozenset[int]


def gathered(
    apart: Apart,
    start: int,
    line: Iterable[int],
    values: Mapping[int, float],
    right: Collection[int] = (),
) -> tuple[Clique, float]:
    """A clique that begins with one column, and by how much its values are more than those of the
    columns on the `right`, without what cannot stand beside any of it. Columns come from the line
    as they stand there, if that makes it more.
    """

    def left_of(beside: frozenset[int]) -> float:
        return sum(values.get(i, 0.0) for i in right if i not in beside)

    clique = Clique(frozenset((start,)), apart.of(start))
    less = left_of(clique.beside)
    broken = values[start] - less
    for index in line:
        if index in clique.beside:
            beside = clique.beside & apart.of(index)
            more = left_of(beside)
            if values[index] > more - less + _LITTLE:
                broken += values[index] - (more - less)
                clique, less = Clique(clique.columns | {index}, beside), more
    return clique, broken


def largest(
    apart: Apart, there: Iterable[int], values: Mapping[int, float], right: Collection[int]
) -> tuple[Clique, float]:
    """The most of a few cliques of the columns `there`; an empty one where none is more than 0."""
    line = sorted(there, key=lambda i: (-values[i], i))
    tried = [gathered(apart, start, line, values, right) for start in line[:_STARTS]]
    return max([(Clique(frozenset(), frozenset()), 0.0), *tried], key=lambda t: t[1])


def grown(apart: Apart, clique: Clique, more: Iterable[int], right: Collection[int] = ()) -> Clique:
    """With each of `more` that excludes the clique, where nothing comes back to the right."""
    out = clique.beside.intersection(right)
    columns, beside = clique.columns, clique.beside
    for index in more:
        if index in beside and out <= apart.of(index):
            columns, beside = columns | {index}, beside & apart.of(index)
    return Clique(columns, beside | out)
