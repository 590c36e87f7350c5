"""A first plan for a component, so that there always is one: candidates in turn, best first."""

from scheduler.case import has_last_chance, waiting_quarters
from scheduler.engine.components import Component
from scheduler.program import CandidateColumns, Program


def start_plan(program: Program, component: Component) -> frozenset[int]:
    """Columns that keep all rows: each candidate, last chance and longest waiting first, takes
    the nearest placement that is still free. Helpers are 1 where a row needs them.
    """
    own = set(component.columns)
    load: dict[int, int] = {}
    rows_of: dict[int, list[tuple[int, int]]] = {i: [] for i in own}
    for number, row in enumerate(component.rows):
        load[number] = 0
        for index, coefficient in row.terms:
            rows_of[index].append((number, coefficient))

    def fits(move: tuple[int, ...]) -> bool:
        change: dict[int, int] = {}
        for index in move:
            for number, coefficient in rows_of[index]:
                change[number] = change.get(number, 0) + coefficient
        for number, amount in change.items():
            row, total = component.rows[number], load[number] + amount
            if row.upper is not None and total > row.upper:
                return False
            if row.lower is not None and total < row.lower:
                return False
        return True

    taken: set[int] = set()

    def take(move: tuple[int, ...]) -> None:
        taken.update(move)
        for index in move:
            for number, coefficient in rows_of[index]:
                load[number] += coefficient

    people = [
        who
        for who, columns in program.candidates.items()
        if columns.all and columns.all[0].index in own
    ]
    round = program.round
    people.sort(key=lambda w: (not has_last_chance(round, w), -waiting_quarters(round, w), w))
    for column in (program.columns[i] for i in component.columns):
        # A helper only makes rows easier when it counts negatively (a hard hit admitted).
        if column.option is None and all(c < 0 for _, c in rows_of[column.index]):
            take((column.index,))
    for who in people:
        for move in _moves(program.candidates[who]):
            if fits(move):
                take(move)
                break
    return frozenset(taken)


def _moves(columns: CandidateColumns) -> list[tuple[int, ...]]:
    """Whole placements and pairs of halves, fewest points first; at most a few thousand."""
    moves: list[tuple[int, tuple[int, ...]]] = [(c.points, (c.index,)) for c in columns.whole]
    for first in columns.firsts:
        for second in columns.seconds:
            if len(moves) >= 5000:
                break
            moves.append((first.points + second.points, (first.index, second.index)))
    return [move for _, move in sorted(moves)]
