"""What another principle would have given for the same round."""

from dataclasses import dataclass

from models.plan import ComparisonEntry, FiguresEntry
from models.policy import Policy
from models.round import Round
from scheduler.goals.hard_hit import HardHit
from scheduler.goals.lot import Lot
from scheduler.goals.order import Order
from scheduler.goals.placed import Placed
from scheduler.goals.waiting import Waiting
from scheduler.goals.wishes import Wishes
from scheduler.listing.options import list_choices
from scheduler.problem.case import Case
from scheduler.solver.clock import Clock
from scheduler.solver.solve import solve

# The two principles: as many as possible and near their wishes, or strict turns.
_MOST = (Placed.id, Waiting.id, HardHit.id, Wishes.id)
_TURNS = (Order.id,)


@dataclass(frozen=True, slots=True)
class OtherPolicy:
    """A policy to compare with, and the name it was asked for by."""

    name: str
    policy: Policy


def other_principle(policy: Policy) -> Policy:
    """The same policy with strict turns in place of the most placed, or the other way round."""
    old, new = (_TURNS, _MOST) if Order.id in policy.goals else (_MOST, _TURNS)
    at = min(n for n, goal in enumerate(policy.goals) if goal in old or goal == Lot.id)
    kept = [g for g in policy.goals if g not in old and g not in new]
    return policy.model_copy(update={"goals": (*kept[:at], *new, *kept[at:])})


def not_compared(round: Round, other: OtherPolicy | None) -> ComparisonEntry:
    """The entry where the comparison was not made."""
    policy = other_principle(round.policy) if other is None else other.policy
    name = "" if other is None else other.name
    return ComparisonEntry(policy=name, goals=list(policy.goals), figures=None)


def compare(
    case: Case, other: OtherPolicy | None, *, clock: Clock, workers: int, work: float | None
) -> ComparisonEntry:
    """Plan the same round by the other policy (None: by the other principle).

    The figures are null where the plan was not proved best before the clock ran out, or in so
    much work for each part.
    """
    entry = not_compared(case.round, other)
    policy = other_principle(case.round.policy) if other is None else other.policy
    round = case.round.model_copy(update={"policy": policy})
    choices = case.choices if other is None else list_choices(round)
    solution = solve(
        Case(round, choices, case.previous), clock=clock, workers=workers, work=work, examine=False
    )
    if not solution.optimal:
        return entry
    return entry.model_copy(update={"figures": FiguresEntry.from_placements(solution.placements)})
