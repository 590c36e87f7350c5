"""What a delivered workbook keeps in its hidden sheet."""

from models.plan import Plan
from models.stamp import Stamp
from scheduler.report.table import Book


def stored_in(book: Book, plan: Plan) -> str:
    """The plan itself for the coordinator's workbook, what it asks about for all others. A workbook
    cannot hold its own SHA-256, so the plan names no files.
    """
    if book.kind is None:
        return plan.model_copy(update={"files": {}}).to_json()
    return Stamp.of(plan, book.kind, book.offers).to_json()
