"""The terms of rows as arrays, so that many rows are looked at quickly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.program.program import Row

_ADDED_SHARE = 0.2  # so large a share of all terms may be out of the order of columns


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that settled columns alone do not keep: its terms in the other columns, by their place
    among these, and the limits left for their sum.
    """

    places: list[int]
    coefficients: list[int]
    lower: int | None
    upper: int | None


class Matrix:
    """Rows over given columns; rows may be added."""

    def __init__(self, columns: Sequence[int]) -> None:
        self._place = {index: place for place, index in enumerate(columns)}
        self._ends = np.zeros(1, dtype=np.int64)
        # Longer than there are terms, so that adding a few does not mean copying all.
        self._room = np.zeros((2, 0), dtype=np.int64)
        self._by_column = self._sorted(0)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def _places(self) -> np.ndarray:
        return self._room[0, : self._ends[-1]]

    @property
    def _coefficients(self) -> np.ndarray:
        return self._room[1, : self._ends[-1]]

    def extend(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        lengths = np.array([len(row.terms) for row in rows], dtype=np.int64)
        total = int(lengths.sum())
        start = int(self._ends[-1])
        end = start + total
        self._ends = np.concatenate((self._ends, start + np.cumsum(lengths)))
        if end > self._room.shape[1]:
            more = np.zeros((2, int(end * (1 + _ADDED_SHARE)) - start), dtype=np.int64)
            self._room = np.concatenate((self._room[:, :start], more), axis=1)
        indices = (self._place[index] for row in rows for index, _ in row.terms)
        self._room[0, start:end] = np.fromiter(indices, dtype=np.int64, count=total)
        numbers = (c for row in rows for _, c in row.terms)
        self._room[1, start:end] = np.fromiter(numbers, dtype=np.int64, count=total)

    @property
    def size(self) -> int:
        """How many terms there are."""
        return int(self._ends[-1])

    def entries(self, first: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The numbers of rows, the places of columns and the coefficients of all terms of the rows
        from that number on.
        """
        numbers = np.repeat(np.arange(first, len(self)), np.diff(self._ends[first:]))
        own = slice(self._ends[first], self._ends[-1])
        return numbers, self._room[0, own], self._room[1, own]

    def cut(self, count: int) -> None:
        """Keep only so many rows, the first ones."""
        self._ends = self._ends[: count + 1]
        if count < self._by_column.rows:
            self._by_column = self._sorted(0)  # until terms are asked for again

    def places_of(self, columns: Iterable[int]) -> np.ndarray:
        """The places of columns."""
        return np.fromiter((self._place[i] for i in columns), dtype=np.int64)

    def terms_in(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """All terms in the columns at these places: the numbers of rows, which of the places, the
        coefficients.
        """
        known = self._by_column
        if len(self._places) - len(known.order) > _ADDED_SHARE * len(self._places):
            known = self._by_column = self._sorted(len(self))
        numbers, which = _spread(known.ends, places)
        asked = np.full(len(self._place), -1)
        asked[places] = np.arange(len(places))
        since = asked[self._places[len(known.order) :]]
        added = np.flatnonzero(since >= 0)
        terms = np.concatenate((known.order[numbers], added + len(known.order)))
        rows = np.searchsorted(self._ends, terms, side="right") - 1
        return rows, np.concatenate((which, since[added])), self._coefficients[terms]

    def _sorted(self, rows: int) -> "_ByColumn":
        """The terms of the first so many rows in the order of columns."""
        places = self._places[: self._ends[rows]]
        counts = np.bincount(places, minlength=len(self._place))
        ends = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
        return _ByColumn(rows, np.argsort(places, kind="stable"), ends)

    def beside(self, rows: np.ndarray) -> np.ndarray:
        """Of each column whether it has a part in one of these rows."""
        found = np.zeros(len(self._place), dtype=np.bool_)
        found[self._places[_spread(self._ends, rows)[0]]] = True
        return found

    def open_rows(
        self, settled: Mapping[int, int], rows: Sequence[tuple[int, Row]]
    ) -> Iterator[OpenRow]:
        """Those of the rows, given with their numbers, that settled columns do not keep already."""
        value = np.zeros(len(self._place), dtype=np.int64)
        free_columns = np.ones(len(self._place), dtype=np.bool_)
        places = self.places_of(settled)
        value[places] = list(settled.values())
        free_columns[places] = False
        free, coefficients = free_columns[self._places], self._coefficients
        fixed = coefficients * value[self._places]
        sums = self._sums(fixed).tolist()
        least = self._sums(np.where(free, np.minimum(coefficients, 0), 0)).tolist()
        most = self._sums(np.where(free, np.maximum(coefficients, 0), 0)).tolist()
        ends = self._sums(free).cumsum().tolist()
        among = np.cumsum(free_columns) - 1
        left, weights = among[self._places[free]].tolist(), coefficients[free].tolist()
        for number, row in rows:
            known = sums[number]
            if not row.holds_between(known + least[number], known + most[number]):
                own = slice(ends[number - 1] if number else 0, ends[number])
                yield OpenRow(left[own], weights[own], *row.left(known))

    def sum_of(self, rows: np.ndarray, factors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The places of the columns of these rows, and their coefficients in the sum of the rows,
        each so many times.
        """
        terms, which = _spread(self._ends, rows)
        places, column = np.unique(self._places[terms], return_inverse=True)
        sums = np.zeros(len(places), dtype=np.int64)
        np.add.at(sums, column, self._coefficients[terms] * factors[which])
        return places, sums

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of each row for these values of the columns."""
        return self._sums(self._coefficients * values[self._places])

    def _sums(self, terms: np.ndarray) -> np.ndarray:
        """The sum of each row's terms."""
        sums = np.concatenate((np.zeros(1, dtype=terms.dtype), np.cumsum(terms)))
        return np.diff(sums[self._ends])


@dataclass(frozen=True, slots=True)
class _ByColumn:
    """The terms of so many rows in the order of columns, and where those of each column end."""

    rows: int
    order: np.ndarray
    ends: np.ndarray


def _spread(ends: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers from ends[k] to ends[k + 1] for each k chosen, and of which of these they are."""
    lengths = ends[chosen + 1] - ends[chosen]
    which = np.repeat(np.arange(len(chosen)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(which)) + (ends[chosen] - before)[which], which
