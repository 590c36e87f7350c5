"""Every explanation of a plan, as plan.json has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.explanation import (
    ConsentEntry,
    ExplanationEntry,
    GaveWayEntry,
    HarmEntry,
    HelpEntry,
    OpenWishEntry,
    TurnEntry,
    UnusedEntry,
)
from models.placement import Placement
from models.plan import WaitingPart
from models.wish import Wish
from scheduler.explanations.answers.gave_way import explain_gave_way
from scheduler.explanations.answers.municipalities import explain_order
from scheduler.explanations.answers.turns import explain_turns
from scheduler.explanations.answers.vacancies import Unused
from scheduler.explanations.answers.wishes import Wishes
from scheduler.explanations.standing import Standing
from scheduler.listing.waiting_list import waiting_list
from scheduler.problem.case import Case


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of every wish, what would help whom, why time is unused, and what became of the
    municipalities' orders.
    """

    explanations: list[ExplanationEntry]
    help: list[HelpEntry]
    unused: list[UnusedEntry]
    turns: list[TurnEntry]
    gave_way: list[GaveWayEntry]
    consents: list[ConsentEntry]
    open_wishes: list[OpenWishEntry]


class Asked(Protocol):
    """Who answers what takes long to find out."""

    def harms(self, rows: Sequence[Wish]) -> list[HarmEntry | None]:
        """What would get worse if each row were met; None where that is not found out."""

    def helps(self, people: Sequence[str]) -> list[HelpEntry]:
        """What would help each of them."""


def explain(case: Case, placements: Sequence[Placement], asked: Asked) -> Explained:
    """All explanations of these placements."""
    standing = Standing(case, placements)
    wishes = Wishes(standing)
    rows = wishes.rows()
    became = [wishes.entry(row) for row in rows]
    help = asked.helps(to_help(case, placements))
    taken = [n for n, entry in enumerate(became) if entry.outcome == "taken"]
    for n, harm in zip(taken, asked.harms([rows[n] for n in taken]), strict=True):
        became[n] = became[n].model_copy(update={"harm": harm})
    return Explained(
        explanations=became,
        help=help,
        unused=list(Unused(standing).entries()),
        turns=explain_turns(standing),
        gave_way=explain_gave_way(standing),
        consents=explain_order(standing),
        open_wishes=list(wishes.open_wishes(became)),
    )


def to_help(case: Case, placements: Sequence[Placement]) -> list[str]:
    """Those who are not placed, and those whose placement has many points, by id."""
    hard = case.round.policy.hard_points
    unplaced = [
        c.candidate_id
        for c, part in waiting_list(case.round, placements)
        if part is WaitingPart.UNPLACED
    ]
    return sorted([*unplaced, *(p.candidate_id for p in placements if p.points >= hard)])
