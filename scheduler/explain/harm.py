"""What would get worse in another plan."""

from collections.abc import Sequence

from models.explanation import HarmEntry
from models.placement import Placement
from scheduler.alternatives import changes
from scheduler.case import Case
from scheduler.goals import goals_of
from scheduler.verify import as_number


def harm_of(
    case: Case, placements: Sequence[Placement], other: Sequence[Placement], exact: bool
) -> HarmEntry:
    """The first goal in which another plan is worse than this one."""
    changed = changes(placements, other)
    for goal in goals_of(case):
        before, after = goal.value(case, placements), goal.value(case, other)
        if before != after:
            return HarmEntry(
                kind="goal",
                goal=goal.id,
                before=as_number(before),
                after=as_number(after),
                exact=exact,
                changes=changed,
            )
    return HarmEntry(kind="nothing", goal="", before=None, after=None, exact=True, changes=changed)


def against_rules() -> HarmEntry:
    """No plan that keeps the rules has it; proved by search."""
    return HarmEntry(kind="rules", goal="", before=None, after=None, exact=True, changes=[])
