"""The sheets about what the region lacks."""

from collections.abc import Iterator
from datetime import date

from models.finding import N_
from models.need import PositionNeedEntry
from scheduler.locale import Translator
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.report.texts import Delivery, period_text


def need_table(delivery: Delivery) -> Table:
    """First wishes by place and quarter, and what became of them."""
    t, need = delivery.translator, delivery.plan.need
    anything = t.text(N_("any"))
    entries = [] if need is None else need.places
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            entry.trust or anything,
            entry.site or anything,
            entry.department or anything,
            quarter_text(t, entry.quarter),
            entry.first_wishes,
            entry.placed,
            entry.unmet,
        )
        for entry in entries
    )
    return Table(
        name=t.text(N_("Need")),
        title=t.text(N_("First wishes, and what became of them")),
        notes=(
            t.text(
                N_(
                    "Counted by the quarter of the wished first day, over those who could get "
                    "something new."
                )
            ),
        ),
        columns=(
            Column(t.heading("trust"), 30),
            Column(t.heading("site"), 32),
            Column(t.heading("department"), 30),
            Column(t.text(N_("Wished quarter")), 16),
            Column(t.text(N_("First wishes")), 14),
            Column(t.text(N_("Placed there")), 11),
            Column(t.text(N_("Not met")), 11),
        ),
        rows=rows,
        keys=4,
        tints={(n, 6): Tint.FREE for n, entry in enumerate(entries) if entry.unmet},
    )


def positions_table(delivery: Delivery, *, named: bool = True) -> Table:
    """The further positions that would place most of those without a place; with their ids, or
    only how many they are.
    """
    t, need = delivery.translator, delivery.plan.need
    entries = [] if need is None else need.positions
    return Table(
        name=t.text(N_("Further positions")),
        title=t.text(N_("The further positions that would place most of those without a place")),
        notes=tuple(_notes(delivery)),
        columns=(
            Column(t.heading("trust"), 30),
            Column(t.heading("site"), 32),
            Column(t.heading("department"), 30),
            Column(t.text(N_("First day")), 16),
            Column(t.text(N_("Months")), 14),
            Column(t.text(N_("No.")), 11),
            Column(t.text(N_("Would place")), 11),
            *([Column(t.text(N_("Who would be placed")), 62)] if named else []),
        ),
        rows=tuple(
            (
                entry.trust,
                entry.site,
                entry.department,
                entry.first,
                entry.months,
                number,
                len(entry.services),
                *([_people(t, entry)] if named else []),
            )
            for number, entry in enumerate(entries, 1)
        ),
        keys=6,
        filtered=False,
    )


def _notes(delivery: Delivery) -> Iterator[str]:
    t, need = delivery.translator, delivery.plan.need
    yield t.text(
        N_(
            "Each is one position in an ordinary vacancy, tried with everybody else where the plan "
            "has them, and with the positions above it."
        )
    )
    if need is None or not need.examined:
        yield t.text(N_("Not all was examined: time ran out."))
    elif not need.positions:
        yield t.text(N_("No further position of those tried would place anybody."))


def _people(t: Translator, entry: PositionNeedEntry) -> str:
    return "; ".join(f"{s.candidate_id}: {period_text(t, s.start, s.end)}" for s in entry.services)


def quarter_text(t: Translator, first: date) -> str:
    """A quarter of a year, by its first day."""
    return t.text(N_("Quarter {n}, {year}"), n=(first.month + 2) // 3, year=first.year)
