"""The terms of rows as arrays, so that many rows are looked at quickly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.program import Row

_AT_A_TIME = 10**5  # terms


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
        self._places = np.zeros(0, dtype=np.int64)
        self._coefficients = np.zeros(0, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def extend(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        lengths = np.array([len(row.terms) for row in rows], dtype=np.int64)
        total = int(lengths.sum())
        indices = (self._place[index] for row in rows for index, _ in row.terms)
        places = np.fromiter(indices, dtype=np.int64, count=total)
        numbers = (c for row in rows for _, c in row.terms)
        coefficients = np.fromiter(numbers, dtype=np.int64, count=total)
        self._ends = np.concatenate((self._ends, self._ends[-1] + np.cumsum(lengths)))
        self._places = np.concatenate((self._places, places))
        self._coefficients = np.concatenate((self._coefficients, coefficients))

    def entries(self) -> Iterator[tuple[list[int], list[int], list[int]]]:
        """The numbers of rows, the places of columns and the coefficients of all terms, so many at
        a time.
        """
        numbers = np.repeat(np.arange(len(self)), np.diff(self._ends))
        for start in range(0, len(numbers), _AT_A_TIME):
            own = slice(start, start + _AT_A_TIME)
            found = numbers[own], self._places[own], self._coefficients[own]
            yield found[0].tolist(), found[1].tolist(), found[2].tolist()

    def cut(self, count: int) -> None:
        """Keep only so many rows, the first ones."""
        self._ends = self._ends[: count + 1]
        self._places = self._places[: self._ends[-1]]
        self._coefficients = self._coefficients[: self._ends[-1]]

    def open_rows(
        self, settled: Mapping[int, int], rows: Sequence[tuple[int, Row]]
    ) -> Iterator[OpenRow]:
        """Those of the rows, given with their numbers, that settled columns do not keep already."""
        value = np.zeros(len(self._place), dtype=np.int64)
        free_columns = np.ones(len(self._place), dtype=np.bool_)
        places = [self._place[index] for index in settled]
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
                yield OpenRow(
                    left[own],
                    weights[own],
                    None if row.lower is None else row.lower - known,
                    None if row.upper is None else row.upper - known,
                )

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of each row for these values of the columns."""
        return self._sums(self._coefficients * values[self._places])

    def _sums(self, terms: np.ndarray) -> np.ndarray:
        """The sum of each row's terms."""
        sums = np.concatenate((np.zeros(1, dtype=terms.dtype), np.cumsum(terms)))
        return np.diff(sums[self._ends])
