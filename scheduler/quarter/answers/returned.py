"""A workbook that came back: whose it is, and the answers in it, each with its cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from models.answer import ANSWER_CELLS, OFFER_CELLS, Answer
from models.finding import N_, Finding, finding
from models.plan import Plan
from models.stamp import Stamp
from models.vacancy import Vacancy
from scheduler.input.files.grid import Grid, as_text, is_blank
from scheduler.input.files.source import find_source, open_grids
from scheduler.input.message import Message, Place, Severity
from scheduler.input.rows import Row, Table, errors, read_table
from scheduler.input.sheets import field_names
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator
from scheduler.quarter.answers.offers import key_of
from scheduler.support.errors import UnreadableError
from scheduler.support.excel import HIDDEN_SHEET

CANDIDATE = N_("Candidate")  # the header of the departments' column, which has ids or names

_NO_STAMP = N_(
    "This is not a workbook that alis sends out to be answered, or its hidden sheet is gone; name "
    "the file that came back."
)
_OTHER_PLAN = N_(
    "This belongs to the plan for {round} with run date {run_date}, not to the plan for {own} with "
    "run date {own_date}. Nothing in it is used."
)
_SAME_ROUND = N_(
    "This belongs to another plan for {round}, not to the one that is named. Nothing in it is used."
)
_NOT_ASKED = N_("Nothing is asked in this workbook, so it was passed over.")
_NO_ANSWERS = N_("There is no sheet with a column {column}; use the file as it was sent out.")
_CHANGED = N_(
    "What was offered cannot be changed here: it was {old} when it was sent out. Write that again, "
    "and put the wish for something else into the comment."
)
_NOT_OFFERED = N_("Nobody is asked about this row, as there is no such offer; delete the answer.")
_NO_RESULT = N_(
    "The formula has no stored result; open and save the file in Excel, or write the answer itself."
)
_TOO_EARLY = N_("The answer is dated before the offer was made, on {run_date}; correct the day.")

# Which answers a workbook of each kind is asked for.
_ASKED: Mapping[str, tuple[str, ...]] = {
    "answers": ANSWER_CELLS,
    "department": ("department_answer", "comment"),
    "municipality": ("candidate_answer", "answered_on", "comment"),
}
# The columns by which the header of a department's unused time is known.
_UNUSED = {"vacancy_id", "positions"}


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was written into an answer cell."""

    offer: Answer
    field: str
    value: Any
    place: Place


@dataclass(frozen=True)
class Returned:
    """A workbook that came back, as far as it can be understood: `given` in the order of lines.

    A notice in `messages` says that there was nothing to read; all others stop.
    """

    stamp: Stamp | None
    given: tuple[Given, ...]
    messages: tuple[Message, ...]


def read_returned(path: Path, plan: Plan, translator: Translator) -> Returned:
    """Read one file. What is wrong is told in the messages."""
    whole = Place(str(path), "")

    def refused(found: Finding, stamp: Stamp | None = None) -> Returned:
        return Returned(stamp, (), (Message(Severity.ERROR, whole, "", found),))

    passed_over = (Message(Severity.NOTICE, whole, "", finding(_NOT_ASKED)),)

    try:
        opened = list(open_grids(find_source(path)))
    except UnreadableError as error:
        return refused(error.finding)
    grids = [replace(g, file=str(path)) for g in opened if isinstance(g, Grid)]
    unread = [m for m in opened if isinstance(m, Message)]
    if unread:
        return refused(unread[0].finding)
    stamp = find_stamp(grids)
    if stamp is None:
        if _keeps(grids, plan):
            return Returned(None, (), passed_over)
        return refused(finding(_NO_STAMP))
    if stamp.plan != plan.fingerprint:
        return refused(_other_plan(stamp, plan))
    asked = _ASKED.get(stamp.kind)
    if asked is None:
        return Returned(stamp, (), passed_over)
    grid = next((_asking(g) for g in grids if not g.hidden and _has(g, asked[0])), None)
    if grid is None and not stamp.offers:
        return Returned(stamp, (), ())  # a department to which nobody comes has only unused time
    if grid is None:
        column = translator.column(Answer.header(asked[0]))
        return refused(finding(_NO_ANSWERS, column=column), stamp=stamp)
    table = read_table(grid, Answer, answer_names(), translator)
    given, told = _answers(table, stamp, asked)
    return Returned(stamp, tuple(given), (*errors(table.messages), *told))


def find_stamp(grids: Sequence[Grid]) -> Stamp | None:
    """The stamp of a workbook; None if it has none."""
    try:
        return Stamp.model_validate_json(_hidden(grids))
    except ValueError:
        return None


