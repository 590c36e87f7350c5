"""A workbook for each department with an arrival or free months; nothing about anybody else."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from unicodedata import category, normalize

from models.finding import N_
from models.lock import LockStatus
from models.vacancy import DepartmentKey
from scheduler.listing.deadlines import (
    SIGNED,
    contract_window,
    course_days,
    free_stretches,
    release_day,
)
from scheduler.report.table import Book, Cell, Column, Table
from scheduler.report.texts import Delivery, reservation
from scheduler.rules.occupancy import VACANCY

# Names that Windows keeps for devices, whatever the ending.
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)


def department_books(delivery: Delivery) -> list[Book]:
    """One per department that somebody comes to, or that has unused months."""
    found = []
    used: set[str] = set()
    shared = Counter(_in_one_trust(d.key) for d in delivery.round.departments)
    for department in delivery.round.departments:
        arrivals = list(_arrivals(delivery, department.key))
        free = list(_free(delivery, department.key))
        if arrivals or free:
            name, site = f"{department.site} - {department.department}", department.site
            if shared[_in_one_trust(department.key)] > 1:
                name, site = f"{department.trust} - {name}", f"{site}, {department.trust}"
            tables = (
                _arrivals_table(delivery, f"{department.department}, {site}", arrivals),
                _free_table(delivery, department.department, site, free),
            )
            found.append(Book(file_name(name, used), tables))
    return found


def _in_one_trust(key: DepartmentKey) -> str:
    """What tells a department from others in its trust."""
    return plain_name(f"{key.site} - {key.department}").casefold()


def _arrivals(delivery: Delivery, key: DepartmentKey) -> Iterator[tuple[Cell, ...]]:
    t, round = delivery.translator, delivery.round
    rows: list[tuple[date, tuple[Cell, ...]]] = []
    for lock in round.locks:
        vacancy = round.vacancy.get(lock.vacancy_id)
        if vacancy and vacancy.department_key == key and lock.end >= round.run_date:
            accepted = lock.status is not LockStatus.OFFERED
            who = delivery.name(lock.candidate_id) if accepted else ""
            due = "" if lock.status in SIGNED else contract_window(lock.start)[1]
            rows.append(
                (
                    lock.start,
                    (
                        who or lock.candidate_id,
                        delivery.municipality_of(lock.candidate_id),
                        lock.vacancy_id,
                        lock.start,
                        lock.end,
                        t.word(lock.status),
                        due,
                        "",
                        "",
                    ),
                )
            )
    for placement in delivery.placements:
        for segment in placement.bare:
            vacancy = round.vacancy[segment.vacancy_id]
            if vacancy.department_key == key:
                rows.append(
                    (
                        segment.start,
                        (
                            placement.candidate_id,
                            delivery.municipality_of(placement.candidate_id),
                            segment.vacancy_id,
                            segment.start,
                            segment.end,
                            t.word("proposed"),
                            contract_window(placement.first_day)[1],
                            course_days(segment.months),
                            reservation(t, vacancy),
                        ),
                    )
                )
    for _, row in sorted(rows, key=lambda r: (r[0], str(r[1][0]))):
        yield row


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


def _arrivals_table(delivery: Delivery, title: str, rows: Iterable[tuple[Cell, ...]]) -> Table:
    t = delivery.translator
    return Table(
        name=t.text(N_("Who comes")),
        title=title,
        notes=(
            *round_notes(delivery),
            t.text(N_("The name is shown once the place is accepted; until then the id stands.")),
        ),
        columns=(
            Column(t.text(N_("Candidate")), 22),
            Column(t.heading("municipality"), 22),
            Column(t.heading("vacancy_id"), 12),
            Column(t.text(N_("First day")), 12),
            Column(t.text(N_("Last day")), 12),
            Column(t.heading("status"), 16),
            Column(t.text(N_("Contract by")), 14),
            Column(t.text(N_("Course days")), 11),
            Column(t.text(N_("Reservation")), 26),
        ),
        rows=tuple(rows),
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


def file_name(text: str, used: set[str]) -> str:
    """A file name that every system accepts, different from those used."""
    plain = plain_name(text)
    name, number = plain, 2
    while name.casefold() in used:
        name, number = f"{plain} ({number})", number + 1
    used.add(name.casefold())
    return f"{name}.xlsx"


def plain_name(text: str) -> str:
    """The text as a name that every system accepts: no signs with a meaning, none of the devices
    of Windows, at most 120 bytes.
    """
    composed = normalize("NFC", text)
    signs = ("-" if category(c)[0] == "C" or c in '<>:"/\\|?*' else c for c in composed)
    plain = re.sub("-+", "-", "".join(signs))
    plain = plain.encode()[:120].decode(errors="ignore").strip(" .~")
    return f"_{plain}" if not plain or _DEVICE.fullmatch(plain.split(".")[0].strip()) else plain
