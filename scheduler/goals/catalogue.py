"""The goals a policy can name; each only chooses among plans best by all earlier ones."""

from collections.abc import Mapping

from scheduler.goals.base import Goal
from scheduler.goals.hard_hit import HardHit
from scheduler.goals.last_chance import LastChance
from scheduler.goals.lot import Lot
from scheduler.goals.municipal_rank import MunicipalRank
from scheduler.goals.order import Order
from scheduler.goals.placed import Placed
from scheduler.goals.unchanged import Unchanged
from scheduler.goals.waiting import Waiting
from scheduler.goals.wishes import Wishes
from scheduler.problem.case import Case

_ALL: tuple[Goal, ...] = (
    LastChance(),
    Placed(),
    Waiting(),
    HardHit(),
    Wishes(),
    Unchanged(),
    Order(),
    MunicipalRank(),
    Lot(),
)

GOALS: Mapping[str, Goal] = {goal.id: goal for goal in _ALL}


def goals_of(case: Case) -> list[Goal]:
    """The policy's goals in order; `unchanged` needs a plan before."""
    return [
        GOALS[goal_id]
        for goal_id in case.round.policy.goals
        if goal_id != Unchanged.id or case.previous is not None
    ]
