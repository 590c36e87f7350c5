"""A workbook for each municipality: its own candidates, and nothing that names anybody else."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.candidate import Candidate
from models.finding import N_
from models.municipality import Municipality
from models.plan import WaitingPart
from scheduler.problem.calendar import add_months
from scheduler.report.books.calendar import calendar_name, legend, months_to, stay_tint
from scheduler.report.books.guidance import ask_notes, round_notes, word_notes
from scheduler.report.books.outcomes import outcome_text
from scheduler.report.books.own_tables import consents_told, help_told, order_told, wishes_told
from scheduler.report.books.sentences import Stretch, reply_by, rows_asked, stretches
from scheduler.report.sheets.answers import answer_columns
from scheduler.report.table import Book, Cell, Column, Table, Tint, stacked
from scheduler.report.texts import Delivery, period_text
from scheduler.rules.occupancy import Stay, stays_of


def municipality_books(delivery: Delivery) -> list[Book]:
    """One per municipality with a candidate in the round."""
    used: set[str] = set()
    found = []
    offers = rows_asked(delivery)
    for town in delivery.round.municipalities:
        own = frozenset(
            c.candidate_id for c in delivery.round.candidates if c.municipality == town.municipality
        )
        if own:
            people = _in_order(delivery, own)
            first = _candidates(delivery, town, people)
            more = (
                _strip(delivery, people),
                wishes_told(delivery, own),
                help_told(delivery, own),
                stacked(consents_told(delivery, own), order_told(delivery, own)),
            )
            tables = (first, *(t for t in more if t.rows))
            file = delivery.names.file(f"{town.municipality} {town.name}", used)
            asked = tuple(o for o in offers if o.candidate_id in own)
            found.append(Book(file, tables, first.title, "municipality", asked))
    return found


def _in_order(delivery: Delivery, own: frozenset[str]) -> list[Candidate]:
    round = delivery.round
    people = sorted(own, key=lambda w: (round.priority_of.get(w, 10**6), w))
    return [round.candidate[who] for who in people]


def _candidates(delivery: Delivery, town: Municipality, people: list[Candidate]) -> Table:
    t = delivery.translator
    places = list(stretches(delivery))
    ids = {candidate.candidate_id for candidate in people}
    rows: list[tuple[Cell, ...]] = []
    asked: set[int] = set()
    days = []
    for candidate in people:
        own = [s for s in places if s.candidate_id == candidate.candidate_id]
        for stretch in own:
            if stretch.asked:
                asked.add(len(rows))
                days.append(reply_by(delivery, stretch))
            rows.append(_row(delivery, candidate, stretch))
        # Who has a promise and waits for the rest is told of both.
        waits = any(u.candidate_id == candidate.candidate_id for u in delivery.plan.unplaced)
        if waits or not own:
            rows.append(_row(delivery, candidate, None))
    return Table(
        name=t.text(N_("Our candidates")),
        title=t.text(
            N_("Candidates of {municipality}"),
            municipality=delivery.municipality(town.municipality),
        ),
        notes=(
            *round_notes(delivery),
            *ask_notes(delivery, days, N_("A candidate who does not answer has not accepted.")),
            *word_notes(delivery, {s.status for s in places if s.candidate_id in ids}),
        ),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("name"), 15),
            Column(t.heading("priority"), 9),
            Column(t.text(N_("Wished period")), 13),
            Column(t.heading("status"), 12),
            Column(t.text(N_("In short")), 48),
            *answer_columns(t, ("vacancies", "first_day", "last_day", "reply_by")),
            *answer_columns(t, ("candidate_answer", "answered_on", "comment")),
        ),
        rows=tuple(rows),
        asked=frozenset(asked),
    )


def _row(delivery: Delivery, candidate: Candidate, stretch: Stretch | None) -> tuple[Cell, ...]:
    t, who = delivery.translator, candidate.candidate_id
    parts = {u.candidate_id: u.part for u in delivery.plan.unplaced}
    if stretch is not None:
        status = stretch.status
    else:
        status = WaitingPart(parts[who]).value if who in parts else candidate.status.value
    offer = None if stretch is None else stretch.offer
    return (
        who,
        candidate.name,
        delivery.round.priority_of.get(who),
        period_text(t, candidate.wished_start, candidate.period_end),
        t.word(status),
        outcome_text(delivery, candidate, stretch),
        None if offer is None else offer.vacancies,
        None if offer is None else offer.first_day,
        None if offer is None else offer.last_day,
        None if stretch is None else reply_by(delivery, stretch),
        None,
        None,
        None,
    )


def _strip(delivery: Delivery, people: list[Candidate]) -> Table:
    """A bar of months for every candidate with a place."""
    t, round = delivery.translator, delivery.round
    own = {candidate.candidate_id for candidate in people}
    stays = [s for s in stays_of(round, delivery.placements) if s.candidate_id in own]
    months = months_to(delivery, [s.last for s in stays])
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for candidate in people:
        here = [s for s in stays if s.candidate_id == candidate.candidate_id]
        served = list(_served(here, delivery, months))
        if any(tint is not Tint.OUTSIDE for _, tint in served):
            tints |= {(len(rows), n): tint for n, (_, tint) in enumerate(served, 2)}
            rows.append((candidate.candidate_id, candidate.name, *(text for text, _ in served)))
    return Table(
        name=calendar_name(delivery),
        title=t.text(N_("Who is away when")),
        columns=(
            Column(t.heading("candidate_id"), 10),
            Column(t.heading("name"), 22),
            *(Column(t.month(m), 4, narrow=True) for m in months),
        ),
        rows=tuple(rows),
        tints=tints,
        legend=tuple(legend(delivery, tints, N_("Not away"))),
        filtered=False,
    )


def _served(
    stays: Sequence[Stay], delivery: Delivery, months: Sequence[date]
) -> Iterator[tuple[str | None, Tint]]:
    """The department that stands in each month's cell, and its colour."""
    for month in months:
        following = add_months(month, 1)
        here = [s for s in stays if s.first < following and month <= s.last]
        if not here:
            yield None, Tint.OUTSIDE
            continue
        begins = here[-1].first >= month or month == months[0]
        _, _, department = delivery.place(here[-1].vacancy_id)
        yield department if begins and department else None, stay_tint(delivery, here[-1])
