"""From a grid to rows of typed values, with every problem in its cell."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.base import Noun
from models.finding import N_, CodeWord, Finding, finding
from models.settings import RoundSettings
from scheduler.input.columns import NO_HEADER, find_columns, header_line
from scheduler.input.files.grid import Cell, Grid, as_text, is_blank
from scheduler.input.message import Message, Severity, visible
from scheduler.input.values.cells import Reader, reader_of
from scheduler.input.values.read import Noted
from scheduler.input.values.text import odd_character
from scheduler.locale import Translator

_MISSING = N_("This cell must be filled in.")
_NO_ID = N_("This line has no {column}; write it, or delete the line.")
_LONE = N_(
    "Only this cell of the line is filled in. Fill in the rest, or delete it; a note can stand in "
    "a column of its own."
)
_FORMULA = N_(
    "The formula has no stored result and counts as blank; open and save the file in Excel, or "
    "write the value."
)
_HIDDEN = N_("This line is hidden or filtered out, but is used all the same.")
_STRUCK = N_(
    "Something in this line is struck through, but is used all the same; delete the line if it no "
    "longer counts."
)
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
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    # Fields whose column is not certain, so that no more is said of its cells.
    guessed: Collection[str] = ()
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
                shown = visible(as_text(row.raw.get(name)))
            who = str(row.values.get("candidate_id") or as_text(row.raw.get("candidate_id")))
            if name and severity is Severity.ERROR:
                row.broken.add(name)
        place = self.grid.place(line, column)
        self.messages.append(Message(severity, place, shown, found, who))

    def told(self, row: Row, name: str, value: Any) -> Any:
        """A value as it counts; what there is to tell about how it was read is told."""
        if isinstance(value, Noted):
            self.say(Severity.NOTICE, row.line, name, value.notice)
            return value.value
        return value


def read_table(
    grid: Grid, noun: type[Noun], names: Mapping[str, str], translator: Translator
) -> Table:
    """Find the header, read every line below it; problems are collected in the table."""
    table = Table(grid, noun)
    header = header_line(grid, names)
    if header is None:
        table.say(Severity.ERROR, 1, None, finding(NO_HEADER))
        return table
    table.header = header + 1
    columns = find_columns(grid, noun, header, names, translator)
    table.columns, table.guessed = columns.numbers, columns.guessed
    table.messages.extend(columns.messages)
    readers = {name: reader_of(noun, name) for name in table.columns}
    for line, cells in enumerate(grid.rows[header + 1 :], header + 2):
        filled = [n for n, c in enumerate(cells, 1) if not is_blank(c)]
        if len(filled) == 1 and noun is not RoundSettings:
            value = visible(as_text(cells[filled[0] - 1]))
            place = grid.place(line, filled[0])
            table.messages.append(Message(Severity.ERROR, place, value, finding(_LONE)))
        elif filled or noun is RoundSettings:
            row = _row(table, line, cells, columns.missing)
            table.add(row)
            _read_row(table, row, readers, translator)
    _odd_cells(table, header + 1)
    return table


def _row(table: Table, line: int, cells: Sequence[Cell], missing: Collection[str]) -> Row:
    raw = {
        name: cells[column - 1] if column <= len(cells) else None
        for name, column in table.columns.items()
    }
    return Row(line, {}, raw, set(missing))


def _read_row(
    table: Table, row: Row, readers: Mapping[str, Reader], translator: Translator
) -> None:
    noun = table.noun
    own = next(name for name in noun.model_fields if noun.required(name))
    if noun is not RoundSettings and own in row.raw and is_blank(row.raw[own]):
        # Whose line it is cannot be told, so nothing else of it can be either.
        shown = translator.column(noun.header(own))
        table.say(Severity.ERROR, row.line, own, finding(_NO_ID, column=shown))
        row.broken.update(noun.model_fields)
        return
    for name, reader in readers.items():
        _read_cell(table, row, name, reader, translator)
    _check_row(table, row)


def _read_cell(table: Table, row: Row, name: str, reader: Reader, translator: Translator) -> None:
    cell = row.raw[name]
    if (row.line, table.columns[name]) in table.grid.empty_formulas:
        table.say(Severity.WARNING, row.line, name, finding(_FORMULA))
    value: Any = None
    if not is_blank(cell):
        value = odd_character(cell) or reader(cell, translator)
    elif table.noun.required(name):
        value = finding(_MISSING)
    if isinstance(value, Finding) and name in table.guessed:
        row.broken.add(name)
    elif isinstance(value, Finding):
        table.say(Severity.ERROR, row.line, name, value)
    elif value is not None:
        row.values[name] = table.told(row, name, value)


def _check_row(table: Table, row: Row) -> None:
    """The row's own checks, for what can be judged of it."""
    for problem in loose(table.noun, row).problems():
        involved = {problem.field} & row.broken
        if not involved and not _judged_blank(problem.field, row):
            table.say(Severity.ERROR, row.line, problem.field, problem.finding)


# Cells that a check wants to have filled in, by the field that it complains of.
_INSTEAD: Mapping[str, frozenset[str]] = {
    "practice_start": frozenset({"practice_met_on"}),
    "answered_on": frozenset({"candidate_answer", "department_answer"}),
}


def _judged_blank(name: str, row: Row) -> bool:
    """Whether the check only complains because another cell of the row could not be read."""
    return bool(row.broken & _INSTEAD.get(name, frozenset()))


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
    for line in sorted(grid.struck_lines):
        if line > header:
            table.messages.append(Message(Severity.WARNING, grid.place(line), "", finding(_STRUCK)))
    for line, column in sorted(grid.beyond):
        place = grid.place(line, column)
        table.messages.append(Message(Severity.ERROR, place, "", finding(_BEYOND)))


def errors(messages: Iterable[Message]) -> list[Message]:
    """The messages that stop."""
    return [m for m in messages if m.severity is Severity.ERROR]
