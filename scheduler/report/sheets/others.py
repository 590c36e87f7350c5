"""What else would have been possible: the lot, and other principles."""

from collections.abc import Iterator

from models.entry import ChangeEntry
from models.finding import N_
from models.placement import Placement
from models.plan import LotEntry
from scheduler.goals.order import Order
from scheduler.goals.placed import Placed
from scheduler.report.table import Cell, Column, Table
from scheduler.report.texts import Delivery, span


def lot_lines(delivery: Delivery) -> Iterator[str]:
    """How much only the lot decided, in whole sentences."""
    t, lot = delivery.translator, delivery.plan.lot
    if lot.groups:
        yield t.text(
            N_("The lot alone decided {n} case; the sheet {sheet} lists it."),
            N_("The lot alone decided {n} cases; the sheet {sheet} lists them."),
            n=len(lot.groups),
            sheet=t.text(TECHNICAL),
        )
    elif lot.examined:
        yield t.text(N_("Nothing was decided by the lot alone."))
    if not lot.examined:
        yield t.text(_not_examined(lot))


def _not_examined(lot: LotEntry) -> str:
    """What to say where not everything that only the lot decided was looked for."""
    if lot.groups:
        return N_("Whether the lot alone decided more than that was not examined.")
    return N_("Whether the lot alone decided anything was not examined.")


def other_lines(delivery: Delivery) -> Iterator[str]:
    """What one fewer placed, and another principle, would have given."""
    t, plan = delivery.translator, delivery.plan
    own = [p.points for p in plan.placements]
    if plan.one_fewer is not None and plan.one_fewer.placed:
        yield t.text(
            N_(
                "The price of placing so many: the best plan with fewer placed ({placed}) has "
                "{total} points in all and {worst} at worst, this one {own_total} and {own_worst}."
            ),
            placed=plan.one_fewer.placed,
            total=plan.one_fewer.total_points,
            worst=plan.one_fewer.worst_points,
            own_total=sum(own),
            own_worst=max(own, default=0),
        )
    elif plan.one_fewer is None and own and Placed.id in delivery.round.policy.goals:
        yield t.text(N_("What one fewer placed would have given was not examined."))
    figures = plan.comparison.figures
    if plan.comparison.policy:
        who = plan.comparison.policy
        if figures is None:
            yield t.text(
                N_("What the policy {policy} would have given was not examined."), policy=who
            )
        elif not figures.placed:
            yield t.text(N_("The policy {policy} would have placed nobody."), policy=who)
        else:
            yield t.text(
                N_(
                    "The policy {policy} would have placed {placed}, the worst of them with "
                    "{worst} points."
                ),
                policy=who,
                placed=figures.placed,
                worst=figures.worst_points,
            )
    elif figures is None:
        yield t.text(
            N_("What a strict queue by waiting time would have given was not examined.")
            if Order.id in plan.comparison.goals
            else N_("What placing as many as possible would have given was not examined.")
        )
    elif not figures.placed:
        yield t.text(
            N_("A strict queue by waiting time would have placed nobody.")
            if Order.id in plan.comparison.goals
            else N_("Placing as many as possible would have placed nobody.")
        )
    else:
        yield t.text(
            N_(
                "A strict queue by waiting time would have placed {placed}, the worst of them with "
                "{worst} points."
            )
            if Order.id in plan.comparison.goals
            else N_(
                "Placing as many as possible would have placed {placed}, the worst of them with "
                "{worst} points."
            ),
            placed=figures.placed,
            worst=figures.worst_points,
        )


TECHNICAL = N_("Technical – goals and lot")


def lot_table(delivery: Delivery) -> Table:
    """Who has what only because of the lot, and what they would have had otherwise."""
    t, plan = delivery.translator, delivery.plan
    now = {p.candidate_id: p for p in delivery.placements}
    only_lot, nothing = t.text(N_("The lot alone")), t.text(N_("Nothing: it could be either"))
    groups = [(only_lot, group) for group in plan.lot.groups]
    groups += [(nothing, plan.other_plan)] if plan.other_plan else []
    rows = tuple(
        (
            number,
            change.candidate_id,
            *outcome_cells(delivery, now.get(change.candidate_id)),
            decided,
            delivery.name(change.candidate_id),
            *reversed(outcome_cells(delivery, _then(change))),
        )
        for number, (decided, group) in enumerate(groups, 1)
        for change in group
    )
    return Table(
        name=t.text(TECHNICAL),
        title=t.text(N_("Decided by the lot")),
        notes=(
            t.text(
                N_(
                    "Each case is a plan that is exactly as good by every goal before the lot; all "
                    "its changes go together."
                )
            ),
            *(() if plan.lot.examined else (t.text(_not_examined(plan.lot)),)),
        ),
        columns=(
            Column(t.text(N_("Case")), 8),
            Column(t.heading("candidate_id"), 15),
            Column(t.text(N_("In this plan")), 64),
            Column(t.text(N_("Points")), 16),
            Column(t.text(N_("Decided by")), 22),
            Column(t.heading("name"), 22),
            Column(t.text(N_("Points then")), 9),
            Column(t.text(N_("Just as good")), 36),
        ),
        rows=rows,
        keys=2,
    )


def _then(change: ChangeEntry) -> Placement | None:
    return None if change.placement is None else change.placement.placement()


def outcome_cells(delivery: Delivery, placement: Placement | None) -> tuple[Cell, Cell]:
    """Where and when somebody is placed, if they are, and with how many points."""
    t = delivery.translator
    if placement is None:
        return t.text(N_("Not placed")), None
    texts = [f"{s.vacancy_id}: {span(s, t)}" for s in placement.bare]
    return "; ".join(texts), placement.points
