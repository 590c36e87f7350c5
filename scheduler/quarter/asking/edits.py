"""A round with cells changed, or a row more, as somebody typed them; or all that is wrong with it.

Cells are read by the readers of the input, and the round is judged like an input.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.base import Noun
from models.finding import N_, Finding, Header, finding
from models.references import reference_problems
from models.round import Round
from models.settings import RoundSettings
from models.vacancy import Vacancy
from scheduler.input.sheets import NOUNS, SETTINGS
from scheduler.input.values.cells import fold, reader_of
from scheduler.input.values.read import Noted
from scheduler.locale import Translator
from scheduler.quarter.asking.names import Cell, column_of, find_cell, sheet_of, unknown_column
from scheduler.quarter.asking.settings import with_settings

_FORM = N_("{text}: write it like V05.positions=2.")
_ROW_FORM = N_("{text}: write column=value, with a comma between two.")
_NO_SHEET = N_("{text}: there is no sheet {sheet}.")
_READ = N_("{text}:")
_BLANK = N_("{text}: the column {column} must be filled in.")
_TAKEN = N_("{text}: there is a row called {key} already; name another id, or leave it out.")
_TWICE = N_("{text}: this cell is changed twice.")

# The columns whose blank cells mean what the policy says.
_OPENNESS = ("open_to_other_sites", "open_to_other_departments")


@dataclass
class Edited:
    """A round as it would be (None if it cannot be), and what is wrong: with how the change is
    written (`misnamed`), or with what it makes of the input (`invalid`).
    """

    round: Round | None
    misnamed: list[Finding] = field(default_factory=list)
    invalid: list[Finding] = field(default_factory=list)


def edited(
    round: Round,
    translator: Translator,
    cells: Sequence[str] = (),
    rows: Sequence[tuple[str, str]] = (),
    folder: Path = Path(),
) -> Edited:
    """The round with `cells` set, each like V05.positions=2, and with further `rows`, each the name
    of a sheet and column=value, with commas between; a policy file is looked for in the folder.
    """
    edits = _Edits(round, translator)
    for text in cells:
        edits.set_cell(text)
    for sheet, text in rows:
        edits.add_row(sheet, text)
    if not edits.misnamed and not edits.invalid:
        edits.judge()
    made = Edited(None, edits.misnamed, edits.invalid)
    if not made.misnamed and not made.invalid:
        settled = with_settings(round, edits.settings, folder)
        if isinstance(settled, Finding):
            made.invalid.append(settled)
        else:
            made.round = settled.changed(**{s: edits.rows[s] for s in edits.touched})
    return made


class _Edits:
    """The rows as they become, and what is wrong so far."""

    def __init__(self, round: Round, translator: Translator) -> None:
        self._round = round
        self._t = translator
        self.rows: dict[str, list[Any]] = {s: list(rows) for s, rows in round.sheets().items()}
        self.settings: dict[str, Any] = {}
        self.touched: set[str] = set()
        self.misnamed: list[Finding] = []
        self.invalid: list[Finding] = []
        self._texts: dict[Cell, str] = {}

    def set_cell(self, text: str) -> None:
        """Change one cell."""
        address, equals, value = text.partition("=")
        if not equals:
            self.misnamed.append(finding(_FORM, text=text))
            return
        cell = find_cell(self._round, text, address, self._t)
        if isinstance(cell, Finding):
            self.misnamed.append(cell)
            return
        if cell in self._texts:
            self.misnamed.append(finding(_TWICE, text=text))
            return
        self._texts[cell] = text
        noun: type[Noun] = RoundSettings if cell.sheet == SETTINGS else NOUNS[cell.sheet]
        read = self._read(noun, cell.field, value, text)
        if read is None:
            return
        if cell.sheet == SETTINGS:
            self.settings[cell.field] = read[0]
        else:
            row = self.rows[cell.sheet][cell.row]
            self.rows[cell.sheet][cell.row] = row.model_copy(update={cell.field: read[0]})
            self.touched.add(cell.sheet)

    def _read(self, noun: type[Noun], name: str, value: str, text: str) -> tuple[Any] | None:
        """The value in a cell, or None where something is wrong with it, which is noted."""
        if not value.strip():
            if noun.required(name):
                column = Header(noun.header(name))
                self.invalid.append(finding(_BLANK, text=text, column=column))
                return None
            if name in _OPENNESS:
                return (self._round.policy.open_by_default,)
            return (noun.model_fields[name].get_default(),)
        towns = {fold(m.name): m.municipality for m in self._round.municipalities}
        cell = towns.get(fold(value), value) if name == "municipality" else value
        found = reader_of(noun, name)(cell.strip(), self._t)
        if isinstance(found, Finding):
            self.invalid += [finding(_READ, text=text), found]
            return None
        return (self._spelt(name, found.value if isinstance(found, Noted) else found),)

    def _spelt(self, name: str, value: Any) -> Any:
        """An id or the name of a place as its own sheet has it."""
        names: Mapping[str, Sequence[str]] = {
            "candidate_id": [*self._round.candidate],
            "vacancy_id": [*self._round.vacancy],
            **{
                part: [getattr(d, part) for d in self._round.departments]
                for part in ("trust", "site", "department")
            },
        }
        known = names.get(name, ()) if isinstance(value, str) else ()
        return next((own for own in known if fold(own) == fold(value)), value)

    def add_row(self, sheet_text: str, text: str) -> None:
        """Add one row."""
        sheet = sheet_of(sheet_text)
        if sheet is None or sheet == SETTINGS:
            self.misnamed.append(finding(_NO_SHEET, text=text, sheet=sheet_text))
            return
        noun = NOUNS[sheet]
        values: dict[str, Any] = {}
        wrong = len(self.misnamed) + len(self.invalid)
        for part in _parts(text):
            column, equals, value = part.partition("=")
            name = column_of(noun, column.strip()) if equals else None
            if not equals:
                self.misnamed.append(finding(_ROW_FORM, text=text))
            elif name is None:
                self.misnamed.append(unknown_column(text, column.strip(), [sheet], self._t))
            elif name in values:
                self.misnamed.append(finding(_TWICE, text=part))
            elif (read := self._read(noun, name, value, part)) is not None:
                values[name] = read[0]
        if wrong == len(self.misnamed) + len(self.invalid):
            self._append(sheet, values, text)

    def _append(self, sheet: str, values: dict[str, Any], text: str) -> None:
        noun = NOUNS[sheet]
        if noun is Vacancy:
            self._complete_place(values)
        own = next(iter(noun.model_fields))
        if sheet in ("candidates", "vacancies"):
            known = {fold(getattr(row, own)) for row in self.rows[sheet]}
            values.setdefault(own, self._new_id(known))
            if fold(values[own]) in known:
                self.misnamed.append(finding(_TAKEN, text=text, key=values[own]))
                return
        if noun.sheet == "candidates":
            values = {**dict.fromkeys(_OPENNESS, self._round.policy.open_by_default), **values}
        missing = [n for n in noun.model_fields if noun.required(n) and n not in values]
        for name in missing:
            column = Header(noun.header(name))
            self.invalid.append(finding(_BLANK, text=text, column=column))
        if not missing:
            blank = {n: i.get_default() for n, i in noun.model_fields.items() if n not in values}
            self.rows[sheet].append(noun.model_construct(**{**blank, **values}))
            self.touched.add(sheet)

    def _new_id(self, known: set[str]) -> str:
        names = (self._t.text(N_("NEW{n}"), n=n) for n in range(1, len(known) + 2))
        return next(name for name in names if fold(name) not in known)

    def _complete_place(self, values: dict[str, Any]) -> None:
        """Trust, site and department, where what is named of them fits one department only; where
        it fits none, the rest is left blank, so that what is wrong with it is told.
        """
        parts = ("trust", "site", "department")
        named = [p for p in parts if p in values]
        fits = [
            d for d in self._round.departments if all(getattr(d, p) == values[p] for p in named)
        ]
        if named and len(fits) < 2:
            full = fits[0].key if fits else ("", "", "")
            for part, value in zip(parts, full, strict=True):
                values.setdefault(part, value)

    def judge(self) -> None:
        """Note what is wrong with the changed rows and with references to and from them."""
        for sheet in sorted(self.touched):
            before = set(map(id, self._round.sheets()[sheet]))
            for row in self.rows[sheet]:
                if id(row) not in before:
                    self.invalid += [problem.finding for problem in row.problems()]
        found = reference_problems({s: tuple(rows) for s, rows in self.rows.items()})
        self.invalid += [one.problem.finding for one in found]


def _parts(text: str) -> Iterator[str]:
    """What stands between commas or semicolons; a value may have commas of its own."""
    yield from (part for part in re.split(r"[,;]\s*(?=[^=,;]+=)", text) if part.strip())
