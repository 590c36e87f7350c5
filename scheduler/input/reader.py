"""Grids → tables → round: all sheets together, all problems collected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.finding import N_, finding
from models.language import Language
from models.references import reference_problems
from models.round import Round
from models.waiver import Pair
from scheduler.input.cells import fold
from scheduler.input.files.grid import Grid
from scheduler.input.files.source import find_source, open_grids
from scheduler.input.limits import check_sizes
from scheduler.input.message import Message, Place, Severity
from scheduler.input.rows import Table, errors, loose, read_table
from scheduler.input.settings import Settings, read_settings
from scheduler.input.sheets import NOUNS, SETTINGS, field_names, required_sheets, sheet_names
from scheduler.input.warnings import warnings
from scheduler.locale import Translator

_UNKNOWN_SHEET = N_("The sheet {sheet} is not known and is not used.")
_SHEET_TWICE = N_("The sheet stands twice in the input; delete or rename one of them.")
_NO_SHEET = N_("The sheet {sheet} is missing; add it.")
_HIDDEN_SHEET = N_("The sheet is hidden, but is used all the same.")

# What a candidate's own rows are; only errors in these can be set aside.
_OWN_SHEETS = ("candidates", "wishes", "priority", "waivers", "declines")

# The columns whose blank cells mean what the policy says.
_OPENNESS = ("open_to_other_sites", "open_to_other_departments")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a round comes from, as its plan tells it: the language of its texts, the SHA-256 of
    every file by name, and the candidates set aside.
    """

    language: Language = "nb"
    files: Mapping[str, str] = field(default_factory=dict)
    set_aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadResult:
    """What reading gave: the round (None if there are errors) and all messages.

    `set_aside` are the ids of candidates left out because their own rows have errors.
    """

    files: tuple[Path, ...]
    language: Language
    round: Round | None
    messages: tuple[Message, ...]
    set_aside: tuple[str, ...] = ()
    # SHA-256 of every file as it was when it was read, by name.
    checksums: Mapping[str, str] = field(default_factory=dict)
    grids: tuple[Grid, ...] = field(default=(), repr=False)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict, repr=False)

    @property
    def origin(self) -> Origin:
        """What a plan for the round tells of it."""
        return Origin(self.language, self.checksums, self.set_aside)

    @property
    def errors(self) -> list[Message]:
        """The messages that stop."""
        return errors(self.messages)


def read_round(path: Path, language: str | None = None, *, set_aside: bool = False) -> ReadResult:
    """Read an input. Raises UnreadableError if there is no file to read at all.

    What to write instead is told in `language`; None is the language that the round names.

    With `set_aside`, candidates whose own rows have errors are left out, unless others hang on
    them (a lock, a pair).
    """
    source = find_source(path)
    opened = list(open_grids(source))
    grids = [g for g in opened if isinstance(g, Grid)]
    messages = [m for m in opened if isinstance(m, Message)]
    if not grids:
        return ReadResult(
            source.files, Translator(language or "nb").language, None, tuple(messages)
        )
    by_sheet = _by_sheet(grids, messages)
    translator = Translator(language or "nb")
    settings = read_settings(by_sheet.get(SETTINGS), source, translator)
    own = str(settings.values.get("language", translator.language))
    if language is None and own != translator.language:
        translator = Translator(own)
        settings = read_settings(by_sheet.get(SETTINGS), source, translator)
    messages.extend(settings.messages)
    for sheet in (SETTINGS, *required_sheets(settings.policy)):
        if sheet not in by_sheet:
            name = translator.sheet(sheet)
            text = finding(_NO_SHEET, sheet=name)
            place = Place(source.files[0].name if len(source.files) == 1 else "", name)
            messages.append(Message(Severity.ERROR, place, "", text))
    tables = {
        sheet: read_table(by_sheet[sheet], noun, field_names(sheet), translator)
        for sheet, noun in NOUNS.items()
        if sheet in by_sheet
    }
    _check_references(tables)
    check_sizes(tables)
    messages.extend(m for t in tables.values() for m in t.messages)
    left_out: tuple[str, ...] = ()
    if set_aside and errors(messages):
        left_out, messages = _set_aside(tables, messages)
    messages.extend(warnings(tables, translator))
    round = None if errors(messages) else _build(tables, settings)
    places = _places(tables)
    return ReadResult(
        (*source.files, *settings.files),
        translator.language,
        round,
        tuple(messages),
        left_out,
        {**{g.file: g.sha256 for g in grids}, **settings.checksums},
        tuple(grids),
        places,
    )


