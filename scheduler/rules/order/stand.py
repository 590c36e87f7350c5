"""What the rows of municipal-order look at: an option as columns, and how things stand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scheduler.program import CandidateColumns, Column, Shares

Values = Mapping[int, float]
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Trial:
    """An option as columns, with its share of each row it has a part in."""

    columns: tuple["Column", ...]
    share: Mapping[int, int]

    @classmethod
    def of(cls, columns: tuple["Column", ...], shares: "Shares") -> "Trial":
        """With the columns' parts of rows."""
        share: Counter[int] = Counter()
        for column in columns:
            for number, part in shares[column.index]:
                share[number] += part
        return cls(columns, share)

    @property
    def points(self) -> int:
        """The points of the whole placement."""
        return sum(c.points for c in self.columns)


@dataclass(frozen=True, slots=True)
class Seen:
    """The values of all columns that are not 0, whether all are 1, and which of them each row
    has.
    """

    values: Values
    whole: bool
    there: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Stand:
    """How things stand for one candidate.

    `mine` are the values of their own columns; `second` see `Ground.as_good`; `others` the
    load by others on each row, and where all values are whole, `staying` that by those not after.
    """

    who: str
    own: "CandidateColumns"
    after: frozenset[str]
    mine: Values
    second: int
    others: np.ndarray
    staying: np.ndarray | None
    seen: Seen


def second_points(own: "CandidateColumns", values: Values) -> int:
    """The points of the second half that has most; the fewest of all if none is taken."""
    taken = [c for c in own.seconds if values.get(c.index, 0.0) > ROUNDING]
    if taken:
        return max(taken, key=lambda c: (values[c.index], -c.index)).points
    return min((c.points for c in own.seconds), default=0)
