"""Speculation: stages at the value that their bound allows, before that is proved."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.solver.clock import Clock
from scheduler.solver.linear.bound import Bound, exact_bound
from scheduler.solver.linear.face import Face
from scheduler.solver.optimal_set import counts_people, goal_row
from scheduler.solver.search import Search
from scheduler.solver.weighted_sum import Terms


@dataclass(frozen=True, slots=True)
class Step:
    """A stage not yet proved: the value its bound allows, and the face it leaves."""

    value: int
    face: Face
    bound: Bound


def speculated(
    searching: Search, face: Face, stages: Sequence[Terms], number: int, clock: Clock
) -> list[Step]:
    """As many of the stages, from the first, as have a bound that plans are likely to reach: a
    whole number, or one that counts people. The first of them is the stage with that number.
    """
    steps: list[Step] = []
    for terms in stages:
        if any(i in terms for i in face.live):
            bound = searching.bound(face, terms, clock)
        else:
            bound = exact_bound(face, terms, {})
        if bound is None or not (bound.exact or counts_people(terms)):
            break
        face = bound.narrowed(face, bound.whole)
        if not bound.exact:
            row = goal_row(terms, bound.whole)
            face = face.with_goal(searching.pool.add(row, stage=number + len(steps)))
        steps.append(Step(bound.whole, face, bound))
    return steps
