"""What would get worse in another plan."""

from collections.abc import Sequence

from models.explanation import HarmEntry
from models.placement import Placement
from models.proved import Proved
from scheduler.goals.base import as_number, comparable
from scheduler.goals.catalogue import goals_of
from scheduler.problem.alternatives import changes
from scheduler.problem.case import Case


def harm_of(
    case: Case, placements: Sequence[Placement], other: Sequence[Placement], proof: Proved
) -> HarmEntry:
    """The first goal in which another plan is worse than this one.

    `proof` tells how it is known that no such plan is better in it. Of a list only the first number
    that is worse is known to be the best there is, so it is not said of lists.
    """
    changed = changes(placements, other)
    for goal in goals_of(case):
        before, after = goal.value(case, placements), goal.value(case, other)
        if before != after:
            return HarmEntry(
                kind="goal",
                goal=goal.id,
                before=as_number(before),
                after=as_number(after),
                proof=proof if isinstance(before, int) else Proved.NONE,
                changes=changed,
            )
    return HarmEntry(
        kind="nothing", goal="", before=None, after=None, proof=Proved.NONE, changes=changed
    )


def is_worse(case: Case, placements: Sequence[Placement], other: Sequence[Placement]) -> bool:
    """Whether another plan is worse in the first goal in which they differ."""
    for goal in goals_of(case):
        before, after = (comparable(goal.value(case, plan)) for plan in (placements, other))
        if before != after:
            return after < before if goal.maximise else after > before
    return False


def against_rules() -> HarmEntry:
    """No plan that keeps the rules has it; proved by search."""
    return HarmEntry(
        kind="rules", goal="", before=None, after=None, proof=Proved.SEARCH, changes=[]
    )


def at_least(
    case: Case, placements: Sequence[Placement], goal_id: str, worse: int, proof: Proved
) -> HarmEntry:
    """In every plan that has it, a goal is worse by so much at least, or one before it is worse."""
    goal = next(g for g in goals_of(case) if g.id == goal_id)
    before = goal.value(case, placements)
    after = None
    if isinstance(before, int):
        after = before - worse if goal.maximise else before + worse
    return HarmEntry(
        kind="least", goal=goal_id, before=as_number(before), after=after, proof=proof, changes=[]
    )
