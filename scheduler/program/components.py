"""Splitting a programme where nothing ties candidates together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.program.program import Program, Row


@dataclass(frozen=True, slots=True)
class Component:
    """Columns that rows tie together, by index, and those rows."""

    columns: tuple[int, ...]
    rows: tuple[Row, ...]


def components(program: Program) -> list[Component]:
    """The parts of a programme, in the order of their first column.

    Goals add up over candidates, so each part can be solved alone. The columns of one
    candidate stay together even where no row ties them.
    """
    parent = list(range(len(program.columns)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def tie(indices: Sequence[int]) -> None:
        first = root(indices[0])
        for index in indices[1:]:
            other = root(index)
            if other != first:
                parent[max(first, other)] = min(first, other)
                first = min(first, other)

    for row in program.rows:
        if row.terms:
            tie([index for index, _ in row.terms])
    for own in program.candidates.values():
        tie([c.index for c in own.all])
    for both in program.ties:
        tie(both)
    columns: defaultdict[int, list[int]] = defaultdict(list)
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for column in program.columns:
        columns[root(column.index)].append(column.index)
    for row in program.rows:
        if row.terms:
            rows[root(row.terms[0][0])].append(row)
    return [Component(tuple(columns[r]), tuple(rows[r])) for r in sorted(columns)]


def people_of(program: Program, component: Component) -> list[str]:
    """Those whose columns the part has."""
    own = set(component.columns)
    return [w for w, c in program.candidates.items() if c.all and c.all[0].index in own]
