"""A workbook for each municipality: its own candidates, and nothing that names anybody else."""

from models.finding import N_
from models.lock import LockStatus
from models.municipality import Municipality
from models.placement import Segment
from models.plan import WaitingPart
from models.round import Round
from scheduler.quarter.answers.offers import Offer, offer_rows, reply_day, without_names
from scheduler.report.sheets.answers import answer_columns
from scheduler.report.sheets.departments import round_notes
from scheduler.report.sheets.explained import consents_table, help_table, wishes_table
from scheduler.report.sheets.order import order_table
from scheduler.report.table import Book, Cell, Column, Table
from scheduler.report.texts import Delivery, deviation_text, period_text, reservation


def municipality_books(delivery: Delivery) -> list[Book]:
    """One per municipality with a candidate in the round."""
    used: set[str] = set()
    found = []
    offers = offer_rows(delivery.plan, delivery.round)
    for town in delivery.round.municipalities:
        own = frozenset(
            c.candidate_id for c in delivery.round.candidates if c.municipality == town.municipality
        )
        if own:
            more = (
                wishes_table(delivery, own),
                help_table(delivery, own),
                order_table(delivery, own),
                consents_table(delivery, own),
            )
            tables = (_candidates(delivery, town, own), *(t for t in more if t.rows))
            file = delivery.names.file(f"{town.municipality} {town.name}", used)
            asked = tuple(without_names([o for o in offers if o.candidate_id in own]))
            found.append(Book(file, tables, tables[0].title, "municipality", asked))
    return found


def _candidates(delivery: Delivery, town: Municipality, own: frozenset[str]) -> Table:
    t, round = delivery.translator, delivery.round
    placed = {p.candidate_id: p for p in delivery.placements}
    parts = {u.candidate_id: u.part for u in delivery.plan.unplaced}
    rows: list[tuple[Cell, ...]] = []
    asked: set[int] = set()
    for who in sorted(own, key=lambda w: (round.priority_of.get(w, 10**6), w)):
        candidate = round.candidate[who]
        whose = (
            who,
            candidate.name,
            round.priority_of.get(who),
            period_text(t, candidate.wished_start, candidate.period_end),
        )
        for number, stretch in enumerate(placed[who].stretches if who in placed else ()):
            offer = Offer(who, tuple(s.segment for s in stretch), locked=False)
            vacancy = round.vacancy[offer.segments[0].vacancy_id]
            apart = deviation_text(delivery, placed[who], number)
            asked.add(len(rows))
            state = t.word("proposed")
            where = _where(delivery, offer)
            rows.append(
                (*whose, state, *where, apart, reservation(t, vacancy), *_due(round, offer))
            )
        for lock in round.locks_of.get(who, ()):
            offer = Offer(who, (Segment(lock.start, lock.end, lock.vacancy_id, 0),), locked=True)
            open_offer = lock.status is LockStatus.OFFERED
            if open_offer:
                asked.add(len(rows))
            due = _due(round, offer) if open_offer else ()
            rows.append((*whose, t.word(lock.status), *_where(delivery, offer), None, None, *due))
        if who in parts:
            rows.append((*whose, t.word(WaitingPart(parts[who]))))
        elif who not in placed and who not in round.locks_of:
            rows.append((*whose, t.word(candidate.status)))
    return Table(
        name=t.text(N_("Our candidates")),
        title=t.text(
            N_("Candidates of {municipality}"),
            municipality=delivery.municipality(town.municipality),
        ),
        notes=round_notes(delivery),
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("name"), 18),
            Column(t.heading("priority"), 10),
            Column(t.text(N_("Wished period")), 26),
            Column(t.heading("status"), 16),
            *answer_columns(t, ("vacancies", "site", "department", "first_day", "last_day")),
            Column(t.text(N_("Deviation from the wish")), 22),
            Column(t.text(N_("Reservation")), 22),
            *answer_columns(t, ("reply_by", "candidate_answer", "answered_on", "comment")),
        ),
        rows=tuple(row + (None,) * (_WIDTH - len(row)) for row in rows),
        asked=frozenset(asked),
    )


_WIDTH = 16


def _where(delivery: Delivery, offer: Offer) -> tuple[Cell, ...]:
    """The vacancies, the place and the days of a stretch of service."""
    _, site, department = delivery.place(offer.segments[0].vacancy_id)
    return offer.vacancies, site, department, offer.first_day, offer.last_day


def _due(round: Round, offer: Offer) -> tuple[Cell, ...]:
    return (reply_day(round, offer),)