def _by_sheet(grids: Sequence[Grid], messages: list[Message]) -> dict[str, Grid]:
    names = sheet_names()
    found: dict[str, Grid] = {}
    for grid in grids:
        sheet = names.get(fold(grid.sheet))
        if sheet is None:
            text = finding(_UNKNOWN_SHEET, sheet=grid.sheet)
            messages.append(Message(Severity.NOTICE, grid.place(), "", text))
        elif sheet in found:
            messages.append(Message(Severity.ERROR, grid.place(), "", finding(_SHEET_TWICE)))
        else:
            found[sheet] = grid
            if grid.hidden:
                text = finding(_HIDDEN_SHEET)
                messages.append(Message(Severity.WARNING, grid.place(), "", text))
    return found


def _check_references(tables: dict[str, Table]) -> None:
    """Cross-checks over all rows; a cell that could not be read gets no second message."""
    sheets = {name: tuple(loose(t.noun, row) for row in t.rows) for name, t in tables.items()}
    for found in reference_problems(sheets):
        table = tables[found.sheet]
        row = table.rows[found.index]
        if found.problem.field not in row.broken:
            table.say(Severity.ERROR, row.line, found.problem.field, found.problem.finding)


def _set_aside(
    tables: dict[str, Table], messages: list[Message]
) -> tuple[tuple[str, ...], list[Message]]:
    """Take the candidates out whose own rows have errors; their messages become warnings."""
    held = {
        str(row.values.get(name))
        for sheet in ("locks", Pair.sheet)
        for row in (tables[sheet].rows if sheet in tables else ())
        for name in ("candidate_id", "candidate_a", "candidate_b")
    }
    known = (
        {str(r.raw.get("candidate_id")) for r in tables["candidates"].rows}
        if ("candidates" in tables)
        else set()
    )
    own_places = {tables[s].grid.sheet for s in _OWN_SHEETS if s in tables}
    out = {
        m.candidate_id
        for m in errors(messages)
        if m.candidate_id in known - held and m.place.sheet in own_places
    }
    for table in tables.values():
        if table.grid.sheet in own_places:
            table.rows = [r for r in table.rows if r.values.get("candidate_id") not in out]
    kept = [
        Message(Severity.WARNING, m.place, m.value, m.finding, m.candidate_id)
        if m.candidate_id in out and m.place.sheet in own_places
        else m
        for m in messages
    ]
    return tuple(sorted(out)), kept


def _places(tables: Mapping[str, Table]) -> dict[tuple[str, str], Place]:
    """Where each candidate and vacancy has its id, for messages about them."""
    found = {}
    for sheet, name in (("candidates", "candidate_id"), ("vacancies", "vacancy_id")):
        table = tables.get(sheet)
        if table is not None:
            for row in table.rows:
                place = table.grid.place(row.line, table.columns.get(name, 0))
                found[sheet, str(row.values.get(name))] = place
    return found


def _build(tables: dict[str, Table], settings: Settings) -> Round:
    assert settings.policy is not None
    blank = dict.fromkeys(_OPENNESS, settings.policy.open_by_default)
    facts: dict[str, object] = {
        name: [
            table.noun.model_validate({**(blank if name == "candidates" else {}), **row.values})
            for row in table.rows
        ]
        for name, table in tables.items()
    }
    return Round.build(**settings.facts(), **facts)
