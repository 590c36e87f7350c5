"""Helper columns that say that somebody counts (a hard hit): taken only where a row needs it."""

from collections import Counter, defaultdict

from scheduler.program.components import Component
from scheduler.program.program import Program, shares_of


class Indicators:
    """The helper columns of a component that only ever make rows easier.

    A search that is cut short may leave some taken for nothing; then a goal would be told worse
    than it is.
    """

    def __init__(self, program: Program, component: Component) -> None:
        helpers = {i for i in component.columns if program.columns[i].option is None}
        shares: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(component.rows):
            for index, coefficient in row.terms:
                if index in helpers:
                    shares[index].append((number, coefficient))
        self._rows_of = {
            i: own
            for i, own in shares.items()
            if all(c < 0 and component.rows[n].lower is None for n, c in own)
        }
        self.columns = frozenset(self._rows_of)
        rows = sorted({n for own in self._rows_of.values() for n, _ in own})
        self._limits = {n: component.rows[n].upper or 0 for n in rows}
        self._shares = shares_of([component.rows[n] for n in rows])
        self._numbers = rows

    def needed(self, taken: frozenset[int]) -> frozenset[int]:
        """The plan without those that no row needs."""
        asked = self.columns & taken
        if not asked:
            return taken
        load: Counter[int] = Counter()
        for index in taken:
            for place, coefficient in self._shares.get(index, ()):
                load[self._numbers[place]] += coefficient
        return taken - {
            i for i in asked if all(load[n] - c <= self._limits[n] for n, c in self._rows_of[i])
        }
