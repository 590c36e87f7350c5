"""How crowded a candidate's columns are, many at once: most are not, and need no closer look."""

import numpy as np

from scheduler.program import CandidateColumns, Column
from scheduler.rules.order.ground import Ground


class Crowds:
    """For each of a candidate's columns the rows in which others may leave it no room. Without
    the columns that rows of nothing but positive numbers never have room for.
    """

    def __init__(self, own: CandidateColumns, ground: Ground) -> None:
        shares, limits, fills = ground.shares, ground.limits, ground.fills

        def never(number: int, share: int) -> bool:
            limit = limits[number]
            return limit is not None and share > limit and fills[number]

        self._parts = [
            sorted(
                (c for c in part if not any(never(n, s) for n, s in shares[c.index])),
                key=lambda c: (c.points, c.index),
            )
            for part in (own.whole, own.firsts, own.seconds)
        ]
        entries: list[tuple[int, int, int, bool]] = []
        self._starts: list[int] = []
        for column in (c for part in self._parts for c in part):
            self._starts.append(len(entries))
            # A row without any load: nothing is below 0.
            entries.append((len(limits), 1, 0, True))
            for number, share in shares[column.index]:
                limit = limits[number]
                if limit is not None and share > 0:
                    entries.append((number, share, limit - share, fills[number]))
        table = np.array(entries, dtype=np.int32).reshape(-1, 4)
        self._rows, self._shares, self._rooms, self._fills = table.T

    def of(self, load: np.ndarray, staying: np.ndarray | None) -> list[list[tuple[Column, float]]]:
        """Whole placements, first and second halves, fewest points first; for each column how much
        more load than leaves room for it there is in the worst of its rows, per share. The last
        load is 0, and of no row. Without columns that the load of those who stay, if it is given,
        leaves no room in a row that only ever fills up.
        """
        if not self._starts:
            return [[], [], []]
        excess = (load[self._rows] - self._rooms) / self._shares
        crowds = iter(np.maximum.reduceat(excess, self._starts).tolist())
        if staying is None:
            return [[(column, next(crowds)) for column in part] for part in self._parts]
        full = (staying[self._rows] > self._rooms + 0.5) & (
            self._fills > 0
        )  # whole numbers, nearly
        shut = iter(np.logical_or.reduceat(full, self._starts).tolist())
        return [
            [
                (column, crowd)
                for column, crowd, no in zip(part, crowds, shut, strict=False)
                if not no
            ]
            for part in self._parts
        ]
