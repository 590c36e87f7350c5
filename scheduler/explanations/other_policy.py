"""What another principle would have given for the same round."""

from dataclasses import dataclass

from models.plan import ComparisonEntry, FiguresEntry
from models.policy import Policy
from models.round import Round
from scheduler.goals.catalogue import other_principle
from scheduler.listing.options import list_choices
from scheduler.problem.case import Case
from scheduler.solver.clock import Clock
from scheduler.solver.solve import solve


@dataclass(frozen=True, slots=True)
class OtherPolicy:
    """A policy to compare with, and the name it was asked for by."""

    name: str
    policy: Policy


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
