"""Every explanation of a plan, as plan.json has them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.explanation import (
    ConsentEntry,
    ExplanationEntry,
    HelpEntry,
    OpenWishEntry,
    UnusedEntry,
)
from models.placement import Placement
from models.plan import WaitingPart
from scheduler.case import Case
from scheduler.explain.help import Helper
from scheduler.explain.municipalities import explain_order
from scheduler.explain.standing import Standing
from scheduler.explain.vacancies import Unused
from scheduler.explain.wishes import AskHarm, Wishes
from scheduler.waiting import waiting_list


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of every wish, what would help whom, why time is unused, what orders cost."""

    wishes: list[ExplanationEntry]
    help: list[HelpEntry]
    unused: list[UnusedEntry]
    consents: list[ConsentEntry]
    open_wishes: list[OpenWishEntry]


def explain(
    case: Case,
    placements: Sequence[Placement],
    harm: AskHarm = lambda _: None,
    may_look: Callable[[str], bool] = lambda _: True,
    step: Callable[[int, int], None] = lambda *_: None,
) -> Explained:
    """All explanations of these placements; `harm` is asked what would get worse, `may_look`
    whether there is time to look for what would help somebody. `step` is told how many wishes and
    people are done, of how many.
    """
    standing = Standing(case, placements)
    helper, wishes = Helper(standing), Wishes(standing, harm)
    rows, people = wishes.rows(), to_help(case, placements)
    total = len(rows) + len(people)
    became: list[ExplanationEntry] = []
    helped: list[HelpEntry] = []
    for number, row in enumerate(rows):
        step(number, total)
        became.append(wishes.entry(row))
    for number, who in enumerate(people, len(rows)):
        step(number, total)
        helped.append(
            helper.entry(who)
            if may_look(who)
            else HelpEntry(candidate_id=who, examined=False, remedies=[])
        )
    return Explained(
        wishes=became,
        help=helped,
        unused=list(Unused(standing).entries()),
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
