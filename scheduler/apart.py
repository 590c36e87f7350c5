"""Which columns no plan has together, as far as a single row says so."""

from collections import defaultdict
from collections.abc import Sequence

from scheduler.program import Row


class Apart:
    """Pairs of columns that some row of nothing but positive numbers has no room for."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._filling = [
            row for row in rows if row.upper is not None and all(c > 0 for _, c in row.terms)
        ]
        self._shares: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(self._filling):
            for index, coefficient in row.terms:
                self._shares[index].append((number, coefficient))
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
