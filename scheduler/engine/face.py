"""The part of a component that the goals so far leave: fewer columns, tighter rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scheduler.engine.components import Component
from scheduler.program import Row


@dataclass(frozen=True, slots=True)
class Face:
    """A component with some columns settled at 0 or 1 and some rows turned into equalities.

    Every plan that is best for the goals so far lies in the face.
    """

    component: Component
    settled: Mapping[int, int] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    @classmethod
    def whole(cls, component: Component) -> "Face":
        """The face before any goal."""
        return cls(component, {}, component.rows)

    @property
    def live(self) -> list[int]:
        """The columns that are not settled."""
        return [i for i in self.component.columns if i not in self.settled]

    def narrowed(self, settled: Mapping[int, int], tight: Mapping[int, int]) -> "Face":
        """With more columns settled, and the rows with these numbers equal to these values."""
        rows = tuple(
            replace(row, lower=tight[n], upper=tight[n]) if n in tight else row
            for n, row in enumerate(self.rows)
        )
        return Face(self.component, {**self.settled, **settled}, rows)

    def with_row(self, row: Row) -> "Face":
        """With one row more."""
        return Face(self.component, self.settled, (*self.rows, row))

    def live_terms(self, terms: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
        """The terms in live columns, and the sum of the settled ones."""
        live, fixed = [], 0
        for index, coefficient in terms:
            value = self.settled.get(index)
            if value is None:
                live.append((index, coefficient))
            else:
                fixed += coefficient * value
        return live, fixed
