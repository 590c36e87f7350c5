"""From a grid to rows of typed values, with every problem in its cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.base import Noun
from models.finding import N_, CodeWord, Finding, finding
from scheduler.input.cells import fold, reader_of
from scheduler.input.files.grid import Cell, Grid, as_text, is_blank
from scheduler.input.message import Message, Severity
from scheduler.input.numbers import LOST_ZERO, has_lost_zero
from scheduler.locale import Translator

_HEADER_SEARCH = 15

_NO_HEADER = N_("No line with column names was found; the first line must hold them.")
_NO_COLUMN = N_("The column {column} is missing; add it.")
_EITHER_COLUMN = N_("One of the columns {columns} is needed; add it.")
_TWICE = N_("The column {column} stands twice; delete or rename one of them.")
_UNKNOWN_COLUMN = N_("The column {column} is not known and is not used.")
_NAMELESS = N_("This column has no name, so what stands in it is not used.")
_MISSING = N_("This cell must be filled in.")
_FORMULA = N_(
    "The formula has no stored result and counts as blank; open and save the file in Excel, or "
    "write the value."
)
_HIDDEN = N_("This line is hidden or filtered out, but is used all the same.")
_BEYOND = N_("There is something here, far outside the table; delete it.")


@dataclass
class Row:
    """One line: the values that could be read, and the fields that could not."""

    line: int
    values: dict[str, Any]
    raw: dict[str, Cell]
    broken: set[str] = field(default_factory=set)

    @property
    def sound(self) -> bool:
        """Whether every cell could be read."""
        return not self.broken


@dataclass
class Table:
    """A sheet understood as far as it can be: its columns, rows and problems."""

    grid: Grid
    noun: type[Noun]
    columns: Mapping[str, int]
    rows: list[Row]
    messages: list[Message]
    header: int = 0  # the line with the column names
    _by_line: dict[int, Row] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Add a line."""
        self.rows.append(row)
        self._by_line[row.line] = row

    def say(
        self, severity: Severity, line: int, name: str | None, found: Finding, value: str = ""
    ) -> None:
        """Add a message about the cell of a field (None: the line) and note broken fields."""
        column = self.columns.get(name, 0) if name else 0
        row = self._by_line.get(line)
        shown = value
        who = ""
        if row is not None:
            if name and not value:
                shown = as_text(row.raw.get(name))
            who = as_text(row.raw.get("candidate_id"))
            if name and severity is Severity.ERROR:
                row.broken.add(name)
        place = self.grid.place(line, column)
        self.messages.append(Message(severity, place, shown, found, who))


def read_table(
    grid: Grid, noun: type[Noun], names: Mapping[str, str], translator: Translator
) -> Table:
    """Find the header, read every line below it; problems are collected in the table."""
    table = Table(grid, noun, {}, [], [])
    header = _header_line(grid, names)
    if header is None:
        table.say(Severity.ERROR, 1, None, finding(_NO_HEADER))
        return table
    table.header = header + 1
    table.columns = dict(_columns(table, grid.rows[header], header + 1, names, translator))
    for line, cells in enumerate(grid.rows[header + 1 :], header + 2):
        if any(not is_blank(c) for c in cells):
            table.add(_row(table, line, cells))
    _missing_columns(table, header + 1, translator)
    readers = {name: reader_of(noun, name) for name in table.columns}
    for row in table.rows:
        for name, reader in readers.items():
            _read_cell(table, row, name, reader, translator)
        _check_row(table, row)
    _odd_cells(table, header + 1)
    return table


def _header_line(grid: Grid, names: Mapping[str, str]) -> int | None:
    """The first line where most filled cells are column names (a title may stand above)."""
    for index, cells in enumerate(grid.rows[:_HEADER_SEARCH]):
        filled = [fold(as_text(c)) for c in cells if not is_blank(c)]
        known = sum(text in names for text in filled)
        if known and known * 2 >= len(filled):
            return index
    return None


