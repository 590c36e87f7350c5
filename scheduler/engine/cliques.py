"""Rows that say what several rows say together: of these columns, any two of which exclude each
other, at most one is taken. Relaxations are much tighter with them.
"""

from collections.abc import Mapping

from models.certificate import CliqueEntry
from scheduler.apart import Apart, gathered, grown
from scheduler.components import Component
from scheduler.program import Row

_LEAST = 0.02  # a row that is broken by less is not worth writing


class Cliques:
    """Finds such rows among the columns of a component."""

    def __init__(self, component: Component) -> None:
        self._apart = Apart(component.rows)

    def broken_by(self, values: Mapping[int, float]) -> list[Row]:
        """Rows that these values break: at most one for each column that may begin a clique."""
        taken = {i: v for i, v in values.items() if _LEAST < v < 1 - _LEAST}
        line = sorted(taken, key=lambda i: (-taken[i], i))
        found: dict[frozenset[int], Row] = {}
        for start in line:
            clique, value = gathered(self._apart, start, line, taken)
            if value > 1 + _LEAST and clique not in found:
                found[clique] = self._grown(clique)
        return list({row.terms: row for row in found.values()}.values())

    def _grown(self, clique: frozenset[int]) -> Row:
        """The row of a clique with every other column that excludes all of it, as far as they
        exclude each other.
        """
        columns = sorted(grown(self._apart, clique, self._apart.beside(clique))[0])
        why = CliqueEntry(kind="clique", columns=columns)
        return Row("clique", tuple((i, 1) for i in columns), None, 1, why)