def _keeps(grids: Sequence[Grid], plan: Plan) -> bool:
    """Whether a workbook keeps the plan: the coordinator's, in which nothing is answered."""
    try:
        return Plan.from_json(_hidden(grids)).fingerprint == plan.fingerprint
    except ValueError:
        return False


def _hidden(grids: Sequence[Grid]) -> str:
    """What the hidden sheet of a workbook holds."""
    lines = next((grid.rows for grid in grids if grid.sheet == HIDDEN_SHEET), ())
    return "".join(str(row[0]) for row in lines if row and row[0] is not None)


def _other_plan(stamp: Stamp, plan: Plan) -> Finding:
    own = plan.round
    if (stamp.round, stamp.run_date) == (own.name, own.run_date):
        return finding(_SAME_ROUND, round=stamp.round)
    return finding(
        _OTHER_PLAN,
        round=stamp.round,
        run_date=stamp.run_date,
        own=own.name,
        own_date=own.run_date,
    )


@cache
def answer_names() -> Mapping[str, str]:
    """Folded header in any language → field, whichever workbook it stands in."""
    translators = [Translator(language) for language in LANGUAGES]
    whom = {fold(t.text(CANDIDATE)): "candidate_id" for t in translators}
    return {**whom, **field_names(Answer.sheet)}


def _has(grid: Grid, field: str) -> bool:
    names = answer_names()
    return any(names.get(fold(as_text(c))) == field for row in grid.rows[:15] for c in row)


def _asking(grid: Grid) -> Grid:
    """The sheet without the table of unused time below those who come, and without its title."""
    names = field_names(Vacancy.sheet)
    for number, line in enumerate(grid.rows):
        if {names.get(fold(as_text(c))) for c in line} >= _UNUSED:
            above = [n for n in range(number) if not all(map(is_blank, grid.rows[n]))]
            titled = above and sum(not is_blank(c) for c in grid.rows[above[-1]]) == 1
            return replace(grid, rows=grid.rows[: above[-1] if titled else number])
    return grid


def _answers(table: Table, stamp: Stamp, asked: Sequence[str]) -> tuple[list[Given], list[Message]]:
    """The answers in the rows that still say what was offered, and what is wrong with others."""
    rows_of = _matched(table, stamp)
    given: list[Given] = []
    before = len(table.messages)
    for row in table.rows:
        written = [f for f in asked if f in row.values]
        offer = rows_of.get(row.line)
        if offer is None:
            for field in written:
                table.say(Severity.ERROR, row.line, field, finding(_NOT_OFFERED))
            continue
        for field in asked:
            if (row.line, table.columns.get(field)) in table.grid.empty_formulas:
                table.say(Severity.ERROR, row.line, field, finding(_NO_RESULT))
        for field in _changed(table, row, offer):
            text = finding(_CHANGED, old=getattr(offer, field))
            table.say(Severity.ERROR, row.line, field, text)
        day = row.values.get("answered_on")
        if day is not None and day < stamp.run_date:
            text = finding(_TOO_EARLY, run_date=stamp.run_date)
            table.say(Severity.ERROR, row.line, "answered_on", text)
        for field in written:
            place = table.grid.place(row.line, table.columns[field])
            given.append(Given(offer, field, row.values[field], place))
    told = table.messages[before:]
    del table.messages[before:]
    return given, told


def _matched(table: Table, stamp: Stamp) -> dict[int, Answer]:
    """Line → the offer it is about: the one it names, or else the one that was changed into it."""
    found: dict[int, Answer] = {}
    missing = list(stamp.offers)
    for row in table.rows:
        same = [o for o in stamp.offers if _same(row, o) and not any(_changed(table, row, o))]
        if same:
            found[row.line] = same[0]
            missing = [o for o in missing if key_of(o) != key_of(same[0])]
    for offer in missing:
        rows = [r for r in table.rows if r.line not in found and _same(r, offer)]
        if rows:
            nearest = min(rows, key=lambda r: len([*_changed(table, r, offer)]))
            found[nearest.line] = offer
    return found


def _same(row: Row, offer: Answer) -> bool:
    return fold(str(row.values.get("candidate_id", ""))) == fold(offer.candidate_id)


def _changed(table: Table, row: Row, offer: Answer) -> Iterator[str]:
    """The fields of an offer that the row says otherwise; a column that is gone says nothing."""
    for field in OFFER_CELLS:
        if field in table.columns and field not in row.broken:
            stands, true = row.values.get(field), getattr(offer, field)
            if _plain(stands) != _plain(true):
                yield field


def _plain(value: Any) -> str:
    return re.sub(r"[\s,;]+", " ", str(value or "")).strip().casefold()
