"""The sheet with every vacancy over time: a coloured grid of months."""

from collections.abc import Sequence
from datetime import date

from models.finding import N_
from models.vacancy import Vacancy
from scheduler.problem.calendar import DAY, add_months
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import Delivery
from scheduler.rules.occupancy import Stay, stays_of

_MOST_MONTHS = 48


def months_table(delivery: Delivery) -> Table:
    """A row per vacancy and position, a column per month; who is there, and what is free."""
    t, round = delivery.translator, delivery.round
    stays = stays_of(round, delivery.placements)
    months = months_shown(delivery, stays)
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    in_order = sorted(round.vacancies, key=lambda v: (v.department_key, v.start, v.vacancy_id))
    for vacancy in in_order:
        own = [s for s in stays if s.vacancy_id == vacancy.vacancy_id]
        for number, lane in enumerate(lanes(own, vacancy.positions), 1):
            fixed: tuple[Cell, ...] = (
                vacancy.vacancy_id,
                number,
                vacancy.site,
                vacancy.department,
                vacancy.start,
                vacancy.end,
            )
            cells: list[Cell] = []
            for column, month in enumerate(months, len(fixed)):
                extra = number > vacancy.positions
                text, tint = _cell(vacancy, lane, month, months[0], extra=extra)
                cells.append(text)
                tints[len(rows), column] = tint
            rows.append((*fixed, *cells))
    return Table(
        name=t.text(N_("Vacancies over time")),
        title=t.text(N_("Vacancies over time")),
        columns=(
            Column(t.heading("vacancy_id"), 11),
            Column(t.text(N_("Position")), 9),
            Column(t.heading("site"), 24),
            Column(t.heading("department"), 24),
            Column(t.text(N_("First day")), 11),
            Column(t.text(N_("Last day")), 11),
            *(Column(t.month(m), 7, narrow=True) for m in months),
        ),
        rows=tuple(rows),
        notes=(
            t.text(
                N_(
                    "The id stands in the month when service begins; two with a stroke between "
                    "them change places in that month."
                )
            ),
        ),
        keys=2,
        tints=tints,
        legend=(
            (t.text(N_("New")), Tint.NEW),
            (t.text(N_("Locked")), Tint.LOCKED),
            (t.text(N_("Free")), Tint.FREE),
            (t.text(N_("Outside")), Tint.OUTSIDE),
            (t.text(N_("Overfull")), Tint.WARN),
        ),
    )


def months_shown(delivery: Delivery, stays: Sequence[Stay]) -> list[date]:
    """The first days of the months shown: from the run date to the last window's end."""
    start = delivery.round.run_date.replace(day=1)
    ends = [v.end for v in delivery.round.vacancies] + [s.last for s in stays]
    last = max(ends, default=start)
    months = [start]
    while (following := add_months(months[-1], 1)) <= last and len(months) < _MOST_MONTHS:
        months.append(following)
    return months


def lanes(stays: Sequence[Stay], positions: int) -> list[list[Stay]]:
    """The stays dealt out over positions; more lanes than positions where it is overfull."""
    dealt: list[list[Stay]] = [[] for _ in range(positions)]
    for stay in stays:
        free = next((lane for lane in dealt if not lane or lane[-1].last < stay.first), None)
        if free is None:
            dealt.append([stay])
        else:
            free.append(stay)
    return dealt


def _cell(
    vacancy: Vacancy, lane: Sequence[Stay], month: date, earliest: date, *, extra: bool
) -> tuple[str, Tint]:
    last = add_months(month, 1) - DAY
    here = [s for s in lane if s.first <= last and month <= s.last]
    beginning = "/".join(s.candidate_id for s in here if s.first >= month or month == earliest)
    if here:
        tint = Tint.NEW if here[-1].new else Tint.LOCKED
        return beginning, Tint.WARN if extra else tint
    within = vacancy.start <= last and month <= vacancy.end and not extra
    return "", Tint.FREE if within else Tint.OUTSIDE
