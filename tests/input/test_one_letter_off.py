"""One letter off (situation 17): a valid input in which one thing was changed is read as before, or
refused at the place; never is another round read without a word.

What can be seen: a name that is no longer known, two that are alike, a column that is not needed
but gone. What cannot: that a value has become another one that is as good (K03 for K02), and why a
sheet or a column that may be missing is missing: that is not an error, but what counts instead is
told. An id that only its own row has is a name: changed, it is the same round under another name.
A lock in a vacancy that is not there is a promise kept and a conflict told.
"""

import os
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.finding import CodeWord
from models.round import Round
from scheduler.input import ReadResult, read_round
from scheduler.input import reader as reading
from scheduler.input.files.grid import Cell, Grid
from scheduler.input.files.workbook import read_workbook
from scheduler.input.form.names import is_of_the_form
from scheduler.input.message import Message
from scheduler.input.sheets import NOUNS, field_names, sheet_names
from scheduler.input.values.cells import fold
from scheduler.input.values.text import IDS
from scheduler.support.resources import data_folder

SAMPLES = {name: data_folder() / "samples" / name / "input.xlsx" for name in ("small", "nord")}
CHANGES = {"night": 2000, "ci": 200}.get(os.environ.get("HYPOTHESIS_PROFILE", "dev"), 60)
# Columns that no plan depends on.
OWN_USE = ("navn", "e-post", "kontakt", "merknad", "fagområde")
LETTERS = "abdefgiklmnorstuvyæøå"
_NAMES = (*IDS, "trust", "site", "department", "municipality", "rule", "policy")


@cache
def sheets_of(name: str) -> tuple[Grid, ...]:
    """The sheets of a sample, with rows that are all there is in the optional ones."""
    grids = []
    for grid in read_workbook(SAMPLES[name]):
        if is_of_the_form(grid):
            continue
        width = max((len(row) for row in grid.rows), default=0)
        rows = [[*row, *[None] * (width - len(row))] for row in grid.rows]
        if name == "small" and grid.sheet in _MORE and len(rows) == 1:
            rows.append(list(_MORE[grid.sheet]))
        if name == "small" and grid.sheet == "Kandidater":
            _fill(rows)
        grids.append(replace(grid, rows=rows))
    return tuple(grids)


# What small has none of: an input in which every sheet says something.
_MORE: dict[str, Sequence[Cell]] = {
    "Unntak": ("K02", "deviation", "Regional koordinator", "2026-02-16", "Eksempel"),
    "Takket nei": ("K02", "V01", "2026-02-01", "avdeling"),
    "Par": ("K01", "K02", "ikke samtidig", "ja"),
}


def _fill(rows: list[list[Cell]]) -> None:
    """Something that is not the usual in columns that may be left out."""
    header = [str(c) for c in rows[0]]
    for line, column, value in (
        (1, "vakt", "nei"),
        (2, "utilgjengelig", "2027-01-01..2027-01-31"),
        (3, "ønsket senest", "2026-12-01"),
        (4, "viktigst", "sted"),
        (5, "først ønsket", "2026-01-01"),
    ):
        rows[line][header.index(column)] = value


