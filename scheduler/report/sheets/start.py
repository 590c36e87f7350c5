"""The first sheet: what came out, what needs a decision, and where to look."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.finding import N_
from models.lock import LockStatus
from models.plan import WaitingPart
from scheduler.listing.deadlines import DeadlineState, deadlines
from scheduler.quarter.answers.offers import plan_offers, reply_day
from scheduler.report.sheets.explained import proposals
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


@dataclass(frozen=True, slots=True)
class _Decision:
    """Something for people to decide: how many it is about, who they are, by when, and the sheet
    that tells more.
    """

    what: str
    number: int
    who: tuple[str, ...] = ()
    by: date | None = None
    sheet: str = ""


def start_table(delivery: Delivery, sheets: Sequence[Listed]) -> Table:
    """The sheet, for a workbook that has these others; those without rows are left out there."""
    t, round = delivery.translator, delivery.round
    shown = [one for one in sheets if one.table.rows]
    decisions = _decisions_table(delivery, shown)
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
            *([] if decisions.rows else [t.text(N_("Nothing needs a decision now."))]),
        ),
        columns=(Column(t.text(N_("Figure")), 44), Column(t.text(N_("Number")), 9)),
        rows=tuple(figures(delivery)),
        filtered=False,
    )
    where = _where_table(delivery, shown, sheets)
    return stacked(first, decisions, replace(where, name=first.name))


def _decisions_table(delivery: Delivery, shown: Sequence[Listed]) -> Table:
    t = delivery.translator
    names = {one.table.name for one in shown}
    found = [one for one in _decisions(delivery) if one.number]
    return Table(
        name="",
        title=t.text(N_("What needs a decision")),
        columns=(
            Column(t.text(N_("What")), 44),
            Column(t.text(N_("Number")), 9),
            Column(t.text(N_("Who")), 76),
            Column(t.text(N_("By")), 12),
            Column(t.text(N_("Sheet")), 24),
        ),
        rows=tuple(
            (t.text(one.what), one.number, _people(delivery, one.who), one.by, one.sheet or None)
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


def _decisions(delivery: Delivery) -> Iterator[_Decision]:
    """Everything that people have to decide, the most urgent first."""
    plan, t = delivery.plan, delivery.translator
    conflicts = _once(who for c in plan.conflicts for who in c.candidate_ids)
    yield _Decision(
        N_("Promises that collide: decide what is to change"),
        len(plan.conflicts),
        conflicts,
        sheet=t.text(N_("Conflicts")),
    )
    yield _Decision(
        N_("Set aside because of errors in their data, and not part of the plan"),
        len(plan.set_aside),
        tuple(plan.set_aside),
    )
    yield from _offers(delivery)
    late = [
        d
        for d in deadlines(delivery.round, delivery.placements)
        if d.state in (DeadlineState.OVERDUE, DeadlineState.AT_ONCE)
    ]
    yield _Decision(
        N_("Confirmations and contracts that are late already: take them up at once"),
        len(late),
        _once(d.candidate_id for d in late if d.candidate_id),
        sheet=t.text(N_("Deadlines")),
    )
    past = tuple(u.candidate_id for u in plan.unplaced if u.part == WaitingPart.PAST_LIMIT.value)
    yield _Decision(
        N_("The wished period can no longer be kept: the municipality confirms a new wish"),
        len(past),
        past,
        sheet=t.text(N_("Waiting list")),
    )
    order = t.text(N_("Municipal order"))
    yield _Decision(
        N_("One more could be placed if somebody who goes first agreed to another place"),
        len(plan.consents),
        _once(entry.first for entry in plan.consents),
        sheet=order,
    )
    yield _Decision(
        N_("Wishes lost to somebody with a shorter wait and a narrower list: worth a talk"),
        len(plan.open_wishes),
        _once(entry.candidate_id for entry in plan.open_wishes),
        sheet=order,
    )
    above = proposals(delivery)
    yield _Decision(
        N_("Places farther from the wish than the region allows: to be discussed"),
        len(above),
        _once(entry.candidate_id for entry, _ in above),
        sheet=t.text(N_("What would help")),
    )
    unplaced = {u.candidate_id for u in plan.unplaced if u.part == WaitingPart.UNPLACED.value}
    alone = tuple(
        entry.candidate_id
        for entry in plan.help
        if entry.candidate_id in unplaced and not entry.remedies
    )
    yield _Decision(
        N_("Without a place, and no change that was tried helps: think of municipal service"),
        len(alone),
        alone,
        sheet=t.text(N_("What would help")),
    )


def _offers(delivery: Delivery) -> Iterator[_Decision]:
    """The offers that are out: those whose day has passed, and those that run."""
    round, t = delivery.round, delivery.translator
    sheet = t.text(N_("Placements"))
    days = [(offer, reply_day(round, offer)) for offer in plan_offers(delivery.plan)]
    passed = [(offer, day) for offer, day in days if day is not None and day < round.run_date]
    running = [day for _, day in days if day is not None and day >= round.run_date]
    blank = [k for k in round.locks if k.status is LockStatus.OFFERED and k.reply_by is None]
    yield _Decision(
        N_("Offers whose day for an answer has passed: ask again, or withdraw them"),
        len(passed),
        _once(offer.candidate_id for offer, _ in passed),
        min((day for _, day in passed), default=None),
        sheet,
    )
    yield _Decision(
        N_("Offers without a day for an answer: set one"),
        len(blank),
        _once(lock.candidate_id for lock in blank),
        sheet=sheet,
    )
    yield _Decision(
        N_("Offers that wait for an answer"),
        len(running),
        by=min(running, default=None),
        sheet=sheet,
    )


def _once(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(people))


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
