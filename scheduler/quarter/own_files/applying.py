"""Changes written into a copy of the coordinator's own input, and nothing else in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.base import Noun
from models.finding import N_, Finding, finding
from models.history import Changed, History
from models.settings import RoundSettings
from scheduler.input.files.grid import as_text
from scheduler.input.form.values import cell_value
from scheduler.input.reader import ReadResult
from scheduler.input.rows import Table
from scheduler.input.sheets import noun_of
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator
from scheduler.quarter.next_round.draft import (
    CellSet,
    Change,
    RowAdded,
    RowMarked,
    RowRemoved,
    SettingSet,
)
from scheduler.quarter.next_round.next import Next
from scheduler.quarter.own_files.files import OwnFiles
from scheduler.quarter.own_files.reading import own_table
from scheduler.support.errors import NotApplicableError

_FORMULA = N_(
    "Sheet {sheet}, cell {cell} holds a formula and is to become {value}; write the value itself "
    "into the cell first."
)
_REMOVED = N_("(row removed)")
_MARKED = N_("(marked, nothing changed)")


@dataclass
class _Stand:
    """Where a sheet of the input stands: its file's sheet, header, columns and language."""

    own: Any  # OwnSheet or OwnCsv, which are used alike
    title: str
    header: int
    columns: dict[str, int]
    last: int
    table: Table | None
    words: Translator
    holes: list[int] = field(default_factory=list)  # lines that have been emptied


