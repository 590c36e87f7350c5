"""Who gave way to somebody after them in a municipality's order, and what it would cost if they
took over the other's place (SPEC section 4c, *Gave way*).
"""

from collections.abc import Sequence

from models.entry import FindingEntry, PlacementEntry
from models.explanation import GaveWayEntry, HarmEntry, Takeover
from models.placement import Placement
from models.proved import Proved
from scheduler.explanations.answers.harm import harm_of, is_worse
from scheduler.explanations.standing import Standing
from scheduler.listing.soundness import broken_rule
from scheduler.problem.case import Case
from scheduler.problem.placing import make_placement
from scheduler.rules.catalogue import ORDER
from scheduler.rules.order_line import RULE


def explain_gave_way(standing: Standing) -> list[GaveWayEntry]:
    """Everyone who gave way, and to whom; nobody where the order is not used."""
    if standing.case.round.policy.municipal_order == "off":
        return []
    return [_entry(standing, *two) for two in ORDER.gave_way(standing.case, standing.placements)]


def _entry(standing: Standing, first: str, second: str) -> GaveWayEntry:
    case, round = standing.case, standing.case.round
    there = _in_the_place(case, first, standing.placed[second])
    then = standing.taken_over(there, second)
    other, certain = then.best_for(second, case)
    placements = [*then.placements, *([] if other is None else [other])]
    broken = broken_rule(case, placements)
    outcome: Takeover = "no_place" if other is None else "other_place"
    if other is None and not certain:
        outcome = "not_examined"
    elif broken is not None:
        outcome = "rule"
    possible = outcome in ("other_place", "no_place")
    return GaveWayEntry(
        municipality=round.candidate[first].municipality,
        first=first,
        points=standing.placed[first].points,
        second=second,
        there=PlacementEntry.from_placement(there),
        waived=round.waives(first, RULE),
        outcome=outcome,
        then=PlacementEntry.from_placement(other) if other is not None and possible else None,
        finding=FindingEntry.from_finding(broken)
        if broken is not None and outcome == "rule"
        else None,
        harm=harm_of_takeover(case, standing.placements, placements) if possible else None,
    )


def _in_the_place(case: Case, first: str, place: Placement) -> Placement:
    """The first's placement that has the very segments of another's."""
    whole = case.choices[first].whole
    return make_placement(case, next(c.option for c in whole if c.option.segments == place.bare))


def harm_of_takeover(
    case: Case, placements: Sequence[Placement], other: Sequence[Placement]
) -> HarmEntry | None:
    """The first goal that gets worse in the plan with the takeover; None if none does before
    another gets better, as may be where time ran out.
    """
    harm = harm_of(case, placements, other, Proved.NONE)
    return harm if is_worse(case, placements, other) else None
