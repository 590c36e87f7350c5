"""The left side of rows of municipal-order: who of those after stands in an option's way."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from scheduler.apart import Apart
from scheduler.rules.order_stand import ROUNDING

_STARTS = 3  # so many columns are tried as the first of a clique


@dataclass(frozen=True, slots=True)
class Clique:
    """Columns of which a plan has one at most, and what it has beside none of them."""

    columns: frozenset[int]
    beside: frozenset[int]


def largest_clique(
    apart: Apart, values: Mapping[int, float], there: Collection[int], right: Collection[int]
) -> tuple[Clique, float]:
    """Of the columns `there` some that exclude one another, and by how much they are more than
    what counts on the `right`, without what cannot stand beside any of them.
    """

    def left_of(beside: frozenset[int]) -> float:
        return sum(values.get(i, 0.0) for i in right if i not in beside)

    line = sorted(there, key=lambda i: (-values[i], i))
    best, most = Clique(frozenset(), frozenset()), 0.0
    for start in line[:_STARTS]:
        clique = Clique(frozenset((start,)), apart.of(start))
        less = left_of(clique.beside)
        broken = values[start] - less
        for index in line:
            if index in clique.beside:
                beside = clique.beside & apart.of(index)
                more = left_of(beside)
                if values[index] > more - less + ROUNDING:
                    broken += values[index] - (more - less)
                    clique, less = Clique(clique.columns | {index}, beside), more
        if broken > most:
            best, most = clique, broken
    return best, most


def grown(apart: Apart, clique: Clique, more: Iterable[int], right: Collection[int]) -> Clique:
    """With each of `more` that excludes the clique, where nothing comes back to the right."""
    out = clique.beside.intersection(right)
    columns, beside = clique.columns, clique.beside
    for index in more:
        if index in beside and out <= apart.of(index):
            columns, beside = columns | {index}, beside & apart.of(index)
    return Clique(columns, beside | out)
