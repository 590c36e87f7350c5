"""Grids → tables → round: all sheets together, all problems collected."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from models.candidate import Candidate
from models.finding import N_, finding
from models.language import Language
from models.references import reference_problems
from models.round import Round
from models.vacancy import Vacancy
from models.waiver import Pair
from scheduler.input.files.grid import Grid
from scheduler.input.files.source import Source, find_source, open_grids
from scheduler.input.form.names import is_of_the_form
from scheduler.input.form.unfilled import unfilled
from scheduler.input.headers import match
from scheduler.input.limits import check_sizes
from scheduler.input.message import Message, Place, Severity
from scheduler.input.rows import Table, errors, loose, read_table
from scheduler.input.settings import Settings, read_settings
from scheduler.input.sheets import (
    NOUNS,
    SETTINGS,
    SHEETS,
    field_names,
    find_sheets,
    required_sheets,
    sheet_names,
)
from scheduler.input.spelling import spell_alike, uncertain
from scheduler.input.values.cells import fold
from scheduler.input.warnings import Given, warnings
from scheduler.locale import Translator

_NO_SHEET = N_("The sheet {sheet} is missing; add it.")
_EMPTY_SHEETS = N_("There are no sheets {sheets}; they count as empty.")

# What a candidate's own rows are; only errors in these can be set aside.
_OWN_SHEETS = ("candidates", "wishes", "priority", "waivers", "declines")

# The columns whose blank cells mean what the policy says.
_OPENNESS = ("open_to_other_sites", "open_to_other_departments")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a round comes from, as its plan tells it: the language of its texts, the SHA-256 of
    every file by what it is, and the candidates set aside.
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
    tables: Mapping[str, Table] = field(default_factory=dict, repr=False)
    settings: Settings = field(default_factory=Settings, repr=False)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict, repr=False)

    @property
    def origin(self) -> Origin:
        """What a plan for the round tells of it."""
        return Origin(self.language, _by_role(self.checksums), self.set_aside)

    @property
    def errors(self) -> list[Message]:
        """The messages that stop."""
        return errors(self.messages)


def _by_role(checksums: Mapping[str, str]) -> dict[str, str]:
    """The checksums by what each file is, not by its own name, which may be somebody's.

    A CSV file that is no sheet of ours is not used, and left out.
    """
    found = {}
    for name, checksum in checksums.items():
        file = Path(name)
        kind = file.suffix.lower()
        if kind == ".csv":
            sheet = sheet_names().get(fold(file.stem))
            role = "" if sheet is None else f"{sheet}.csv"
        else:
            role = f"input{kind}" if kind in (".xlsx", ".xlsm") else "policy.toml"
        if role:
            found[role] = checksum
    return found


def read_round(path: Path, language: str | None = None, *, set_aside: bool = False) -> ReadResult:
    """Read an input. Raises UnreadableError if there is no file to read at all.

    What to write instead is told in `language`; None is the language that the round names.

    With `set_aside`, candidates whose own rows have errors are left out, unless others hang on
    them (a lock, a pair).
    """
    source = find_source(path)
    opened = list(open_grids(source))
    grids = [g for g in opened if isinstance(g, Grid) and not is_of_the_form(g)]
    messages = [m for m in opened if isinstance(m, Message)]
    if not grids:
        return ReadResult(
            source.files, Translator(language or "nb").language, None, tuple(messages)
        )
    translator = Translator(language or "nb")
    found = find_sheets(grids, translator)
    settings = read_settings(found.grids.get(SETTINGS), source, translator)
    own = str(settings.values.get("language", translator.language))
    if language is None and own != translator.language:
        translator = Translator(own)
        found = find_sheets(grids, translator)
        settings = read_settings(found.grids.get(SETTINGS), source, translator)
    messages.extend((*found.messages, *settings.messages))
    unread = found.unread | _unread(source, messages)
    messages.extend(_absent(source, settings, found.grids.keys() | unread, translator))
    tables = {
        sheet: read_table(found.grids[sheet], noun, field_names(sheet), translator)
        for sheet, noun in NOUNS.items()
        if sheet in found.grids
    }
    unread |= {sheet for sheet in NOUNS if sheet not in tables}
    spell_alike(tables)
    _check_references(tables, uncertain(tables, unread))
    check_sizes(tables)
    messages.extend(m for t in tables.values() for m in t.messages)
    left_out: tuple[str, ...] = ()
    if set_aside and errors(messages):
        left_out, messages = _set_aside(tables, messages)
    run_date = settings.values.get("run_date")
    messages.extend(warnings(Given(tables, run_date, settings.policy, translator)))
    messages.extend(unfilled(tables, settings.policy, translator))
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
        tables,
        settings,
        places,
    )


def _unread(source: Source, messages: Sequence[Message]) -> set[str]:
    """The sheets that are not missing, but stand in files that could not be read."""
    files = {m.place.file for m in messages if not m.place.sheet}
    unread: set[str] = set()
    for path in source.files:
        if path.name in files and path.suffix.lower() == ".csv":
            unread.update(m.name for m in match([path.stem], sheet_names()) if m.name)
        elif path.name in files:
            unread.update(SHEETS)
    return unread


def _absent(
    source: Source, settings: Settings, there: Set[str], translator: Translator
) -> Iterator[Message]:
    """Sheets that are needed and not there, and those that are taken to be empty."""
    csv = source.files[0].suffix.lower() == ".csv"
    needed = (SETTINGS, *required_sheets(settings.policy))
    for sheet in needed:
        if sheet not in there:
            name = translator.sheet(sheet)
            file = f"{sheet}.csv" if csv else source.files[0].name
            place = Place(file, "" if csv else name, csv=csv)
            yield Message(Severity.ERROR, place, "", finding(_NO_SHEET, sheet=name))
    others = tuple(translator.sheet(s) for s in SHEETS if s not in {*needed, *there})
    if others and not errors(settings.messages):
        file = source.folder.resolve().name if csv else source.files[0].name
        yield Message(Severity.NOTICE, Place(file, ""), "", finding(_EMPTY_SHEETS, sheets=others))


def _check_references(tables: Mapping[str, Table], uncertain: Collection[str]) -> None:
    """Cross-checks over all rows; a cell that could not be read gets no second message."""
    sheets = {name: tuple(loose(t.noun, row) for row in t.rows) for name, t in tables.items()}
    for found in reference_problems(sheets, uncertain):
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
        {str(r.values.get("candidate_id")) for r in tables["candidates"].rows}
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
    """Where each candidate, vacancy and pair has its id or ids, for messages about them."""
    found = {}
    for noun, names in (
        (Candidate, ("candidate_id",)),
        (Vacancy, ("vacancy_id",)),
        (Pair, ("candidate_a", "candidate_b")),
    ):
        table = tables.get(noun.sheet)
        if table is not None:
            for row in table.rows:
                place = table.grid.place(row.line, table.columns.get(names[0], 0))
                found[noun.sheet, " ".join(str(row.values.get(name)) for name in names)] = place
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
