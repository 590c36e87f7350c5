"""The sheet about the municipalities' order of priority: kept, who gave way, and promises."""

from collections.abc import Iterator

from models.explanation import GaveWayEntry
from models.finding import N_
from scheduler.explanations.wording.obstacle_words import Named
from scheduler.explanations.wording.order_words import takeover_findings, turn_findings
from scheduler.report.sheets.others import outcome_cells
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery
from scheduler.rules.order_line import RULE, those_after

_PLACED = N_(
    "Kept among those placed in this round. Nobody is without a place while somebody after them "
    "has a place that they could have left to them. Where two have unbroken places, and each could "
    "have had the other's, the one who goes first has the one they would rather have. That does "
    "not hold for those who would then have had to begin before their wished start, nor for people "
    "in pairs."
)
_STRICT = N_(
    "It is kept strictly: with the same exceptions, nobody after them has a whole place that they "
    "would rather have had."
)
_PROMISES = N_(
    "Places that were promised before this round go before the order; whom that concerns is told "
    "below."
)
_OFF = N_("The municipalities' order was not used in this round.")
_COST = N_(
    "What a takeover would cost is told with everybody else where the plan has them; whether it "
    "would cost less if others moved too was not examined."
)


def order_table(delivery: Delivery) -> Table:
    """Each municipality's order of priority, and what came of it."""
    t = delivery.translator
    people = [who for home in homes(delivery, None) for who in home]
    return Table(
        name=t.text(N_("Municipal order")),
        title=t.text(N_("The municipalities' order of priority")),
        notes=tuple(order_notes(delivery, people)),
        columns=(
            Column(t.heading("municipality"), 14),
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("name"), 16),
            Column(t.heading("priority"), 9),
            Column(t.text(N_("Outcome")), 25),
            Column(t.text(N_("Points")), 7),
            Column(t.text(N_("Goes before")), 10),
            Column(t.text(N_("Waiver")), 9),
            Column(t.text(N_("Gave way to")), 8),
            Column(t.text(N_("Points with that place")), 9),
            Column(t.text(N_("What a takeover would cost")), 34),
            Column(t.text(N_("Why those after have places")), 44),
        ),
        rows=tuple(_row(delivery, who) for who in people),
        keys=2,
    )


def homes(delivery: Delivery, named: Named) -> Iterator[list[str]]:
    """The open candidates of each municipality with something to tell of its order, in it; or only
    theirs who may be `named`.
    """
    round = delivery.round
    homes: dict[str, list[str]] = {}
    for candidate in round.open_candidates:
        homes.setdefault(candidate.municipality, []).append(candidate.candidate_id)
    told = {entry.municipality for entry in delivery.plan.turns}
    for number, people in sorted(homes.items()):
        several = len(people) > 1 or number in told
        if several and (named is None or named >= set(people)):
            yield sorted(people, key=lambda w: (round.priority_of.get(w, 10**6), w))


def order_notes(delivery: Delivery, people: list[str]) -> Iterator[str]:
    """How the order was kept, and what goes before it."""
    t, order = delivery.translator, delivery.round.policy.municipal_order
    yield t.text(_OFF if order == "off" else _PLACED)
    if order == "strict":
        yield t.text(_STRICT)
    turns = delivery.plan.turns
    if any(turn.first in people and turn.outcome == "promised" for turn in turns):
        yield t.text(_PROMISES)
    if any(entry.first in people for entry in delivery.plan.gave_way):
        yield t.text(_COST)


def _row(delivery: Delivery, who: str) -> tuple[Cell, ...]:
    t, round = delivery.translator, delivery.round
    number = round.candidate[who].municipality
    placed = {p.candidate_id: p for p in delivery.placements}
    used = round.policy.municipal_order != "off"
    after = those_after(round).get(who, ()) if used else ()
    gave_way = [entry for entry in delivery.plan.gave_way if entry.first == who]
    return (
        delivery.municipality(number),
        who,
        delivery.name(who),
        round.priority_of.get(who),
        *outcome_cells(delivery, placed.get(who)),
        ", ".join(sorted(after)),
        t.text(N_("Lets those after go first")) if round.waives(who, RULE) else "",
        ", ".join(entry.second for entry in gave_way),
        _points_there(gave_way),
        "\n".join(" ".join(map(t.finding, takeover_findings(entry))) for entry in gave_way),
        "\n".join(
            " ".join(map(t.finding, turn_findings(entry)))
            for entry in delivery.plan.turns
            if entry.first == who
        ),
    )


def _points_there(gave_way: list[GaveWayEntry]) -> Cell:
    """The points that the others' places would have, in the order of the others."""
    points = [entry.there.points for entry in gave_way]
    if len(points) > 1:
        return ", ".join(map(str, points))
    return points[0] if points else None
