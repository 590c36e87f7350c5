"""A first plan for a component, so that there always is one: candidates in turn, best first."""

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush

from scheduler.goals.last_chance import has_last_chance
from scheduler.problem.waiting import waiting_quarters
from scheduler.program.components import Component, people_of
from scheduler.program.program import CandidateColumns, Column, Program, shares_of
from scheduler.rules.order_line import in_line
from scheduler.solver.integer.indicators import Indicators


def greedy_plan(program: Program, component: Component) -> frozenset[int]:
    """Columns that keep all rows: each candidate, last chance and longest waiting first, takes
    the nearest placement that is still free. Helpers are 1 where rows need them.
    """
    load = [0] * len(component.rows)
    rows_of = shares_of(component.rows)
    filling = {number: row.upper for number, row in enumerate(component.rows) if row.fills}

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

    def has_room(column: Column) -> bool:
        """Whether no row that only ever fills up is full; the rows that tie halves are others."""
        return all(
            load[number] + coefficient <= limit
            for number, coefficient in rows_of[column.index]
            if (limit := filling.get(number)) is not None
        )

    taken: set[int] = set()

    def take(move: tuple[int, ...]) -> None:
        taken.update(move)
        for index in move:
            for number, coefficient in rows_of[index]:
                load[number] += coefficient

    people, round = people_of(program, component), program.round
    people.sort(key=lambda w: (not has_last_chance(round, w), -waiting_quarters(round, w), w))
    people = in_line(round, people)
    lean = Indicators(program, component)
    for index in lean.columns:
        take((index,))
    for who in people:
        for columns in _moves(program.candidates[who], has_room):
            move = (*columns, *(s for i in columns for s in program.sums.get(i, ())))
            if fits(move):
                take(move)
                break
    if program.separated(frozenset(taken)):
        # Who goes first was served first, but a partner placed later may have made room for them.
        return frozenset()  # nobody placed breaks nothing
    return lean.needed(frozenset(taken))


def _moves(
    columns: CandidateColumns, has_room: Callable[[Column], bool]
) -> Iterator[tuple[int, ...]]:
    """Whole placements and pairs of halves that have room one by one, fewest points first."""
    whole, firsts, seconds = (
        sorted((c for c in part if has_room(c)), key=lambda c: (c.points, c.index))
        for part in (columns.whole, columns.firsts, columns.seconds)
    )
    queue: list[tuple[int, int, int]] = [(c.points, -1, n) for n, c in enumerate(whole)]
    if seconds:
        queue += [(c.points + seconds[0].points, n, 0) for n, c in enumerate(firsts)]
    heapify(queue)
    while queue:
        _, first, other = heappop(queue)
        if first < 0:
            yield (whole[other].index,)
            continue
        yield (firsts[first].index, seconds[other].index)
        if other + 1 < len(seconds):
            points = firsts[first].points + seconds[other + 1].points
            heappush(queue, (points, first, other + 1))
