"""The sheet about vacancies: why positions are unused, and how much of the offer is used."""

from collections.abc import Iterator
from datetime import date

from models.finding import N_
from models.grouped import grouped
from scheduler.explanations.wording.words import unused_findings
from scheduler.problem.calendar import DAY, whole_months
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery
from scheduler.rules.occupancy import VACANCY, Stays


def unused_table(delivery: Delivery) -> Table:
    """Why positions are unused."""
    t = delivery.translator
    return Table(
        name=t.text(N_("Vacancies")),
        title=t.text(N_("Why positions are unused")),
        columns=(
            Column(t.heading("site"), 22),
            Column(t.heading("department"), 22),
            Column(t.heading("vacancy_id"), 10),
            Column(t.text(N_("From")), 11),
            Column(t.text(N_("To")), 11),
            Column(t.heading("positions"), 9),
            Column(t.text(N_("Months")), 9),
            Column(t.text(N_("Why")), 90),
        ),
        rows=tuple(
            (
                *delivery.place(entry.vacancy_id)[1:],
                entry.vacancy_id,
                entry.first,
                entry.last,
                entry.positions,
                whole_months(entry.first, entry.last),
                " ".join(t.finding(found) for found in unused_findings(entry)),
            )
            for entry in delivery.plan.unused
        ),
        keys=4,
    )


def usage_table(delivery: Delivery) -> Table:
    """How much of each site's vacancies is used."""
    t = delivery.translator
    return Table(
        name=t.text(N_("Use of the vacancies")),
        title=t.text(N_("Use of the vacancies")),
        notes=(t.text(N_("Months from the run date on, to the nearest whole month.")),),
        columns=(
            Column(t.heading("trust"), 22),
            Column(t.heading("site"), 22),
            Column(t.text(N_("Vacancies")), 10),
            Column(t.text(N_("Months offered")), 11),
            Column(t.text(N_("Locked")), 11),
            Column(t.text(N_("New")), 9),
            Column(t.text(N_("Unused")), 9),
        ),
        rows=tuple(_usage(delivery)),
        keys=2,
        filtered=False,
    )


def _usage(delivery: Delivery) -> Iterator[tuple[Cell, ...]]:
    """Vacancies and months by site, from the run date on: offered, locked, new and unused."""
    round, start = delivery.round, delivery.round.run_date
    stays = Stays(round, delivery.placements).at(VACANCY)
    by_site = grouped(round.vacancies, lambda v: (v.trust, v.site))
    for (trust, site), own in sorted(by_site.items()):
        here = [stay for v in own for stay in stays[v.vacancy_id]]
        offered = sum(_days(v.start, v.end, start) * v.positions for v in own)
        locked = sum(_days(s.first, s.last, start) for s in here if not s.new)
        new = sum(_days(s.first, s.last, start) for s in here if s.new)
        unused = max(0, offered - locked - new)
        yield (trust, site, len(own), *map(round_months, (offered, locked, new, unused)))


def _days(first: date, last: date, start: date) -> int:
    """The days from first to last that are not before the start."""
    return max(0, (last + DAY - max(first, start)).days)


def round_months(days: int) -> int:
    """Days as whole months of 30.4 days, to the nearest."""
    return int(days / 30.4375 + 0.5)
