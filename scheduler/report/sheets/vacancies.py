"""The sheet about vacancies: why positions are unused, and how much of the offer is used."""

from collections.abc import Iterator

from models.finding import N_
from scheduler.explanations.wording.words import unused_findings
from scheduler.problem.calendar import DAY, whole_months
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery
from scheduler.rules.occupancy import stays_of


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
    import pandas as pd  # takes long to load, and few commands need it

    round = delivery.round
    start = round.run_date
    offered = [
        {
            "trust": v.trust,
            "site": v.site,
            "vacancies": 1,
            "offered": max(0, (v.end + DAY - max(v.start, start)).days) * v.positions,
        }
        for v in round.vacancies
    ]
    used = [
        {
            "trust": round.vacancy[s.vacancy_id].trust,
            "site": round.vacancy[s.vacancy_id].site,
            "new" if s.new else "locked": max(0, (s.last + DAY - max(s.first, start)).days),
        }
        for s in stays_of(round, delivery.placements)
        if s.vacancy_id in round.vacancy
    ]
    numbers = ["vacancies", "offered", "locked", "new"]
    days = pd.DataFrame([*offered, *used], columns=["trust", "site", *numbers]).fillna(0)
    sites = days.groupby(["trust", "site"], as_index=False)[numbers].sum()
    for row in sites.to_dict("records"):
        unused = max(0.0, row["offered"] - row["locked"] - row["new"])
        months = [round_months(d) for d in (row["offered"], row["locked"], row["new"], unused)]
        yield (str(row["trust"]), str(row["site"]), int(row["vacancies"]), *months)


def round_months(days: float) -> int:
    """Days as whole months of 30.4 days, to the nearest."""
    return int(days / 30.4375 + 0.5)