def _columns(
    table: Table,
    header: Sequence[Cell],
    line: int,
    names: Mapping[str, str],
    translator: Translator,
) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    grid = table.grid
    width = max((len(r) for r in grid.rows), default=0)
    for column in range(1, width + 1):
        cell = header[column - 1] if column <= len(header) else None
        text = as_text(cell)
        name = names.get(fold(text)) if text else None
        below = any(not is_blank(r[column - 1]) for r in grid.rows[line:] if len(r) >= column)
        place = grid.place(line, column)
        if name is None:
            if text:
                found = finding(_UNKNOWN_COLUMN, column=text)
                table.messages.append(Message(Severity.NOTICE, place, text, found))
            elif below:
                table.messages.append(Message(Severity.WARNING, place, "", finding(_NAMELESS)))
        elif name in seen:
            found = finding(_TWICE, column=text)
            table.messages.append(Message(Severity.ERROR, place, text, found))
        else:
            seen.add(name)
            yield name, column


def _row(table: Table, line: int, cells: Sequence[Cell]) -> Row:
    raw = {
        name: cells[column - 1] if column <= len(cells) else None
        for name, column in table.columns.items()
    }
    return Row(line, {}, raw)


def _missing_columns(table: Table, line: int, translator: Translator) -> None:
    noun = table.noun

    def shown(field: str) -> str:
        return translator.column(noun.header(field))

    missing = [f for f in noun.model_fields if noun.required(f) and f not in table.columns]
    for name in missing:
        table.say(Severity.ERROR, line, None, finding(_NO_COLUMN, column=shown(name)))
    # The one pair of columns of which either will do (SPEC section 7).
    either = ("practice_start", "practice_met_on")
    if all(f in noun.model_fields and f not in table.columns for f in either):
        columns = tuple(shown(f) for f in either)
        table.say(Severity.ERROR, line, None, finding(_EITHER_COLUMN, columns=columns))
    for row in table.rows:
        row.broken.update(missing)


def _read_cell(table: Table, row: Row, name: str, reader: Any, translator: Translator) -> None:
    cell = row.raw[name]
    if (row.line, table.columns[name]) in table.grid.empty_formulas:
        table.say(Severity.WARNING, row.line, name, finding(_FORMULA))
    if is_blank(cell):
        if table.noun.required(name):
            table.say(Severity.ERROR, row.line, name, finding(_MISSING))
        return
    value = reader(cell, translator)
    if isinstance(value, Finding):
        table.say(Severity.ERROR, row.line, name, value)
        return
    row.values[name] = value
    if name == "municipality" and has_lost_zero(as_text(cell)):
        table.say(Severity.NOTICE, row.line, name, finding(LOST_ZERO, padded=value))


def _check_row(table: Table, row: Row) -> None:
    """The row's own checks, for what can be judged of it."""
    for problem in loose(table.noun, row).problems():
        involved = {problem.field} & row.broken
        if not involved and not _judged_blank(problem.field, row):
            table.say(Severity.ERROR, row.line, problem.field, problem.finding)


def _judged_blank(name: str, row: Row) -> bool:
    """Whether the check only complains because another cell of the row could not be read."""
    return name == "practice_start" and "practice_met_on" in row.broken


def _stand_in(annotation: Any) -> Any:
    """A harmless value, for checking the rest of a row: a day so early that none comes before."""
    if annotation is str:
        return ""
    if annotation is date:
        return date(2000, 1, 1)
    if isinstance(annotation, type) and issubclass(annotation, CodeWord):
        return next(iter(annotation))
    return 1  # whole numbers and ranks


def loose(noun: type[Noun], row: Row) -> Any:
    """The noun with what could be read; what could not has its default, or an empty stand-in."""
    values: dict[str, Any] = {}
    for name, info in noun.model_fields.items():
        if name in row.values:
            values[name] = row.values[name]
        elif info.is_required():
            values[name] = _stand_in(info.annotation)
        else:
            values[name] = info.get_default()
    return noun.model_construct(**values)


def _odd_cells(table: Table, header: int) -> None:
    grid = table.grid
    for line in sorted(grid.hidden_lines):
        if line > header:
            table.messages.append(Message(Severity.WARNING, grid.place(line), "", finding(_HIDDEN)))
    for line, column in sorted(grid.beyond):
        place = grid.place(line, column)
        table.messages.append(Message(Severity.ERROR, place, "", finding(_BEYOND)))


def errors(messages: Iterable[Message]) -> list[Message]:
    """The messages that stop."""
    return [m for m in messages if m.severity is Severity.ERROR]
