"""A workbook for each department with an arrival or free months; nothing about anybody else."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.finding import N_
from models.lock import LockStatus
from models.placement import Segment
from models.vacancy import DepartmentKey
from scheduler.listing.deadlines import (
    SIGNED,
    contract_window,
    course_days,
    free_stretches,
    release_day,
)
from scheduler.quarter.answers.offers import Offer, offer_rows, reply_day, without_names
from scheduler.quarter.answers.returned import CANDIDATE
from scheduler.report.names import plain_name
from scheduler.report.sheets.answers import answer_columns
from scheduler.report.table import Book, Cell, Column, Table
from scheduler.report.texts import Delivery, reservation
from scheduler.rules.occupancy import VACANCY


def department_books(delivery: Delivery) -> list[Book]:
    """One per department that somebody comes to, or that has unused months."""
    found = []
    used: set[str] = set()
    shared = Counter(_in_one_trust(d.key) for d in delivery.round.departments)
    offers = offer_rows(delivery.plan, delivery.round)
    for department in delivery.round.departments:
        arrivals = _arrivals(delivery, department.key)
        free = list(_free(delivery, department.key))
        if arrivals or free:
            name, site = f"{department.site} - {department.department}", department.site
            if shared[_in_one_trust(department.key)] > 1:
                name, site = f"{department.trust} - {name}", f"{site}, {department.trust}"
            tables = (
                _arrivals_table(delivery, f"{department.department}, {site}", arrivals),
                _free_table(delivery, department.department, site, free),
            )
            asked = [o for o in offers if (o.trust, o.site, o.department) == department.key]
            own = tuple(without_names(asked))
            book = Book(delivery.names.file(name, used), tables, tables[0].title, "department", own)
            found.append(book)
    return found


def _in_one_trust(key: DepartmentKey) -> str:
    """What tells a department from others in its trust."""
    return plain_name(f"{key.site} - {key.department}").casefold()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A row about somebody who comes, and whether the department is asked to answer."""

    first_day: date
    cells: tuple[Cell, ...]
    asked: bool


def _arrivals(delivery: Delivery, key: DepartmentKey) -> list[_Arrival]:
    t, round = delivery.translator, delivery.round
    found: list[_Arrival] = []
    for lock in round.locks:
        vacancy = round.vacancy.get(lock.vacancy_id)
        if vacancy and vacancy.department_key == key and lock.end >= round.run_date:
            offered = lock.status is LockStatus.OFFERED
            offer = Offer(
                lock.candidate_id, (Segment(lock.start, lock.end, lock.vacancy_id, 0),), locked=True
            )
            due = None if lock.status in SIGNED else contract_window(lock.start)[1]
            who = "" if offered else delivery.name(lock.candidate_id)
            cells = (
                *_who_and_when(delivery, offer, who),
                t.word(lock.status),
                due,
                None,
                None,
                reply_day(round, offer) if offered else None,
                None,
                None,
            )
            found.append(_Arrival(lock.start, cells, offered))
    for placement in delivery.placements:
        for stretch in placement.stretches:
            offer = Offer(placement.candidate_id, tuple(s.segment for s in stretch), locked=False)
            vacancy = round.vacancy[offer.segments[0].vacancy_id]
            if vacancy.department_key == key:
                cells = (
                    *_who_and_when(delivery, offer, ""),
                    t.word("proposed"),
                    contract_window(placement.first_day)[1],
                    course_days(sum(s.months for s in offer.segments)),
                    reservation(t, vacancy),
                    reply_day(round, offer),
                    None,
                    None,
                )
                found.append(_Arrival(offer.first_day, cells, asked=True))
    return sorted(found, key=lambda a: (a.first_day, str(a.cells[0])))


def _who_and_when(delivery: Delivery, offer: Offer, name: str) -> tuple[Cell, ...]:
    who = offer.candidate_id
    town = delivery.municipality_of(who)
    return name or who, town, offer.vacancies, offer.first_day, offer.last_day


def _free(delivery: Delivery, key: DepartmentKey) -> Iterator[tuple[Cell, ...]]:
    round = delivery.round
    for vacancy in round.vacancies:
        if vacancy.department_key == key:
            stays = delivery.stays.at(VACANCY)[vacancy.vacancy_id]
            for free in free_stretches(round.run_date, vacancy, stays):
                yield (
                    vacancy.vacancy_id,
                    free.first,
                    free.last,
                    free.positions,
                    release_day(vacancy),
                )


def _arrivals_table(delivery: Delivery, title: str, rows: Sequence[_Arrival]) -> Table:
    t = delivery.translator
    return Table(
        name=t.text(N_("Who comes")),
        title=title,
        notes=(
            *round_notes(delivery),
            t.text(N_("The name is shown once the place is accepted; until then the id stands.")),
        ),
        columns=(
            Column(t.text(CANDIDATE), 22),
            Column(t.heading("municipality"), 22),
            *answer_columns(t, ("vacancies", "first_day", "last_day")),
            Column(t.heading("status"), 16),
            Column(t.text(N_("Contract by")), 14),
            Column(t.text(N_("Course days")), 11),
            Column(t.text(N_("Reservation")), 26),
            *answer_columns(t, ("reply_by", "department_answer", "comment")),
        ),
        rows=tuple(row.cells for row in rows),
        asked=frozenset(n for n, row in enumerate(rows) if row.asked),
    )


def _free_table(
    delivery: Delivery, department: str, site: str, rows: Iterable[tuple[Cell, ...]]
) -> Table:
    t = delivery.translator
    return Table(
        name=t.text(N_("Unused")),
        title=t.text(N_("Unused time in {department}, {site}"), department=department, site=site),
        notes=round_notes(delivery),
        columns=(
            Column(t.heading("vacancy_id"), 16),
            Column(t.text(N_("From")), 14),
            Column(t.text(N_("To")), 14),
            Column(t.heading("positions"), 12),
            Column(t.text(N_("May be given to others from")), 18),
        ),
        rows=tuple(rows),
    )


def round_notes(delivery: Delivery) -> tuple[str, ...]:
    """Which round it is, and what must be known of it."""
    t, plan = delivery.translator, delivery.plan
    notes = [
        t.text(
            N_("{round}, run date {run_date}."),
            round=delivery.round.name,
            run_date=delivery.round.run_date,
        )
    ]
    if plan.set_aside:
        notes.insert(
            0,
            t.text(
                N_("{n} candidate was set aside because of errors in the data."),
                N_("{n} candidates were set aside because of errors in the data."),
                n=len(plan.set_aside),
            ),
        )
    if plan.status != "optimal":
        notes.append(t.text(N_("Time ran out before the plan was proved to be the best.")))
    return tuple(notes)
