"""A workbook for each department with an arrival or free months; nothing about anybody else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from models.finding import N_
from models.vacancy import DepartmentKey, Vacancy
from scheduler.listing.deadlines import Free, free_stretches
from scheduler.problem.calendar import holds
from scheduler.problem.option import shortest_service
from scheduler.quarter.answers.returned import CANDIDATE
from scheduler.report.books.calendar import accepted_name, calendar_table, months_of
from scheduler.report.books.guidance import ask_notes, round_notes, word_notes
from scheduler.report.books.sentences import (
    Stretch,
    arrival_text,
    free_text,
    known_as,
    reply_by,
    rows_asked,
    stretches,
)
from scheduler.report.names import plain_name
from scheduler.report.sheets.answers import answer_columns
from scheduler.report.table import Book, Cell, Column, Table, stacked
from scheduler.report.texts import Delivery
from scheduler.rules.occupancy import VACANCY


def department_books(delivery: Delivery) -> list[Book]:
    """One per department that somebody comes to, or that has unused months."""
    found = []
    used: set[str] = set()
    shared = Counter(_in_one_trust(d.key) for d in delivery.round.departments)
    offers = rows_asked(delivery)
    for department in delivery.round.departments:
        key = department.key
        arrivals = arrivals_in(delivery, key)
        free = list(free_in(delivery, key))
        if arrivals or free:
            name, site = f"{key.site} - {key.department}", key.site
            if shared[_in_one_trust(key)] > 1:
                name, site = f"{key.trust} - {name}", f"{site}, {key.trust}"
            title = f"{key.department}, {site}"
            own = [v for v in delivery.round.vacancies if v.department_key == key]
            first = stacked(
                _arrivals_table(delivery, title, arrivals), _free_table(delivery, title, free)
            )
            notes = tuple(_notes(delivery, own, arrivals))
            months = months_of(delivery, own)
            label = partial(accepted_name, delivery)
            tables = (
                replace(first, title=title, notes=notes),
                calendar_table(delivery, title, own, label, months, places=()),
            )
            asked = [o for o in offers if (o.trust, o.site, o.department) == key]
            file = delivery.names.file(name, used)
            found.append(Book(file, tables, title, "department", tuple(asked)))
    return found


def _in_one_trust(key: DepartmentKey) -> str:
    """What tells a department from others in its trust."""
    return plain_name(f"{key.site} - {key.department}").casefold()


def arrivals_in(delivery: Delivery, key: DepartmentKey) -> list[Stretch]:
    """Those who serve in the department or come to it, by first day."""
    vacancies = delivery.round.vacancy
    found = (
        stretch
        for stretch in stretches(delivery)
        if (vacancy := vacancies.get(stretch.offer.segments[0].vacancy_id))
        and vacancy.department_key == key
    )
    return sorted(found, key=lambda s: (s.offer.first_day, s.candidate_id))


def free_in(delivery: Delivery, key: DepartmentKey) -> Iterator[tuple[Vacancy, Free]]:
    """The unused days of the department's vacancies that are enough for the shortest service that
    anybody waiting could do.
    """
    round, least = delivery.round, shortest_service(delivery.round)
    for vacancy in round.vacancies:
        if vacancy.department_key == key:
            stays = delivery.stays.at(VACANCY)[vacancy.vacancy_id]
            for free in free_stretches(round.run_date, vacancy, stays):
                if holds(free.first, free.last, least):
                    yield vacancy, free


def who_comes(delivery: Delivery) -> str:
    """What the sheet is called."""
    return delivery.translator.text(N_("Who comes"))


def _notes(
    delivery: Delivery, vacancies: Sequence[Vacancy], arrivals: Sequence[Stretch]
) -> Iterator[str]:
    t = delivery.translator
    yield from round_notes(delivery)
    days = [reply_by(delivery, s) for s in arrivals if s.asked]
    yield from ask_notes(delivery, days, N_("If you do not answer, the department has agreed."))
    contact = contacts(delivery, vacancies)
    if contact:
        yield t.text(
            N_("We have this contact for the department: {contact}. Tell us if it is not right."),
            contact=contact,
        )
    if arrivals:
        yield t.text(N_("The name is shown once the place is accepted; until then the id stands."))
        yield from word_notes(delivery, {s.status for s in arrivals})
    else:
        yield t.text(N_("Nobody comes by this plan; what is free stands below."))


def _arrivals_table(delivery: Delivery, title: str, arrivals: Sequence[Stretch]) -> Table:
    t = delivery.translator
    return Table(
        name=who_comes(delivery),
        title=title,
        columns=(
            Column(t.text(CANDIDATE), 16),
            Column(t.text(N_("In short")), 46),
            Column(t.heading("municipality"), 15),
            Column(t.text(N_("Status of the place")), 13),
            *answer_columns(t, ("vacancies", "first_day", "last_day")),
            *answer_columns(t, ("reply_by", "department_answer", "comment")),
        ),
        rows=tuple(_arrival_row(delivery, stretch) for stretch in arrivals),
        asked=frozenset(n for n, stretch in enumerate(arrivals) if stretch.asked),
    )


def _arrival_row(delivery: Delivery, stretch: Stretch) -> tuple[Cell, ...]:
    offer = stretch.offer
    return (
        known_as(delivery, stretch),
        arrival_text(delivery, stretch),
        delivery.municipality_of(stretch.candidate_id),
        delivery.translator.word(stretch.status),
        offer.vacancies,
        offer.first_day,
        offer.last_day,
        reply_by(delivery, stretch),
        None,
        None,
    )


def contacts(delivery: Delivery, vacancies: Sequence[Vacancy]) -> tuple[str, ...]:
    """Whom to call in the department that has these vacancies, and its e-mail address."""
    keys = dict.fromkeys(v.department_key for v in vacancies)
    people = [v.contact for v in vacancies]
    addresses = [delivery.round.department[key].email for key in keys]
    return tuple(dict.fromkeys(found for found in (*people, *addresses) if found))


def _free_table(delivery: Delivery, title: str, found: Sequence[tuple[Vacancy, Free]]) -> Table:
    t = delivery.translator
    return Table(
        name=who_comes(delivery),
        title=t.text(N_("Unused time in {department}"), department=title),
        columns=(
            Column(t.heading("vacancy_id"), 16),
            Column(t.text(N_("In short")), 46),
            Column(t.heading("positions"), 12),
            Column(t.text(N_("From")), 11),
            Column(t.text(N_("To")), 11),
        ),
        rows=tuple(
            (
                vacancy.vacancy_id,
                free_text(delivery, vacancy.vacancy_id, free),
                free.positions,
                free.first,
                free.last,
            )
            for vacancy, free in found
        ),
        filtered=False,
    )
