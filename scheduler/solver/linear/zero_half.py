"""Rows that follow from others by adding them up and rounding: cuts for the relaxation.

Half the sum of some rows holds in every plan; with its coefficients rounded down (or up, which
costs as much on the right, as no column is more than 1) its left side is whole, so its right side
may be rounded down. What is sought are rows, nearly all of them tight, whose sum has an odd right
side and even coefficients wherever a value is a fraction: then the rounding cuts the values off.
Sums are built by elimination, the parities as the bits of a number.
(Caprara, Fischetti: {0, 1/2}-Chvátal-Gomory cuts, 1996; Koster, Zymolka, Kutschka, 2009.)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from scheduler.program.program import Row, ZeroHalf
from scheduler.solver.linear.face import Pool

_TOLERANCE = 1e-6  # what a solver's numbers may be off by
_LEAST_VIOLATION = 0.05  # a row that is broken by less is not worth writing
_MOST_ROWS = 60  # rows at a time
_MOST_SOURCES = 40  # rows that are added up
_SIMILAR_COSINE = 0.9  # the cosine of rows that say nearly the same
ROUNDS = 24  # so often at most they are sought for one sum
_LARGE_VALUE = 0.5  # columns with larger values are rounded up
_ODD_COLUMNS = 2  # columns that may be left with an odd coefficient


@dataclass(frozen=True, slots=True)
class _Sum:
    """Some rows added up: in which fractional columns it is odd (bits), whether its right side is,
    how far it is from being tight, and of which sides of rows it is made.
    """

    odd: int
    right: bool
    slack: float
    sides: frozenset[tuple[int, int]]

    def plus(self, other: "_Sum") -> "_Sum":
        return _Sum(
            self.odd ^ other.odd,
            self.right != other.right,
            self.slack + other.slack,
            self.sides ^ other.sides,
        )


def zero_half_cuts(pool: Pool, values: Mapping[int, float]) -> list[Row]:
    """Rows that the values break, each of which follows from rows of the pool."""
    partly = sorted(
        (i for i, v in values.items() if _TOLERANCE < v < 1 - _TOLERANCE),
        key=lambda i: (-min(values[i], 1 - values[i]), i),
    )
    cost = [min(values[i], 1 - values[i]) for i in partly]
    found: dict[frozenset[tuple[int, int]], float] = {}
    left = new = list(_tight(pool, values, partly))
    for place in range(len(partly) + 1):
        for one in new:
            if one.right and one.odd.bit_count() <= _ODD_COLUMNS:
                lost = one.slack + sum(c for k, c in enumerate(cost) if one.odd >> k & 1)
                if lost < 1 - 2 * _LEAST_VIOLATION:
                    found[one.sides] = lost
        left, new = _without(left, 1 << place)
    return _best(pool, values, sorted(found, key=lambda s: (round(found[s], 3), sorted(s))))


def _without(sums: list[_Sum], bit: int) -> tuple[list[_Sum], list[_Sum]]:
    """Sums that are even in a column, and the new ones of them: one of those that are odd is added
    to the others.
    """
    odd = [s for s in sums if s.odd & bit]
    even, new = [s for s in sums if not s.odd & bit], []
    if odd:
        pivot = min(odd, key=lambda s: (s.slack, len(s.sides), s.odd.bit_count(), sorted(s.sides)))
        for one in odd:
            if one is not pivot and one.slack + pivot.slack < 1 - _LEAST_VIOLATION:
                both = one.plus(pivot)
                if (both.odd or both.right) and len(both.sides) <= _MOST_SOURCES:
                    new.append(both)
    return [*even, *new], new


def _tight(pool: Pool, values: Mapping[int, float], partly: list[int]) -> Iterator[_Sum]:
    """The sides of rows that hold everywhere and are nearly tight; of those that look the same
    only the tightest.
    """
    matrix = pool.matrix
    bit = {i: k for k, i in enumerate(partly)}
    loads = matrix.sums(_values(pool, values))
    best: dict[tuple[int, bool], _Sum] = {}
    for number, row in enumerate(pool.rows):
        if number in pool.stage_of:
            continue
        load = float(loads[number])
        for sign, side in ((1, row.upper), (-1, row.lower)):
            if side is None or (sign < 0 and row.lower == row.upper):
                continue
            slack = max(0.0, sign * (side - load))
            if slack >= 1 - _LEAST_VIOLATION:
                continue
            odd, right = 0, side & 1
            for index, coefficient in row.terms:
                if coefficient & 1 and index in values:
                    if index in bit:
                        odd ^= 1 << bit[index]
                    elif values[index] > _LARGE_VALUE:
                        right ^= 1
            key = (odd, bool(right))
            if any(key) and (key not in best or slack < best[key].slack):
                best[key] = _Sum(odd, bool(right), slack, frozenset(((number, sign),)))
    return iter(best.values())


def _best(
    pool: Pool, values: Mapping[int, float], found: list[frozenset[tuple[int, int]]]
) -> list[Row]:
    """The rows that cut deepest, without those that say nearly what another one says."""
    value = _values(pool, values)
    seen = np.flatnonzero(value)
    place = np.full(len(value), -1)
    place[seen] = np.arange(len(seen))
    deep: dict[bytes, tuple[float, _Half, np.ndarray]] = {}
    for sides in found[: 4 * _MOST_ROWS]:
        half = _half(pool, sides, value)
        broken = half.coefficients @ value[half.places] - half.right
        if broken >= _LEAST_VIOLATION:
            within = place[half.places] >= 0
            direction = np.zeros(len(seen))
            direction[place[half.places][within]] = half.coefficients[within]
            length = np.linalg.norm(direction)
            same = half.places.tobytes() + half.coefficients.tobytes()
            deep.setdefault(same, (broken / length, half, direction / length))
    kept: list[Row] = []
    directions = np.zeros((0, len(seen)))
    for _, half, direction in sorted(deep.values(), key=lambda d: -d[0]):
        if np.all(directions @ direction < _SIMILAR_COSINE):
            kept.append(half.row(pool))
            directions = np.vstack((directions, direction))
        if len(kept) == _MOST_ROWS:
            break
    return kept


@dataclass(frozen=True, slots=True)
class _Half:
    """Half the sum of sides of rows: the places of its columns, their coefficients, the right side;
    and the columns that are rounded up.
    """

    sides: frozenset[tuple[int, int]]
    places: np.ndarray
    coefficients: np.ndarray
    right: int
    up: np.ndarray

    def row(self, pool: Pool) -> Row:
        columns = [pool.columns[n] for n in self.places.tolist()]
        terms = tuple(zip(columns, self.coefficients.tolist(), strict=True))
        up = tuple(pool.columns[n] for n in self.up.tolist())
        return Row("rounded", terms, None, self.right, ZeroHalf(tuple(sorted(self.sides)), up))


def _half(pool: Pool, sides: frozenset[tuple[int, int]], value: np.ndarray) -> _Half:
    order = sorted(sides)
    right = 0
    for number, sign in order:
        row = pool.rows[number]
        side = row.upper if sign > 0 else row.lower
        assert side is not None
        right += sign * side
    numbers, signs = np.array(order).T
    places, sums = pool.matrix.sum_of(numbers, signs)
    up = ((sums & 1) == 1) & (value[places] > _LARGE_VALUE)
    halves = (sums + up) // 2
    left = halves != 0
    right = (right + int(up.sum())) // 2
    return _Half(sides, places[left], halves[left], right, places[up])


def rounded(pool: Pool, sides: frozenset[tuple[int, int]], values: Mapping[int, float]) -> Row:
    """The row that half the sum of these sides gives; columns with large values are rounded up."""
    return _half(pool, sides, _values(pool, values)).row(pool)


def _values(pool: Pool, values: Mapping[int, float]) -> np.ndarray:
    return np.array([values.get(i, 0.0) for i in pool.columns])
