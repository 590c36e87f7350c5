"""What would take for ever, and so cannot be meant: errors with what to write instead."""

from collections.abc import Mapping
from itertools import islice

from models.finding import N_, finding
from models.grouped import grouped
from models.vacancy import Vacancy
from scheduler.input.message import Severity
from scheduler.input.rows import Table, loose
from scheduler.problem.windows import joinable_pairs

# More than the whole country has.
_MOST_ROWS = {"candidates": 10_000, "vacancies": 10_000}
_MOST_PAIRS = 2_000

_ROWS = N_("There are {rows} rows, more than {most}; divide the round.")
_PAIRS = N_(
    "The department {department}, {site}, has so many short windows that six months could be "
    "joined in more than {most} ways; write windows with the same days as one, with the number of "
    "positions."
)


def check_sizes(tables: Mapping[str, Table]) -> None:
    """Add an error where options would grow with the square of what is written."""
    for sheet, most in _MOST_ROWS.items():
        table = tables.get(sheet)
        if table is not None and len(table.rows) > most:
            line = table.rows[most].line
            found = finding(_ROWS, rows=len(table.rows), most=most)
            table.say(Severity.ERROR, line, None, found)
    table = tables.get("vacancies")
    if table is None or len(table.rows) > _MOST_ROWS["vacancies"]:
        return
    sound = [row for row in table.rows if row.sound]
    lines = {row.values.get("vacancy_id"): row.line for row in sound}
    windows: list[Vacancy] = [loose(Vacancy, row) for row in sound]
    for key, own in grouped(windows, lambda v: v.department_key).items():
        if len(list(islice(joinable_pairs(own), _MOST_PAIRS + 1))) > _MOST_PAIRS:
            found = finding(_PAIRS, department=key.department, site=key.site, most=_MOST_PAIRS)
            table.say(Severity.ERROR, lines[own[0].vacancy_id], "department", found)
