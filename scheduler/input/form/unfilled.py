"""What of a form is still to be filled in, where blank cells are no errors but nothing can come of
them, or something else than is meant.
"""

from collections.abc import Iterator, Mapping

from models.department import Department
from models.finding import N_, Finding, finding
from models.municipality import Agreement, Municipality
from models.policy import Policy
from scheduler.input.files.grid import is_blank
from scheduler.input.message import Message, Severity
from scheduler.input.rows import Table
from scheduler.locale import Translator

_NO_AGREEMENTS = N_(
    "There are no agreements in the sheet, and the policy asks for one between municipality and "
    "trust, so nobody can be placed. Write a line for each."
)
_NONE_REGISTERED = N_(
    "No municipality in the sheet is registered, so nobody can be placed. Write yes, or the day "
    "from which it is, in the column {column}."
)


def unfilled(
    tables: Mapping[str, Table], policy: Policy | None, translator: Translator
) -> Iterator[Message]:
    """A warning for each kind of thing that is still to be filled in."""
    agreements = tables.get(Agreement.sheet)
    if agreements and not agreements.rows and policy is not None and policy.require_agreement:
        yield _warning(agreements, 0, "", finding(_NO_AGREEMENTS))
    towns = tables.get(Municipality.sheet)
    if towns and towns.rows and not any(_registered(towns)):
        column = translator.column("registered_from")
        found = finding(_NONE_REGISTERED, column=column)
        yield _warning(towns, 0, "registered_from", found)
    departments = tables.get(Department.sheet)
    if departments and "approved" in departments.columns:
        yield from _not_said(departments, translator)


def _registered(towns: Table) -> Iterator[bool]:
    """Whether each municipality is registered, now or later, or may be: what is there cannot be
    read.
    """
    for row in towns.rows:
        yield "registered_from" in row.broken or bool(row.values.get("registered_from"))


def _not_said(departments: Table, translator: Translator) -> Iterator[Message]:
    blank = [row for row in departments.rows if is_blank(row.raw.get("approved"))]
    if blank:
        first = blank[0]
        found = finding(
            N_(
                "It is not said whether {n} department is approved: {department} ({site}). Blank "
                "counts as yes. Write yes or no in the column {column}."
            ),
            plural=N_(
                "It is not said whether {n} departments are approved, the first {department} "
                "({site}). Blank counts as yes. Write yes or no in the column {column}."
            ),
            n=len(blank),
            department=str(first.values.get("department", "")),
            site=str(first.values.get("site", "")),
            column=translator.column("approved"),
        )
        yield _warning(departments, first.line, "approved", found)


def _warning(table: Table, line: int, field: str, found: Finding) -> Message:
    place = table.grid.place(line, table.columns.get(field, 0))
    return Message(Severity.WARNING, place, "", found)
