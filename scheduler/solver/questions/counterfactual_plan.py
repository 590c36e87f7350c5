"""What would get worse if somebody had something else: the plan that gives it to them."""

from dataclasses import dataclass

from models.placement import Placement
from models.proved import Proved
from scheduler.solver.clock import Clock
from scheduler.solver.solve import Work, placements_of


@dataclass(frozen=True, slots=True)
class CounterfactualPlan:
    """A plan in which somebody has something else; None if none was found.

    `least` is what is proved of every such plan instead: a stage, and by how much it is worse at
    least, if no stage before it is. If there is neither, no plan that keeps the rules has it.
    `proof` tells how that is known, or, of a plan, that no such plan is better in the first goal
    that gets worse, or those before it.
    """

    placements: tuple[Placement, ...] | None
    proof: Proved
    least: tuple[int, int] | None = None


# So much work (see Clock) is for looking among plans that are nearly the same.
_NEAR_UNITS = 4.0


def force(work: Work, wanted: frozenset[int], clock: Clock) -> CounterfactualPlan | None:
    """A plan with one of these columns of one candidate, none of which is taken; None if none was
    found and it is not known that there is none. If a stage of their part of the round is not
    proved, the plan is worse than the one at hand, and nothing is proved of it.

    The clock is for searching all plans; those that are nearly the same are always searched.
    """
    number = next(n for n, part in enumerate(work.parts) if wanted & set(part.columns))
    found = work.counterfactuals[number].forced(wanted, clock, clock.limited(_NEAR_UNITS))
    if found is None:
        return None
    if found.taken is not None:
        others = [r.taken for n, r in enumerate(work.results) if n != number]
        return CounterfactualPlan(placements_of(work.program, [*others, found.taken]), found.proof)
    if found.least is None:
        return CounterfactualPlan(None, found.proof)
    stage, sign = found.least.stage, -1 if work.stages[found.least.stage].maximise else 1
    worse = found.least.least - sign * work.results[number].stages[stage].value
    return CounterfactualPlan(None, found.proof, (stage, worse))
