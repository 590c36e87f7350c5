"""The goals a policy can name; each only chooses among plans best by all earlier ones."""

from collections.abc import Mapping

from models.finding import Term
from models.policy import Policy
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

# What people call what each goal wants.
GOAL_NAMES: Mapping[str, Term] = {goal.id: Term(goal.name) for goal in _ALL}


def goals_of(case: Case) -> list[Goal]:
    """The policy's goals in order; `unchanged` needs a plan before."""
    return [
        GOALS[goal_id]
        for goal_id in case.round.policy.goals
        if goal_id != Unchanged.id or case.previous is not None
    ]


# The two principles: as many as possible and near their wishes, or strict turns.
_MOST = (Placed.id, Waiting.id, HardHit.id, Wishes.id)
_TURNS = (Order.id,)


def other_principle(policy: Policy) -> Policy:
    """The same policy with strict turns in place of the most placed, or the other way round."""
    old, new = (_TURNS, _MOST) if Order.id in policy.goals else (_MOST, _TURNS)
    at = min(n for n, goal in enumerate(policy.goals) if goal in old or goal == Lot.id)
    kept = [g for g in policy.goals if g not in old and g not in new]
    return policy.model_copy(update={"goals": (*kept[:at], *new, *kept[at:])})