class Applied:
    """A copy of an input with changes in it, not written yet."""

    def __init__(self, read: ReadResult, made: Next) -> None:
        """Raises NotApplicableError for cells that must not be written over."""
        self._read, self._made = read, made
        self._files = OwnFiles(read.files)
        self._translator = Translator(read.language)
        self._stands: dict[str, _Stand] = {}
        self._changed: list[Changed] = []
        self._wrong: list[Finding] = []
        # Rows that go are cleared first, so that none of the new ones is.
        for change in sorted(made.changes, key=lambda c: not isinstance(c, RowRemoved)):
            self._apply(change)
        if self._wrong:
            raise NotApplicableError(*self._wrong)
        self.changed = tuple(self._changed)
        for row in self._changed:
            self._add(row)
        # The files of the copy, by their paths; without a change they are the input's own.
        self.contents: Mapping[str, bytes] = (
            self._files.contents() if made.changes else self._files.untouched()
        )

    def _apply(self, change: Change) -> None:
        match change:
            case SettingSet():
                self._setting(change)
            case CellSet(sheet, row, field, new, why):
                stand = self._stand(sheet)
                line = _line_of(stand, row)
                column = stand.columns.get(field) or self._column(stand, sheet, field)
                old = getattr(row, field)
                self._put(stand, line, column, new)
                if sheet != History.sheet:
                    self._note(stand, line, column, row, field, old, new, why)
            case RowAdded(sheet, row, why):
                line = self._add(row)
                stand = self._stand(sheet)
                if sheet != History.sheet:
                    self._note_row(stand, line, row, why)
            case RowRemoved(sheet, row, why):
                stand = self._stand(sheet)
                line = _line_of(stand, row)
                cells = (self._as_it_stood(c) for c in _cells(stand, line))
                shown = " · ".join(c for c in cells if c)
                self._changed.append(self._entry(stand, line, 1, row, "", shown, _REMOVED, why))
                stand.own.clear(line)
                stand.holes.append(line)
            case RowMarked(sheet, row, why):
                stand = self._stand(sheet)
                line = _line_of(stand, row)
                stand.own.grey(line, stand.columns.values())
                self._changed.append(self._entry(stand, line, 1, row, "", "", _MARKED, why))

    def _setting(self, change: SettingSet) -> None:
        settings, noun = self._read.settings, RoundSettings
        grid = settings.grid
        assert grid is not None
        title, own = grid.sheet, self._files.sheet(grid)
        header = noun.header(change.field)
        keys = [row[settings.keys - 1] for row in grid.rows if len(row) >= settings.keys]
        words = _language(keys, noun, self)
        if change.field in settings.cells:
            line, column = settings.cells[change.field]
            row = grid.rows[line - 1]
            blank = len(row) < column or not as_text(row[column - 1])
            if blank and change.written_only:
                return
        elif change.written_only:
            return
        else:
            last = max(n for n, row in enumerate(grid.rows, 1) if any(map(as_text, row)))
            column = next(column for _, column in settings.cells.values())
            line = own.add_row(last, 1, {settings.keys: words.column(header)})
        stand = _Stand(own, title, 1, {change.field: column}, 0, None, words)
        self._put(stand, line, column, change.new)
        self._note(stand, line, column, None, change.field, change.old, change.new, change.why)

    def _stand(self, sheet: str) -> _Stand:
        if sheet not in self._stands:
            self._stands[sheet] = self._find(sheet)
        return self._stands[sheet]

    def _find(self, sheet: str) -> _Stand:
        noun = noun_of(sheet)
        table = self._read.tables.get(sheet)
        if noun in (History, Changed):
            table = own_table(self._read, noun)
        if table is None:
            headers = [self._translator.column(noun.header(f)) for f in noun.model_fields]
            title = self._translator.sheet(sheet)
            own = self._files.new_sheet(sheet, title, headers)
            columns = {f: n for n, f in enumerate(noun.model_fields, 1)}
            return _Stand(own, title, 1, columns, 1, None, self._translator)
        grid = table.grid
        last = max((row.line for row in table.rows), default=table.header)
        words = _language(list(grid.rows[table.header - 1]), noun, self)
        own = self._files.sheet(grid)
        columns = dict(table.columns)
        return _Stand(own, grid.sheet, table.header, columns, last, table, words)

    def _column(self, stand: _Stand, sheet: str, field: str) -> int:
        """A column that the sheet does not have yet."""
        header = stand.words.column(noun_of(sheet).header(field))
        stand.columns[field] = stand.own.add_column(stand.header, header)
        return stand.columns[field]

    def _put(self, stand: _Stand, line: int, column: int, value: Any) -> None:
        shown = cell_value(value, stand.words)
        if stand.own.has_formula(line, column):
            self._wrong.append(
                finding(
                    _FORMULA,
                    sheet=stand.title,
                    cell=stand.own.spot(line, column),
                    value=_text(value, self._translator),
                )
            )
        stand.own.put(line, column, shown)

    def _add(self, row: Noun) -> int:
        stand = self._stand(row.sheet)
        values = {}
        for name, info in type(row).model_fields.items():
            value = getattr(row, name)
            if name not in stand.columns and value in (None, "", info.get_default()):
                continue
            column = stand.columns.get(name) or self._column(stand, row.sheet, name)
            shown = cell_value(value, stand.words)
            if shown is not None:
                values[column] = shown
        if stand.holes:
            line = stand.holes.pop(0)
            for column, shown in values.items():
                stand.own.put(line, column, shown)
            return line
        stand.last = stand.own.add_row(stand.last, stand.header, values)
        return stand.last

    def _note(
        self,
        stand: _Stand,
        line: int,
        column: int,
        row: Noun | None,
        field: str,
        old: Any,
        new: Any,
        why: Finding,
    ) -> None:
        t = self._translator
        noun = RoundSettings if row is None else type(row)
        named = t.column(noun.header(field))
        entry = self._entry(stand, line, column, row, named, _text(old, t), _text(new, t), why)
        self._changed.append(entry)

    def _note_row(self, stand: _Stand, line: int, row: Noun, why: Finding) -> None:
        values = [_text(getattr(row, f), self._translator) for f in type(row).model_fields]
        now = " · ".join(v for v in values if v)
        self._changed.append(self._entry(stand, line, 1, row, "", "", now, why))

    def _as_it_stood(self, cell: Any) -> str:
        return self._translator.day(cell) if isinstance(cell, date) else as_text(cell)

    def _entry(
        self,
        stand: _Stand,
        line: int,
        column: int,
        row: Noun | None,
        named: str,
        was: str,
        now: str,
        why: Finding,
    ) -> Changed:
        t = self._translator
        return Changed(
            run_date=self._made.round.run_date,
            where=stand.title,
            cell=stand.own.spot(line, column),
            about="" if row is None else _about(row),
            column_name=named,
            was=was,
            now=t.text(now) if now in (_REMOVED, _MARKED) else now,
            why=t.finding(why),
        )


def _about(row: Noun) -> str:
    """Whom or what a row is about: its first column."""
    return str(getattr(row, next(iter(type(row).model_fields))))


def _text(value: Any, translator: Translator) -> str:
    shown = cell_value(value, translator)
    if isinstance(shown, date):
        return translator.day(shown)
    return "" if shown is None else str(shown)


def _line_of(stand: _Stand, row: Noun) -> int:
    """The line of a row: the one with its values (of several alike, the first)."""
    assert stand.table is not None
    return next(
        read.line
        for read in stand.table.rows
        if all(getattr(row, name) == value for name, value in read.values.items())
    )


def _cells(stand: _Stand, line: int) -> Sequence[Any]:
    assert stand.table is not None
    return stand.table.grid.rows[line - 1]


def _language(cells: Sequence[Any], noun: type[Noun], applied: Applied) -> Translator:
    """The language that a sheet is written in: that of most of its headers."""
    texts = {fold(as_text(c)) for c in cells}
    own = applied._translator

    def known(language: str) -> tuple[int, bool]:
        t = Translator(language)
        headers = {fold(t.column(noun.header(f))) for f in noun.model_fields}
        return len(headers & texts), language == own.language

    return Translator(max(LANGUAGES, key=known))
