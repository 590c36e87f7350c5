"""What would get worse if somebody had something else: the plan that gives it to them."""

from dataclasses import dataclass

from models.placement import Placement
from scheduler.engine import Work, placements_of
from scheduler.engine.clock import Clock


@dataclass(frozen=True, slots=True)
class Forced:
    """A plan in which somebody has something else; None if none was found, and with `exact` if no
    plan that keeps the rules has it.

    With `exact`, no such plan is better in the first goal that gets worse, or those before it. Else
    `floor` is what is proved of every such plan, if anything: a stage, and by how much it is worse
    at least, if no stage before it is.
    """

    placements: tuple[Placement, ...] | None
    exact: bool
    floor: tuple[int, int] | None = None


# So much work (see Clock) is for looking among plans that are nearly the same.
_NEAR = 4.0


def force(work: Work, wanted: frozenset[int], clock: Clock) -> Forced | None:
    """A plan with one of these columns of one candidate, none of which is taken; None if none was
    found and it is not known that there is none. If a stage of their part of the round is not
    proved, the plan is worse than the one at hand, and nothing is proved of it.

    The clock is for searching all plans; those that are nearly the same are always searched.
    """
    number = next(n for n, part in enumerate(work.parts) if wanted & set(part.columns))
    found = work.cascades[number].forced(wanted, clock, clock.limited(_NEAR))
    if found is None:
        return None
    floor = None
    if found.floor is not None:
        stage, sign = found.floor.stage, -1 if work.stages[found.floor.stage].maximise else 1
        floor = (stage, found.floor.least - sign * work.results[number].stages[stage].value)
    if found.taken is None:
        return Forced(None, found.exact, floor)
    others = [r.taken for n, r in enumerate(work.results) if n != number]
    return Forced(placements_of(work.program, [*others, found.taken]), found.exact, floor)
