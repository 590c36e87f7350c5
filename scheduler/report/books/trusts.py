"""A workbook for each trust, for its ALIS contact: all its departments together."""

from collections.abc import Iterator, Sequence
from functools import partial

from models.finding import N_
from models.vacancy import Vacancy
from scheduler.listing.deadlines import SIGNED, contract_window
from scheduler.quarter.answers.returned import CANDIDATE
from scheduler.report.books.calendar import accepted_name, calendar_table, months_of
from scheduler.report.books.departments import arrivals_in, contacts, free_in, who_comes
from scheduler.report.books.guidance import ask_notes, round_notes, word_notes
from scheduler.report.books.sentences import (
    Stretch,
    arrival_text,
    contract_start,
    free_text,
    known_as,
    stretches,
)
from scheduler.report.quarter.need import need_table, positions_table
from scheduler.report.sheets.facts import deadlines_table
from scheduler.report.table import Book, Cell, Column, Table, stacked
from scheduler.report.texts import Delivery


def trust_books(delivery: Delivery) -> list[Book]:
    """One per trust with a vacancy, in the order of their names."""
    used: set[str] = set()
    return [
        Book(delivery.names.file(trust, used), tuple(_tables(delivery, trust)), trust, "trust")
        for trust in sorted({v.trust for v in delivery.round.vacancies})
    ]


def _tables(delivery: Delivery, trust: str) -> Iterator[Table]:
    own = [v for v in delivery.round.vacancies if v.trust == trust]
    keys = sorted({v.department_key for v in own})
    arrivals = [stretch for key in keys for stretch in arrivals_in(delivery, key)]
    yield _arrivals_table(delivery, trust, arrivals)
    free = _free_table(delivery, trust, own)
    if free.rows:
        yield free
    months = months_of(delivery, own)
    yield calendar_table(delivery, trust, own, partial(accepted_name, delivery), months)
    known = {
        (s.candidate_id, s.offer.segments[0].vacancy_id): known_as(delivery, s)
        for s in stretches(delivery)
        if s.accepted
    }
    dates = deadlines_table(delivery, frozenset(v.vacancy_id for v in own), known)
    if dates.rows:
        yield dates
    own_need = _of(delivery, trust)
    need = stacked(positions_table(own_need, named=False), need_table(own_need))
    if need.rows:
        yield need


def _of(delivery: Delivery, trust: str) -> Delivery:
    """The delivery with the need of one trust only."""
    need = delivery.plan.need
    if need is None:
        return delivery
    places = [p for p in need.places if p.trust == trust]
    positions = [p for p in need.positions if p.trust == trust]
    own = need.model_copy(update={"places": places, "positions": positions})
    plan = delivery.plan.model_copy(update={"need": own})
    return Delivery(plan, delivery.round, delivery.translator, delivery.proof)


def _arrivals_table(delivery: Delivery, trust: str, arrivals: Sequence[Stretch]) -> Table:
    t = delivery.translator
    return Table(
        name=who_comes(delivery),
        title=trust,
        notes=(
            *round_notes(delivery),
            t.text(
                N_(
                    "All departments together, for your overview. Each department has a workbook "
                    "of its own, in which it answers."
                )
            ),
            *ask_notes(delivery, ()),
            t.text(N_("The name is shown once the place is accepted; until then the id stands.")),
            *word_notes(delivery, {s.status for s in arrivals}),
        ),
        columns=(
            Column(t.heading("site"), 18),
            Column(t.heading("department"), 20),
            Column(t.text(CANDIDATE), 18),
            Column(t.text(N_("In short")), 56),
            Column(t.heading("municipality"), 16),
            Column(t.text(N_("Status of the place")), 13),
            Column(t.text(N_("Contract by")), 14),
            Column(t.text(N_("Contact")), 26),
        ),
        rows=tuple(_arrival_row(delivery, stretch) for stretch in arrivals),
        keys=4,
    )


def _arrival_row(delivery: Delivery, stretch: Stretch) -> tuple[Cell, ...]:
    vacancy = delivery.round.vacancy[stretch.offer.segments[0].vacancy_id]
    signed = stretch.lock is not None and stretch.lock.status in SIGNED
    return (
        vacancy.site,
        vacancy.department,
        known_as(delivery, stretch),
        arrival_text(delivery, stretch),
        delivery.municipality_of(stretch.candidate_id),
        delivery.translator.word(stretch.status),
        None if signed else contract_window(contract_start(stretch))[1],
        ", ".join(contacts(delivery, [vacancy])),
    )


def _free_table(delivery: Delivery, trust: str, vacancies: Sequence[Vacancy]) -> Table:
    t = delivery.translator
    keys = sorted({v.department_key for v in vacancies})
    return Table(
        name=t.text(N_("Unused")),
        title=t.text(N_("Unused time in {department}"), department=trust),
        columns=(
            Column(t.heading("site"), 18),
            Column(t.heading("department"), 20),
            Column(t.heading("vacancy_id"), 18),
            Column(t.text(N_("In short")), 56),
            Column(t.heading("positions"), 16),
            Column(t.text(N_("From")), 13),
            Column(t.text(N_("To")), 12),
        ),
        rows=tuple(
            (
                key.site,
                key.department,
                vacancy.vacancy_id,
                free_text(delivery, vacancy.vacancy_id, free),
                free.positions,
                free.first,
                free.last,
            )
            for key in keys
            for vacancy, free in free_in(delivery, key)
        ),
        keys=4,
    )