def read(name: str, grids: Sequence[Grid]) -> ReadResult:
    """The input with these sheets in place of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "open_grids", lambda _source: iter(grids))
        return read_round(SAMPLES[name])


@cache
def before(name: str) -> Round:
    """The round as it is read unchanged."""
    round = read(name, sheets_of(name)).round
    assert round is not None
    return round


class Change:
    """One change of an input, by the dice; `told` are words of which a notice must hold one."""

    def __init__(self, name: str, dice: random.Random) -> None:
        self.dice = dice
        self.grids = list(sheets_of(name))
        self.renamed: tuple[str, str] | None = None
        self.may_be_absent = ""
        kind: Callable[[], None] = dice.choice(
            (
                *(self._sheet_name, self._header, self._word),
                *(self._id, self._sheet_moved, self._column_moved),
            )
        )
        kind()

    def misspelt(self, text: str) -> str:
        """The text with one letter changed, put in or left out, or two if it has four or more."""
        letters = [n for n, c in enumerate(text) if c.isalpha()]
        for _ in range(self.dice.randint(1, 2 if len(letters) >= 4 else 1)):
            spots = [n for n, c in enumerate(text) if c.isalpha()] or [0]
            at, letter = self.dice.choice(spots), self.dice.choice(LETTERS)
            end = text[at + 1 :]
            text = text[:at] + self.dice.choice((letter, "", text[at] + letter)) + end
        return text

    def _pick(self) -> tuple[int, list[list[Cell]]]:
        index = self.dice.randrange(len(self.grids))
        rows = [list(row) for row in self.grids[index].rows]
        self.grids[index] = replace(self.grids[index], rows=rows)
        return index, rows

    def _sheet_name(self) -> None:
        index = self.dice.randrange(len(self.grids))
        name = self.misspelt(self.grids[index].sheet)
        self.grids[index] = replace(self.grids[index], sheet=name)

    def _header(self) -> None:
        _, rows = self._pick()
        keys = [(0, n) for n in range(len(rows[0]))]
        if fold(str(rows[0][0])) == "nøkkel":
            keys += [(n, 0) for n in range(1, len(rows))]
        line, column = self.dice.choice(keys)
        rows[line][column] = self.misspelt(str(rows[line][column]))

    def _word(self) -> None:
        self._cell(lambda noun, field: _is_word(noun, field))

    def _id(self) -> None:
        self._cell(lambda _, field: field in _NAMES)

    def _cell(self, wanted: Callable[[Any, str], bool]) -> None:
        index, rows = self._pick()
        sheet = sheet_names()[fold(self.grids[index].sheet)]
        if sheet not in NOUNS or len(rows) < 2:
            return
        names = field_names(sheet)
        columns = [
            n for n, c in enumerate(rows[0]) if wanted(NOUNS[sheet], names.get(fold(str(c)), ""))
        ]
        cells = [(r, c) for r in range(1, len(rows)) for c in columns if rows[r][c] is not None]
        if cells:
            line, column = self.dice.choice(cells)
            old = str(rows[line][column])
            new = self.misspelt(old)
            known = {str(c) for g in self.grids for row in g.rows for c in row}
            if new not in known and fold(new) not in _ANSWERS:
                rows[line][column] = new or None
                self.renamed = (new, old)

    def _sheet_moved(self) -> None:
        index = self.dice.randrange(len(self.grids))
        grid = self.grids.pop(index)
        match self.dice.choice(("move", "delete", "double")):
            case "move":
                self.grids.insert(self.dice.randrange(len(self.grids) + 1), grid)
            case "delete":
                self.may_be_absent = grid.sheet
            case _:
                self.grids += [grid, replace(grid, sheet=f"{grid.sheet} (2)")]

    def _column_moved(self) -> None:
        _, rows = self._pick()
        column, to = (self.dice.randrange(len(rows[0])) for _ in range(2))
        kind = self.dice.choice(("move", "delete", "double", "nameless"))
        if kind == "nameless":
            rows[0][column] = None
            return
        width = len(rows[0])
        for row in rows:
            row += [None] * (width - len(row))
            cell = row[column]
            if kind != "double":
                del row[column]
            if kind != "delete":
                row.insert(to, cell)
            elif row is rows[0]:
                self.may_be_absent = str(cell)


# Words that say yes or no in several ways, and languages that are a letter apart.
_ANSWERS = {"j", "n", "y", "x", "no", "nb", "nn", "en"}


def _is_word(noun: Any, field: str) -> bool:
    if field not in noun.model_fields:
        return False
    kinds = str(noun.model_fields[field].annotation)
    return "bool" in kinds or any(kind.__name__ in kinds for kind in CodeWord.__subclasses__())


def same(one: Round, other: Round, renamed: tuple[str, str] | None) -> bool:
    """Whether two rounds are the same, but for a name that was changed wherever it stands."""
    if one == other:
        return True
    if renamed is None:
        return False
    new, old = (f'"{text}"' for text in renamed)
    renamed_back = one.model_dump_json().replace(new, old)
    return _sorted(renamed_back) == _sorted(other.model_dump_json())


def _sorted(text: str) -> list[str]:
    return sorted(re.split(r"[{}]", text))


def check(name: str, seed: int) -> None:
    """One change is seen, or changes nothing."""
    change = Change(name, random.Random(seed))
    found = read(name, change.grids)
    if found.round is None:
        assert found.errors
        assert all(m.place.sheet for m in found.errors)
        return
    if same(found.round, before(name), change.renamed):
        return
    told = [str(v) for m in found.messages for _, v in m.finding.values]
    gone = change.may_be_absent
    if gone:
        assert gone in OWN_USE or any(gone in text for text in told), (gone, texts(found.messages))
        return
    assert _vanished(found), texts(found.messages)


def _vanished(found: ReadResult) -> bool:
    """Whether a lock stands in a vacancy that is not there: a promise kept, and a conflict told."""
    assert found.round is not None
    return any(k.vacancy_id not in found.round.vacancy for k in found.round.locks)


def texts(messages: Sequence[Message]) -> list[str]:
    return [f"{m.place.sheet} {m.place.cell} {m.finding}" for m in messages]


@given(st.integers(min_value=0))
@settings(max_examples=CHANGES)
def test_a_change_is_refused_or_changes_nothing(seed: int) -> None:
    check("small", seed)


@pytest.mark.parametrize("seed", range(12))
def test_a_change_of_a_large_round_is_refused_or_changes_nothing(seed: int) -> None:
    check("nord", seed)
