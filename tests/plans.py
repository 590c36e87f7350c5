"""Plans of tiny rounds, as placements and as columns."""

import itertools
from collections.abc import Iterable

from models.placement import Placement, Shape
from scheduler.problem.case import Case
from scheduler.problem.option import Option, Part, may_pair
from scheduler.problem.placing import make_placement
from scheduler.program.program import Program, Row


def every_plan(case: Case, limit: int) -> list[tuple[Placement, ...]]:
    """Every choice of at most one option each, whatever the rules about several say."""
    lists: list[list[Placement | None]] = []
    for who, own in case.choices.items():
        whole = [make_placement(case, c.option) for c in own.whole]
        pairs = [
            make_placement(
                case,
                Option(who, Shape.SPLIT, Part.WHOLE, a.option.segments + b.option.segments),
            )
            for a, b in itertools.product(own.firsts, own.seconds)
            if may_pair(case.round, a.option.segments[0], b.option.segments[0])
        ]
        lists.append([None, *whole[:6], *pairs[:4]])
    plans = itertools.islice(itertools.product(*lists), limit)
    return [tuple(p for p in plan if p is not None) for plan in plans]


def taken_columns(program: Program, plan: tuple[Placement, ...]) -> frozenset[int]:
    """The columns that a plan takes, and the helper columns that count them."""
    taken = set()
    for placement in plan:
        own = program.candidates[placement.candidate_id]
        for column in own.all:
            assert column.option is not None
            if placement.shape is Shape.SPLIT:
                part = (placement.bare[:1], placement.bare[1:])[column.option.part is Part.SECOND]
                if column.option.shape is Shape.SPLIT and column.option.segments == part:
                    taken.add(column.index)
            elif column.option.segments == placement.bare:
                taken.add(column.index)
    return with_sums(program, taken)


def with_sums(program: Program, taken: Iterable[int]) -> frozenset[int]:
    """With the helper columns that count these columns."""
    return frozenset(j for i in taken for j in (i, *program.sums.get(i, ())))


def allows(row: Row, taken: frozenset[int]) -> bool:
    total = sum(c for i, c in row.terms if i in taken)
    return (row.lower is None or total >= row.lower) and (row.upper is None or total <= row.upper)


def with_helpers(program: Program, taken: frozenset[int], high: bool = True) -> frozenset[int]:
    """With every helper column at 1 that may be, or (not `high`) only those that must be, by the
    rows of the programme.
    """
    wider = set(taken)
    for helper in program.helpers.values():
        rows = [r for r in program.rows if any(i == helper.index for i, _ in r.terms)]
        may = all(allows(row, frozenset({*wider, helper.index})) for row in rows)
        must = not all(allows(row, frozenset(wider)) for row in rows)
        if must or (high and may):
            wider.add(helper.index)
    return frozenset(wider)
