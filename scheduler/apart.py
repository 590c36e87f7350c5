"""Which columns no plan has together, as far as a single row says so; and cliques of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from scheduler.program import Row

_STARTS = 3  # so many columns are tried as the first of a clique
_LITTLE = 1e-6  # what a solver's numbers may be off by


class Apart:
    """Pairs of columns that some row of nothing but positive numbers has no room for.

    Of each such row the columns that fill more than half of it: any two of these exclude each
    other. (Kept by row: as pairs they would be thousands for each column of a large round.)
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._filling = [row for row in rows if row.fills]
        self._rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self._filling):
            for index in _filling(row):
                self._rows_of[index].append(number)

    def rows_of(self, index: int) -> Sequence[int]:
        """The rows, by number, that this column fills more than half of."""
        return self._rows_of.get(index, ())

    def exclude(self, one: int, other: int) -> bool:
        """Whether two different columns exclude each other."""
        return not set(self.rows_of(one)).isdisjoint(self.rows_of(other))

    def beside(self, columns: Collection[int]) -> list[int]:
        """All columns that exclude every one of these, in order."""
        every = Every(self, columns)
        near = {i for n in self.rows_of(min(columns)) for i in _filling(self._filling[n])}
        return sorted(i for i in near.difference(columns) if every.excludes(i))


def _filling(row: Row) -> Iterable[int]:
    limit = row.upper
    assert limit is not None
    return (i for i, c in row.terms if 2 * c > limit)


class Every:
    """Columns, and which others exclude every one of them."""

    def __init__(self, apart: Apart, columns: Iterable[int] = ()) -> None:
        self._apart = apart
        self._all = 0
        self._in: defaultdict[int, int] = defaultdict(int)  # by row: which of them, as bits
        for index in columns:
            self.add(index)

    def add(self, index: int) -> None:
        """One more."""
        bit = self._all + 1
        self._all |= bit
        for number in self._apart.rows_of(index):
            self._in[number] |= bit

    def excludes(self, index: int) -> bool:
        """Whether a column that is none of them excludes them all."""
        known = 0
        for number in self._apart.rows_of(index):
            known |= self._in.get(number, 0)
        return known == self._all


def gathered(
    apart: Apart,
    start: int,
    line: Iterable[int],
    values: Mapping[int, float],
    right: Collection[int] = (),
) -> tuple[frozenset[int], float]:
    """A clique that begins with one column, and by how much its values are more than those of the
    columns on the `right`, without what cannot stand beside any of it. Columns come from the line
    as they stand there, if that makes it more.
    """
    clique, every = {start}, Every(apart, (start,))
    counting = {i: v for i in right if (v := values.get(i, 0.0))}
    out = {i: v for i, v in counting.items() if every.excludes(i)}
    broken = values[start] - (sum(counting.values()) - sum(out.values()))
    for index in line:
        if index not in clique and every.excludes(index):
            back = [i for i in out if not apart.exclude(index, i)]
            more = values[index] - sum(out[i] for i in back)
            if more > _LITTLE:
                broken += more
                clique.add(index)
                every.add(index)
                for i in back:
                    del out[i]
    return frozenset(clique), broken


def largest(
    apart: Apart, there: Iterable[int], values: Mapping[int, float], right: Collection[int]
) -> tuple[frozenset[int], float]:
    """The most of a few cliques of the columns `there`; an empty one where none is more than 0."""
    line = sorted(there, key=lambda i: (-values[i], i))
    tried = [gathered(apart, start, line, values, right) for start in line[:_STARTS]]
    return max([(frozenset[int](), 0.0), *tried], key=lambda t: t[1])


def grown(
    apart: Apart, clique: Collection[int], more: Iterable[int], right: Collection[int] = ()
) -> tuple[frozenset[int], frozenset[int]]:
    """The clique with each of `more` that excludes it, where nothing comes back to the right; and
    what is out on the right, as it cannot stand beside any of the clique.
    """
    columns, every = set(clique), Every(apart, clique)
    out = [i for i in right if every.excludes(i)]
    staying_out = Every(apart, out)
    for index in more:
        if index not in columns and every.excludes(index) and staying_out.excludes(index):
            columns.add(index)
            every.add(index)
    return frozenset(columns), frozenset(out)
