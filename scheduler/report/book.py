"""Writing: the plan as plan.json and workbooks, all or nothing."""

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
from scheduler.report.sheets.need import need_table, positions_table
from scheduler.report.sheets.order import order_table
from scheduler.report.sheets.others import lot_table
from scheduler.report.sheets.people import locks_table, placements_table, waiting_table
from scheduler.report.sheets.summary import summary_table, usage_table
from scheduler.report.table import Table
from scheduler.report.texts import Delivery


def plan_tables(delivery: Delivery) -> list[Table]:
    """Every sheet of plan.xlsx, in order."""
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
    return [build(delivery) for build in builders]
