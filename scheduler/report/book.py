"""Which workbooks a plan is delivered in, and which sheets each has."""

from collections.abc import Iterator

from models.finding import N_
from scheduler.quarter.answers.offers import offer_rows
from scheduler.report.answers_file import answers_book
from scheduler.report.books.calendar import plan_calendar
from scheduler.report.books.departments import department_books
from scheduler.report.books.municipalities import municipality_books
from scheduler.report.books.trusts import trust_books
from scheduler.report.quarter.need import need_table, positions_table
from scheduler.report.sheets.explained import (
    consents_table,
    help_table,
    open_wishes_table,
    proposals_table,
    wishes_table,
)
from scheduler.report.sheets.facts import (
    conflicts_table,
    deadlines_table,
    goals_table,
    policy_table,
)
from scheduler.report.sheets.order import order_table
from scheduler.report.sheets.others import lot_table
from scheduler.report.sheets.people import placements_table, waiting_table
from scheduler.report.sheets.start import Listed, start_table
from scheduler.report.sheets.vacancies import unused_table, usage_table
from scheduler.report.table import Book, Table, stacked
from scheduler.report.texts import Delivery


def all_books(delivery: Delivery) -> dict[str, Book]:
    """Every workbook of a plan by its path in the folder, the coordinator's first."""
    t, names = delivery.translator, delivery.names
    title = t.text(N_("Plan for {round}"), round=delivery.round.name)
    offers = offer_rows(delivery.plan, delivery.round)
    found = {
        names.plan: Book(names.plan, tuple(plan_tables(delivery)), title),
        names.answers: answers_book(delivery.plan, offers, t),
    }
    for place, books in (
        (names.departments, department_books(delivery)),
        (names.trusts, trust_books(delivery)),
        (names.municipalities, municipality_books(delivery)),
    ):
        found.update({f"{place}/{book.file}": book for book in books})
    return found


def plan_tables(delivery: Delivery) -> list[Table]:
    """Every sheet of the coordinator's workbook, in order; what is empty is left out."""
    sheets = list(_sheets(delivery))
    shown = [one.table for one in sheets if one.table.rows]
    return [start_table(delivery, sheets), *shown]


def _sheets(delivery: Delivery) -> Iterator[Listed]:
    """The sheets after the first, with what each is for: those of every day, then the others."""
    # It loads the solver, which takes a second; whoever only reads a plan does without.
    from scheduler.report.quarter.changes import changes_table

    yield Listed(
        placements_table(delivery),
        N_("Who is placed where and when, and the places that were promised before."),
    )
    yield Listed(waiting_table(delivery), N_("Who has no new place, and what that means."))
    yield Listed(
        plan_calendar(delivery),
        N_("Who is where in which month, and what is free, trust by trust."),
    )
    yield Listed(wishes_table(delivery), N_("What became of every wish, and why."))
    yield Listed(
        stacked(proposals_table(delivery), help_table(delivery)),
        N_("What would give those without a place one, or those far from their wish a better one."),
    )
    yield Listed(
        stacked(consents_table(delivery), open_wishes_table(delivery), order_table(delivery)),
        N_("How each municipality's order was kept, who gave way to whom, and what it cost."),
    )
    yield Listed(
        stacked(usage_table(delivery), unused_table(delivery)),
        N_("Which positions are unused and why, and how much of the offer is used."),
    )
    yield Listed(
        stacked(positions_table(delivery), need_table(delivery)),
        N_("What was wished for where, and which further positions would help most."),
    )
    yield Listed(deadlines_table(delivery), N_("What has to be done by whom, and by when."))
    yield Listed(conflicts_table(delivery), N_("Promises that collide, and what would help."))
    if delivery.plan.since is not None:
        yield Listed(changes_table(delivery), N_("What is new since the plan before, and why now."))
    yield Listed(
        stacked(goals_table(delivery), lot_table(delivery)),
        N_("For whoever checks the plan: the goals with proof, and what only the lot decided."),
    )
    yield Listed(
        policy_table(delivery),
        N_("For whoever checks the plan: every number of the policy, and where it comes from."),
    )
