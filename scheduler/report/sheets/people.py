"""The sheets about people: placements, with the places promised before, and the waiting list."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from models.finding import N_
from models.lock import LockStatus
from models.placement import Placement, Shape
from models.plan import WaitingPart
from models.vacancy import Certainty
from scheduler.listing.deadlines import contract_window
from scheduler.listing.options import exceptions
from scheduler.locale import Translator
from scheduler.problem.waiting import waiting_quarters
from scheduler.report.books.calendar import STATUS_TINTS
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import (
    Delivery,
    deviation_text,
    period_text,
    wish_text,
)
from scheduler.rules.catalogue import NAMES

# Of the columns with how far the promise has come, and with points.
_STATUS, _POINTS = 9, 13
_WIDTH = 16


def placements_table(delivery: Delivery) -> Table:
    """One row per segment of every new placement, and for every place promised before."""
    t = delivery.translator
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    hard = delivery.round.policy.hard_points
    for placement in delivery.placements:
        for number, _ in enumerate(placement.segments):
            tints[len(rows), _STATUS] = Tint.NEW
            if placement.points >= hard and not number:
                tints[len(rows), _POINTS] = Tint.WARN
            rows.append(_placement_row(delivery, placement, number))
    for lock in delivery.plan.locks:
        tints[len(rows), _STATUS] = STATUS_TINTS[LockStatus(lock.status)]
        row = _row(delivery, lock.candidate_id, lock.vacancy_id, lock.start, lock.end, lock.status)
        rows.append((*row, *[None] * (_WIDTH - len(row))))
    return Table(
        name=t.text(N_("Placements")),
        title=t.text(N_("New placements, and places already promised or running")),
        notes=(
            t.text(
                N_(
                    "Each row is unbroken service in one vacancy; three plus three has two rows, "
                    "and its points on the first."
                )
            ),
            t.text(
                N_(
                    "Points measure the distance from the wish: 0 is exactly as wished. Places "
                    "promised before are kept exactly as they are, and have none."
                )
            ),
        ),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("vacancy_id"), 9),
            Column(t.text(N_("First day")), 11),
            Column(t.text(N_("Last day")), 11),
            Column(t.heading("name"), 14),
            Column(t.heading("municipality"), 12),
            Column(t.heading("trust"), 19),
            Column(t.heading("site"), 21),
            Column(t.heading("department"), 17),
            Column(t.heading("status"), 12),
            Column(t.text(N_("Shape")), 12),
            Column(t.text(N_("Deviation from the wish")), 11),
            Column(t.text(N_("Wish")), 11),
            Column(t.text(N_("Points")), 6),
            Column(t.text(N_("Reservation")), 11),
            Column(t.text(N_("Contract by")), 14),
        ),
        rows=tuple(rows),
        keys=3,
        tints=tints,
    )


def _row(
    delivery: Delivery, who: str, vacancy_id: str, first: date, last: date, status: str
) -> tuple[Cell, ...]:
    """Who serves where and when, and how far the promise has come."""
    home, place = delivery.municipality_of(who), delivery.place(vacancy_id)
    state = delivery.translator.word(status)
    return who, vacancy_id, first, last, delivery.name(who), home, *place, state


def _placement_row(delivery: Delivery, placement: Placement, number: int) -> tuple[Cell, ...]:
    t, who = delivery.translator, placement.candidate_id
    placed = placement.segments[number]
    segment = placed.segment
    return (
        *_row(delivery, who, segment.vacancy_id, segment.start, segment.end, "proposed"),
        shape_text(t, placement, number),
        deviation_text(delivery, placement, number),
        wish_text(t, placed),
        None if number else placement.points,
        ". ".join(_reservations(delivery, placement, number)),
        contract_window(placement.first_day)[1],
    )


def _reservations(delivery: Delivery, placement: Placement, number: int) -> Iterator[str]:
    """What a part of a placement depends on, and the exceptions that the whole of it rests on."""
    t, segment = delivery.translator, placement.bare[number]
    if delivery.round.vacancy[segment.vacancy_id].certainty is Certainty.EXPECTED:
        yield t.text(_NOT_CONFIRMED)
    for rule in exceptions(delivery.round, placement):
        yield t.text(N_("Waiver of {requirement}"), requirement=NAMES[rule.id])


_NOT_CONFIRMED = N_("Expected vacancy")
_SHAPES = {
    (Shape.SPLIT, 0): N_("three plus three months, first half"),
    (Shape.SPLIT, 1): N_("three plus three months, second half"),
    (Shape.JOINED, 0): N_("six months in two vacancies, the first"),
    (Shape.JOINED, 1): N_("six months in two vacancies, the second"),
    (Shape.SIX, 0): N_("six months"),
}


def shape_text(translator: Translator, placement: Placement, number: int) -> str:
    """How a part of a placement fills the months, in words."""
    known = _SHAPES.get((placement.shape, number))
    if known is not None:
        return translator.text(known)
    months = placement.segments[number].segment.months
    if months == 3:
        return translator.text(N_("three months"))
    return translator.text(N_("{n} month"), N_("{n} months"), n=months)


# In the order of SPEC section 8; what each part means for the people in it.
PART_MEANINGS = {
    WaitingPart.ON_HOLD: N_("The candidate is on hold."),
    WaitingPart.PAST_LIMIT: N_(
        "The wished period can no longer be kept; the municipality must confirm a new wish. "
        "Waiting time is kept."
    ),
    WaitingPart.NOT_YET_READY: N_("The candidate is ready only after the period now planned."),
    WaitingPart.UNPLACED: N_("No place was found in this round."),
}


def _why_unplaced(delivery: Delivery, who: str) -> str:
    """Which wishes were possible, or what kept them all from being so, if that is known."""
    t = delivery.translator
    told = [e for e in delivery.plan.explanations if e.candidate_id == who]
    possible = sorted({e.rank for e in told if e.outcome == "taken"})
    if possible:
        ranks = tuple(str(rank) for rank in possible)
        return t.text(
            N_("Possible for the candidate alone, but not given in this plan: wish {ranks}."),
            ranks=ranks,
        )
    if not told or any(e.outcome != "rule" for e in told):
        return t.text(PART_MEANINGS[WaitingPart.UNPLACED])
    broken = Counter(r.finding.rule for e in told for r in e.refusals if r.finding.rule in NAMES)
    if not broken:
        return t.text(N_("No vacancy answers to any of the wishes."))
    names = ", ".join(t.show(NAMES[rule]) for rule, _ in broken.most_common())
    return t.text(N_("No wish was possible. In the way: {requirements}."), requirements=names)


def waiting_table(delivery: Delivery) -> Table:
    """Everybody without a new placement, in four parts."""
    t, round = delivery.translator, delivery.round
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for part, meaning in PART_MEANINGS.items():
        for entry in delivery.plan.unplaced:
            if entry.part != part.value:
                continue
            candidate = round.candidate[entry.candidate_id]
            why = t.text(meaning)
            if part is WaitingPart.UNPLACED:
                tints[len(rows), 1] = Tint.WARN
                why = _why_unplaced(delivery, entry.candidate_id)
            rows.append(
                (
                    entry.candidate_id,
                    t.word(part),
                    candidate.name,
                    delivery.municipality(candidate.municipality),
                    round.priority_of.get(entry.candidate_id),
                    period_text(t, candidate.wished_start, candidate.period_end),
                    waiting_quarters(round, entry.candidate_id),
                    why,
                )
            )
    return Table(
        name=t.text(N_("Waiting list")),
        title=t.text(N_("Waiting list")),
        notes=(t.text(N_("Only the part “unplaced” counts as not placed.")),),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.text(N_("Part of the list")), 17),
            Column(t.heading("name"), 22),
            Column(t.heading("municipality"), 19),
            Column(t.heading("priority"), 10),
            Column(t.text(N_("Wished period")), 26),
            Column(t.text(N_("Quarters waited")), 10),
            Column(t.text(N_("What it means")), 70),
        ),
        rows=tuple(rows),
        tints=tints,
    )
