"""Vacancies over time: a bar of months for everybody who serves there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from models.finding import N_
from models.lock import LockStatus
from models.vacancy import Vacancy
from scheduler.locale import capital
from scheduler.problem.calendar import DAY, add_months
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import Delivery
from scheduler.rules.occupancy import Overfull, Stay, overfull, stays_of

# A page of paper has room for no more; nothing new begins later than the policy's horizon.
_MOST_MONTHS = 30
# How far a promise has come, in colours.
STATUS_TINTS = {
    LockStatus.OFFERED: Tint.OFFERED,
    LockStatus.ACCEPTED: Tint.ACCEPTED,
    LockStatus.CONTRACT: Tint.CONTRACT,
    LockStatus.IN_SERVICE: Tint.IN_SERVICE,
}

_WIDTHS = {"trust": 19, "site": 21, "department": 20}

# What stands in somebody's bar.
Label = Callable[[Stay], str]


def calendar_name(delivery: Delivery) -> str:
    """What the sheet is called."""
    return delivery.translator.text(N_("Calendar"))


def plan_calendar(delivery: Delivery) -> Table:
    """Every vacancy with everybody's name; each trust begins on a page of its own."""

    def label(stay: Stay) -> str:
        return f"{delivery.name(stay.candidate_id)} {stay.candidate_id}".strip()

    own = delivery.round.vacancies
    table = calendar_table(
        delivery,
        calendar_name(delivery),
        own,
        label,
        months_of(delivery, own),
        places=("trust", "site", "department"),
    )
    trusts = [row[0] for row in table.rows]
    begins = (n for n in range(1, len(trusts)) if trusts[n] != trusts[n - 1])
    return replace(table, breaks=frozenset(begins), filtered=True)


def accepted_name(delivery: Delivery, stay: Stay) -> str:
    """The name once the place is accepted, until then the id."""
    known = not stay.new and _status(delivery, stay) is not LockStatus.OFFERED
    return (delivery.name(stay.candidate_id) if known else "") or stay.candidate_id


def calendar_table(
    delivery: Delivery,
    title: str,
    vacancies: Iterable[Vacancy],
    label: Label,
    months: Sequence[date],
    *,
    places: Sequence[str] = ("site", "department"),
) -> Table:
    """A row for each vacancy and position, a column for each month: who is there, what is free.

    `places`: the columns that tell where a vacancy is; none where all are of one department.
    """
    t, round = delivery.translator, delivery.round
    stays = stays_of(round, delivery.placements)
    fixed = len(places) + 1
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for vacancy in sorted(vacancies, key=lambda v: (v.department_key, v.start, v.vacancy_id)):
        own = [s for s in stays if s.vacancy_id == vacancy.vacancy_id]
        full = list(overfull(own, vacancy.positions))
        for lane in lanes(vacancy, own):
            cells: list[Cell] = []
            for column, month in enumerate(months, fixed):
                tints[len(rows), column] = _tint(delivery, lane, month, full)
                cells.append(_text(lane, month, months[0], label) or None)
            if any(tints[len(rows), fixed + n] is not Tint.OUTSIDE for n in range(len(months))):
                where = (getattr(vacancy, name) for name in places)
                rows.append((*where, vacancy.vacancy_id, *cells))
    return Table(
        name=calendar_name(delivery),
        title=title,
        columns=(
            *(Column(t.heading(name), _WIDTHS[name]) for name in places),
            Column(t.heading("vacancy_id"), 9 if places else 12),
            *(Column(t.month(m), 4, narrow=True) for m in months),
        ),
        rows=tuple(rows),
        notes=tuple(_notes(delivery)),
        keys=fixed,
        tints=tints,
        legend=tuple(legend(delivery, tints)),
        filtered=False,
    )


def _notes(delivery: Delivery) -> Iterator[str]:
    yield delivery.translator.text(
        N_(
            "A bar begins in the month when service begins; where two names have a stroke between "
            "them, one follows the other in that month."
        )
    )


def legend(
    delivery: Delivery,
    used: Mapping[tuple[int, int], Tint],
    outside: str = N_("Not free"),
) -> Iterator[tuple[str, Tint]]:
    """What the colours mean, those that are used; `outside` is said of the grey one."""
    t = delivery.translator
    meanings = {
        Tint.NEW: t.text(N_("New in this plan")),
        **{tint: t.word(status) for status, tint in STATUS_TINTS.items()},
        Tint.FREE: t.text(N_("Free")),
        Tint.OUTSIDE: t.text(outside),
        Tint.WARN: t.text(N_("Overfull")),
    }
    tints = {*used.values()}
    yield from ((capital(text), tint) for tint, text in meanings.items() if tint in tints)


