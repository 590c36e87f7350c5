"""The sheets about people: placements, locked places and the waiting list."""

from models.finding import N_
from models.placement import Placement, Shape
from models.plan import WaitingPart
from scheduler.listing.deadlines import contract_window
from scheduler.locale import Translator
from scheduler.problem.waiting import waiting_quarters
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import (
    Delivery,
    deviation_text,
    period_text,
    reservation,
    wish_text,
)

# Of the column with points.
_POINTS = 12


def placements_table(delivery: Delivery) -> Table:
    """One row per segment of every new placement."""
    t = delivery.translator
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    hard = delivery.round.policy.hard_points
    for placement in delivery.placements:
        for number, _ in enumerate(placement.segments):
            if placement.points >= hard:
                tints[len(rows), _POINTS] = Tint.WARN
            rows.append(_placement_row(delivery, placement, number))
    return Table(
        name=t.text(N_("Placements")),
        title=t.text(N_("New placements")),
        notes=(
            t.text(
                N_("Each row is unbroken service in one vacancy; three plus three has two rows.")
            ),
            t.text(N_("Points measure the distance from the wish: 0 is exactly as wished.")),
        ),
        columns=(
            *_whose(delivery),
            Column(t.text(N_("Shape")), 15),
            Column(t.text(N_("Deviation from the wish")), 15),
            Column(t.text(N_("Wish")), 11),
            Column(t.text(N_("Points")), 7),
            Column(t.text(N_("Reservation")), 14),
            Column(t.text(N_("Contract by")), 14),
        ),
        rows=tuple(rows),
        keys=3,
        tints=tints,
    )


def _whose(delivery: Delivery) -> tuple[Column, ...]:
    """Who serves where and when."""
    t = delivery.translator
    return (
        Column(t.heading("candidate_id"), 9),
        Column(t.heading("vacancy_id"), 9),
        Column(t.text(N_("First day")), 11),
        Column(t.text(N_("Last day")), 11),
        Column(t.heading("name"), 18),
        Column(t.heading("municipality"), 15),
        Column(t.heading("trust"), 17),
        Column(t.heading("site"), 17),
        Column(t.heading("department"), 18),
    )


def _placement_row(delivery: Delivery, placement: Placement, number: int) -> tuple[Cell, ...]:
    t, who = delivery.translator, placement.candidate_id
    placed = placement.segments[number]
    segment = placed.segment
    return (
        who,
        segment.vacancy_id,
        segment.start,
        segment.end,
        delivery.name(who),
        delivery.municipality_of(who),
        *delivery.place(segment.vacancy_id),
        shape_text(t, placement, number),
        deviation_text(delivery, placement, number),
        wish_text(t, placed),
        placement.points,
        reservation(t, delivery.round.vacancy[segment.vacancy_id]),
        contract_window(placement.first_day)[1],
    )


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
    return translator.text(N_("{n} month"), N_("{n} months"), n=months)


def locks_table(delivery: Delivery) -> Table:
    """Places already promised or running."""
    t = delivery.translator
    return Table(
        name=t.text(N_("Locked places")),
        title=t.text(N_("Places already promised or running")),
        notes=(t.text(N_("These are kept exactly as they are, whatever the plan changes.")),),
        columns=(*_whose(delivery), Column(t.heading("status"), 15)),
        rows=tuple(
            (
                lock.candidate_id,
                lock.vacancy_id,
                lock.start,
                lock.end,
                delivery.name(lock.candidate_id),
                delivery.municipality_of(lock.candidate_id),
                *delivery.place(lock.vacancy_id),
                t.word(lock.status),
            )
            for lock in delivery.plan.locks
        ),
        keys=4,
        filtered=False,
    )


# In the order of SPEC section 8; what each part means for the people in it.
_PARTS = {
    WaitingPart.ON_HOLD: N_("The candidate is on hold."),
    WaitingPart.PAST_LIMIT: N_(
        "The wished period can no longer be kept; the municipality must confirm a new wish. "
        "Waiting time is kept."
    ),
    WaitingPart.NOT_YET_READY: N_("The candidate is ready only after the period now planned."),
    WaitingPart.UNPLACED: N_("No place was found in this round."),
}


def waiting_table(delivery: Delivery) -> Table:
    """Everybody without a new placement, in four parts."""
    t, round = delivery.translator, delivery.round
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for part, meaning in _PARTS.items():
        for entry in delivery.plan.unplaced:
            if entry.part != part.value:
                continue
            candidate = round.candidate[entry.candidate_id]
            if part is WaitingPart.UNPLACED:
                tints[len(rows), 1] = Tint.WARN
            rows.append(
                (
                    entry.candidate_id,
                    t.word(part),
                    candidate.name,
                    delivery.municipality(candidate.municipality),
                    round.priority_of.get(entry.candidate_id),
                    period_text(t, candidate.wished_start, candidate.period_end),
                    waiting_quarters(round, entry.candidate_id),
                    t.text(meaning),
                )
            )
    return Table(
        name=t.text(N_("Waiting list")),
        title=t.text(N_("Waiting list")),
        notes=(t.text(N_("Only the part “not placed” counts as not placed.")),),
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
