"""The first sheet: what came out, how sure it is, and how much of the offer is used."""

from collections import Counter
from collections.abc import Iterator

from models.finding import N_
from models.plan import WaitingPart
from scheduler.problem.calendar import DAY
from scheduler.report.sheets.others import lot_lines, other_lines
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery
from scheduler.rules.occupancy import stays_of

BEST = N_("The plan is proved to be the best possible under the policy.")
OUT_OF_TIME = N_(
    "Time ran out: this is the best plan found so far, and it is not proved that no plan is better."
)
_UNIQUE = {
    True: N_("It is the only plan with these goal values."),
    False: N_("Other plans have exactly the same goal values."),
    None: N_("Whether other plans have the same goal values was not examined."),
}


def verdict(delivery: Delivery) -> Iterator[str]:
    """How sure the plan is, in whole sentences."""
    t, plan = delivery.translator, delivery.plan
    yield t.text(BEST if plan.status == "optimal" else OUT_OF_TIME)
    yield t.text(_UNIQUE[plan.unique])
    yield from lot_lines(delivery)
    yield from other_lines(delivery)
    if plan.round.seed_reason:
        yield t.text(
            N_("The lot was drawn with the seed {seed}, because: {reason}"),
            seed=plan.round.seed,
            reason=plan.round.seed_reason,
        )
    if plan.set_aside:
        yield t.text(
            N_(
                "Set aside because of errors in their data, and not part of the plan: {candidates}."
            ),
            candidates=tuple(plan.set_aside),
        )
    if plan.conflicts:
        yield t.text(
            N_("{n} conflict between promises needs a decision."),
            N_("{n} conflicts between promises need a decision."),
            n=len(plan.conflicts),
        )


def figures(delivery: Delivery) -> list[tuple[str, int]]:
    """The key figures, each with its label."""
    t, plan, round = delivery.translator, delivery.plan, delivery.round
    parts = Counter(entry.part for entry in plan.unplaced)
    shapes = Counter(p.shape for p in plan.placements)
    hard = sum(p.points >= round.policy.hard_points for p in plan.placements)
    return [
        (t.text(N_("Open candidates")), len(round.open_candidates)),
        (t.text(N_("Placed")), len(plan.placements)),
        (t.text(N_("Of these joined of two windows")), shapes["joined"]),
        (t.text(N_("Of these three plus three")), shapes["split"]),
        (t.text(N_("Of these far from the wish")), hard),
        (t.text(N_("Not placed")), parts[WaitingPart.UNPLACED.value]),
        (t.text(N_("Past limit")), parts[WaitingPart.PAST_LIMIT.value]),
        (t.text(N_("Not yet ready")), parts[WaitingPart.NOT_YET_READY.value]),
        (t.text(N_("On hold")), parts[WaitingPart.ON_HOLD.value]),
        (t.text(N_("Locked places")), len(plan.locks)),
        (t.text(N_("Conflicts")), len(plan.conflicts)),
    ]


def summary_table(delivery: Delivery) -> Table:
    """The key figures, and in words how sure they are."""
    t, round = delivery.translator, delivery.round
    return Table(
        name=t.text(N_("Summary")),
        title=t.text(N_("Plan for {round}"), round=round.name),
        notes=(
            t.text(
                N_("Run date {run_date}. Next round {next}. Policy {policy}."),
                run_date=round.run_date,
                next=round.next_round_date,
                policy=round.policy_name,
            ),
            *verdict(delivery),
        ),
        columns=(Column(t.text(N_("Figure")), 46), Column(t.text(N_("Number")), 12)),
        rows=tuple(figures(delivery)),
        filtered=False,
    )


def usage_table(delivery: Delivery) -> Table:
    """How much of each site's vacancies is used."""
    t = delivery.translator
    return Table(
        name=t.text(N_("Use of the vacancies")),
        title=t.text(N_("Use of the vacancies")),
        notes=(t.text(N_("Months from the run date on, to the nearest whole month.")),),
        columns=(
            Column(t.heading("trust"), 34),
            Column(t.heading("site"), 34),
            Column(t.text(N_("Vacancies")), 12),
            Column(t.text(N_("Months offered")), 16),
            Column(t.text(N_("Locked")), 12),
            Column(t.text(N_("New")), 12),
            Column(t.text(N_("Unused")), 12),
        ),
        rows=tuple(_usage(delivery)),
        keys=2,
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