def months_of(delivery: Delivery, vacancies: Iterable[Vacancy]) -> list[date]:
    """The months of some vacancies: to the last day of a window, or of service in one."""
    own = {v.vacancy_id: v.end for v in vacancies}
    stays = stays_of(delivery.round, delivery.placements)
    return months_to(delivery, [*own.values(), *(s.last for s in stays if s.vacancy_id in own)])


def months_to(delivery: Delivery, ends: Iterable[date]) -> list[date]:
    """The first days of the months shown: from the run date to the last of some days."""
    start = delivery.round.run_date.replace(day=1)
    last = max(ends, default=start)
    months = [start]
    while (following := add_months(months[-1], 1)) <= last and len(months) < _MOST_MONTHS:
        months.append(following)
    return months


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of a vacancy: who serves there one after another, and the days (first and last) on
    which it is a position. `extra`: a line for those whom there is no position for when they come.
    """

    stays: tuple[Stay, ...]
    open: tuple[tuple[date, date], ...]
    extra: bool


def lanes(vacancy: Vacancy, stays: Sequence[Stay]) -> list[Lane]:
    """The stays dealt out over the positions; more lines than positions where it is overfull.

    Whoever is on an extra line takes a position once there is one, and it is free on no other line.
    """
    dealt = _dealt(stays, vacancy.positions)
    closed = _closed(vacancy, dealt)
    return [
        Lane(
            tuple(own),
            () if number >= vacancy.positions else tuple(_without(vacancy, closed[number])),
            number >= vacancy.positions,
        )
        for number, own in enumerate(dealt)
    ]


def _dealt(stays: Sequence[Stay], positions: int) -> list[list[Stay]]:
    dealt: list[list[Stay]] = [[] for _ in range(positions)]
    for stay in stays:
        free = next((lane for lane in dealt if not lane or lane[-1].last < stay.first), None)
        if free is None:
            dealt.append([stay])
        else:
            free.append(stay)
    return dealt


def _closed(vacancy: Vacancy, dealt: Sequence[Sequence[Stay]]) -> list[list[tuple[date, date]]]:
    """For each position the days on which its line is empty because of somebody on an extra one."""
    closed: list[list[tuple[date, date]]] = [[] for _ in range(vacancy.positions)]
    edges = {day for own in dealt for s in own for day in (s.first, s.last + DAY)}
    for day, following in pairwise(sorted(edges)):
        busy = [any(s.first <= day <= s.last for s in own) for own in dealt]
        idle = [n for n in range(vacancy.positions) if not busy[n]]
        for number in idle[: sum(busy[vacancy.positions :])]:
            closed[number].append((day, following - DAY))
    return closed


def _without(vacancy: Vacancy, closed: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """The days of the vacancy's window but for some, which are in order."""
    first = vacancy.start
    for start, end in closed:
        if first < start:
            yield first, min(start - DAY, vacancy.end)
        first = max(first, end + DAY)
    if first <= vacancy.end:
        yield first, vacancy.end


def _in_month(lane: Lane, month: date) -> list[Stay]:
    last = add_months(month, 1) - DAY
    return [s for s in lane.stays if s.first <= last and month <= s.last]


def _text(lane: Lane, month: date, earliest: date, label: Label) -> str:
    here = _in_month(lane, month)
    return " / ".join(label(s) for s in here if s.first >= month or month == earliest)


def _tint(delivery: Delivery, lane: Lane, month: date, full: Iterable[Overfull]) -> Tint:
    here, last = _in_month(lane, month), add_months(month, 1) - DAY
    if here:
        now = [o for o in full if o.first <= last and month <= o.last]
        warn = lane.extra and any(s in o.stays for o in now for s in here)
        return Tint.WARN if warn else stay_tint(delivery, here[-1])
    free = any(start <= last and month <= end for start, end in lane.open)
    return Tint.FREE if free else Tint.OUTSIDE


def stay_tint(delivery: Delivery, stay: Stay) -> Tint:
    """The colour of somebody's service, by how far the promise has come."""
    status = None if stay.new else _status(delivery, stay)
    return Tint.NEW if status is None else STATUS_TINTS[status]


def _status(delivery: Delivery, stay: Stay) -> LockStatus | None:
    locks = delivery.round.locks_of.get(stay.candidate_id, ())
    found = (k for k in locks if (k.vacancy_id, k.start) == (stay.vacancy_id, stay.first))
    return next((lock.status for lock in found), None)
