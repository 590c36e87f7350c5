"""A workbook for each municipality: its own candidates, and nothing that names anybody else."""

from models.finding import N_
from models.municipality import Municipality
from models.plan import WaitingPart
from scheduler.report.sheets.departments import file_name, round_notes
from scheduler.report.sheets.explained import consents_table, help_table, wishes_table
from scheduler.report.sheets.order import order_table
from scheduler.report.table import Book, Cell, Column, Table
from scheduler.report.texts import Delivery, deviation_text, period_text, reservation, span


def municipality_books(delivery: Delivery) -> list[Book]:
    """One per municipality with a candidate in the round."""
    used: set[str] = set()
    found = []
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
            file = file_name(f"{town.municipality} {town.name}", used)
            found.append(Book(file, tables, tables[0].title))
    return found


def _candidates(delivery: Delivery, town: Municipality, own: frozenset[str]) -> Table:
    t, round = delivery.translator, delivery.round
    placed = {p.candidate_id: p for p in delivery.placements}
    parts = {u.candidate_id: u.part for u in delivery.plan.unplaced}
    rows: list[tuple[Cell, ...]] = []
    for who in sorted(own, key=lambda w: (round.priority_of.get(w, 10**6), w)):
        candidate = round.candidate[who]
        whose = (
            who,
            candidate.name,
            round.priority_of.get(who),
            period_text(t, candidate.wished_start, candidate.period_end),
        )
        if who in placed:
            for number, segment in enumerate(placed[who].bare):
                vacancy = round.vacancy[segment.vacancy_id]
                apart = deviation_text(delivery, placed[who], number)
                where = (*delivery.place(segment.vacancy_id)[1:], span(segment, t), apart)
                rows.append((*whose, t.word("proposed"), *where, reservation(t, vacancy)))
        for lock in round.locks_of.get(who, ()):
            days = period_text(t, lock.start, lock.end)
            place = delivery.place(lock.vacancy_id)[1:]
            rows.append((*whose, t.word(lock.status), *place, days, "", ""))
        if who in parts:
            rows.append((*whose, t.word(WaitingPart(parts[who])), "", "", "", "", ""))
        elif who not in placed and who not in round.locks_of:
            rows.append((*whose, t.word(candidate.status), "", "", "", "", ""))
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
            Column(t.heading("site"), 26),
            Column(t.heading("department"), 26),
            Column(t.text(N_("Service")), 26),
            Column(t.text(N_("Deviation from the wish")), 22),
            Column(t.text(N_("Reservation")), 22),
        ),
        rows=tuple(rows),
    )
