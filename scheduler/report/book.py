"""Which workbooks a plan is delivered in, and which sheets each has."""

from models.finding import N_
from scheduler.quarter.answers.offers import offer_rows
from scheduler.report.answers_file import ANSWERS_XLSX, answers_book
from scheduler.report.quarter.need import need_table, positions_table
from scheduler.report.sheets.departments import department_books
from scheduler.report.sheets.explained import (
    consents_table,
    help_table,
    open_wishes_table,
    proposals_table,
    unused_table,
    wishes_table,
)
from scheduler.report.sheets.facts import (
    conflicts_table,
    deadlines_table,
    goals_table,
    policy_table,
)
from scheduler.report.sheets.months import months_table
from scheduler.report.sheets.municipalities import municipality_books
from scheduler.report.sheets.order import order_table
from scheduler.report.sheets.others import lot_table
from scheduler.report.sheets.people import locks_table, placements_table, waiting_table
from scheduler.report.sheets.summary import summary_table, usage_table
from scheduler.report.table import Book, Table
from scheduler.report.texts import Delivery

PLAN_XLSX = "plan.xlsx"
DEPARTMENTS = "departments"
MUNICIPALITIES = "municipalities"


def all_books(delivery: Delivery) -> dict[str, Book]:
    """Every workbook of a plan by its path in the folder, the coordinator's first."""
    t = delivery.translator
    title = t.text(N_("Plan for {round}"), round=delivery.round.name)
    offers = offer_rows(delivery.plan, delivery.round)
    found = {
        PLAN_XLSX: Book(PLAN_XLSX, tuple(plan_tables(delivery)), title),
        ANSWERS_XLSX: answers_book(delivery.plan, offers, t),
    }
    for place, books in (
        (DEPARTMENTS, department_books(delivery)),
        (MUNICIPALITIES, municipality_books(delivery)),
    ):
        found.update({f"{place}/{book.file}": book for book in books})
    return found


def plan_tables(delivery: Delivery) -> list[Table]:
    """Every sheet of plan.xlsx, in order."""
    # It loads the solver, which takes a second; whoever only reads a plan does without.
    from scheduler.report.quarter.changes import changes_table

    builders = (
        summary_table,
        placements_table,
        waiting_table,
        months_table,
        usage_table,
        wishes_table,
        help_table,
        unused_table,
        need_table,
        positions_table,
        order_table,
        consents_table,
        open_wishes_table,
        proposals_table,
        deadlines_table,
        conflicts_table,
        locks_table,
        lot_table,
        goals_table,
        policy_table,
    )
    tables = [build(delivery) for build in builders]
    changes = changes_table(delivery)
    return [*tables[:3], changes, *tables[3:]] if changes.rows else tables
