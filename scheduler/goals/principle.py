"""The two principles of a policy: who is placed when not everybody can be."""

from models.policy import Policy
from scheduler.goals.hard_hit import HardHit
from scheduler.goals.lot import Lot
from scheduler.goals.order import Order
from scheduler.goals.placed import Placed
from scheduler.goals.waiting import Waiting
from scheduler.goals.wishes import Wishes

# The two principles: as many as possible and near their wishes, or strict turns.
_MOST = (Placed.id, Waiting.id, HardHit.id, Wishes.id)
_TURNS = (Order.id,)


def other_principle(policy: Policy) -> Policy:
    """The same policy with strict turns in place of the most placed, or the other way round."""
    old, new = (_TURNS, _MOST) if Order.id in policy.goals else (_MOST, _TURNS)
    at = min(n for n, goal in enumerate(policy.goals) if goal in old or goal == Lot.id)
    kept = [g for g in policy.goals if g not in old and g not in new]
    return policy.model_copy(update={"goals": (*kept[:at], *new, *kept[at:])})
