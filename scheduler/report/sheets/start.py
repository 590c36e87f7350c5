"""The first sheet: what came out, what needs a decision, and where to look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.finding import N_
from scheduler.report.sheets.decisions import decisions, waiting_offers
from scheduler.report.sheets.others import lot_lines
from scheduler.report.sheets.summary import BEST, OUT_OF_TIME, figures, set_aside_lines
from scheduler.report.table import Cell, Column, Table, stacked
from scheduler.report.texts import Delivery

# So many people are named in one cell; the sheet that it leads to has them all.
_MOST = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet of the workbook, and what it is for."""

    table: Table
    purpose: str


def start_table(delivery: Delivery, sheets: Sequence[Listed]) -> Table:
    """The sheet, for a workbook that has these others; those without rows are left out there."""
    t, round = delivery.translator, delivery.round
    shown = [one for one in sheets if one.table.rows]
    asked = _decisions_table(delivery, shown)
    first = Table(
        name=t.text(N_("Start here")),
        title=t.text(N_("Plan for {round}"), round=round.name),
        notes=(
            *set_aside_lines(delivery),
            t.text(
                N_("Run date {run_date}. Next round {next}. Policy {policy}."),
                run_date=round.run_date,
                next=round.next_round_date,
                policy=round.policy_name,
            ),
            t.text(BEST if delivery.plan.status == "optimal" else OUT_OF_TIME),
            *lot_lines(delivery),
            *([] if asked.rows else [t.text(N_("Nothing needs a decision now."))]),
        ),
        columns=(Column(t.text(N_("Figure")), 44), Column(t.text(N_("Number")), 9)),
        rows=tuple(figures(delivery)),
        filtered=False,
    )
    where = _where_table(delivery, shown, sheets)
    return stacked(first, asked, replace(where, name=first.name))


def _decisions_table(delivery: Delivery, shown: Sequence[Listed]) -> Table:
    t = delivery.translator
    names = {one.table.name for one in shown}
    found = [*decisions(delivery), *waiting_offers(delivery)]
    return Table(
        name="",
        title=t.text(N_("What needs a decision")),
        columns=(
            Column(t.text(N_("What")), 44),
            Column(t.text(N_("Candidates")), 11),
            Column(t.text(N_("Who")), 76),
            Column(t.text(N_("By")), 12),
            Column(t.text(N_("Sheet")), 24),
        ),
        rows=tuple(
            (
                one.title,
                len(one.people) or None,
                _people(delivery, one.people),
                one.by,
                one.sheet or None,
            )
            for one in found
        ),
        links={(n, 4): one.sheet for n, one in enumerate(found) if one.sheet in names},
        filtered=False,
    )


def _people(delivery: Delivery, who: Sequence[str]) -> Cell:
    """The first of them, with names, and how many more there are."""
    round = delivery.round
    told = [
        f"{round.candidate[w].name} {w}".strip() if w in round.candidate else w for w in who[:_MOST]
    ]
    rest = len(who) - len(told)
    if rest:
        told.append(delivery.translator.text(N_("and {n} more"), N_("and {n} more"), n=rest))
    return ", ".join(told) or None


def _where_table(delivery: Delivery, shown: Sequence[Listed], sheets: Sequence[Listed]) -> Table:
    t = delivery.translator
    empty = tuple(one.table.name for one in sheets if one not in shown)
    rows = tuple(
        (
            one.table.name,
            sum(len(part.rows) for _, part in one.table.placed()),
            t.text(one.purpose),
        )
        for one in shown
    )
    left_out = t.text(
        N_("Left out, as there is nothing to show: {sheets}."),
        sheets=empty,
    )
    return Table(
        name="",
        title=t.text(N_("Where to look")),
        notes=(left_out,) if empty else (),
        columns=(
            Column(t.text(N_("Sheet")), 44),
            Column(t.text(N_("Lines")), 9),
            Column(t.text(N_("What it is for")), 76),
        ),
        rows=rows,
        links={(n, 0): one.table.name for n, one in enumerate(shown)},
        filtered=False,
    )
