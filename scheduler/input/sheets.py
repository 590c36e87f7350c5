"""The sheets of the input: which noun each holds, and what it and its columns may be called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from models.answer import Answer
from models.base import Noun
from models.candidate import Candidate
from models.department import Department
from models.finding import N_, Finding, finding
from models.history import Changed, History
from models.lock import Decline, Lock
from models.municipality import Agreement, Municipality, Priority
from models.policy import Policy
from models.settings import RoundSettings
from models.vacancy import Vacancy
from models.waiver import Pair, Waiver
from models.wish import Wish
from scheduler.input.columns import header_line
from scheduler.input.files.grid import Grid, as_text
from scheduler.input.headers import Match, Standing, match
from scheduler.input.message import Message, Severity, visible
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator

_UNKNOWN = N_("The sheet {sheet} is not known and is not used.")
_NEAR = N_(
    "The sheet {sheet} is not known. Did you mean {nearest}? Rename it; if it is something else, "
    "give it a quite different name."
)
_TWICE = N_("The sheet stands twice in the input; delete or rename one of them.")
_ALIKE = N_(
    "The sheet {sheet} can hardly be told from {nearest}, which is there too; delete one of them, "
    "or give it a quite different name."
)
_HIDDEN = N_("The sheet is hidden, but is used all the same.")

# In the order of SPEC section 7; the settings have keys and values instead of columns.
NOUNS: Mapping[str, type[Noun]] = {
    noun.sheet: noun
    for noun in (
        Candidate,
        Wish,
        Priority,
        Vacancy,
        Department,
        Municipality,
        Agreement,
        Lock,
        Waiver,
        Decline,
        Pair,
    )
}
SETTINGS = RoundSettings.sheet
SHEETS: tuple[str, ...] = (SETTINGS, *NOUNS)
KEY, VALUE = "key", "value"
# What alis itself has written into an input: told to people, never planned with.
OWN: Mapping[str, type[Noun]] = {noun.sheet: noun for noun in (Changed, History)}

# What stands above the list of problems in a copy that alis has marked.
LIST_HEADS = (N_("Sheet"), N_("Cell"), N_("Kind"), N_("What stands there"), N_("Problem"))

_ALWAYS = ("candidates", "wishes", "vacancies", "departments", "municipalities")


def required_sheets(policy: Policy | None) -> tuple[str, ...]:
    """The sheets that must be there, apart from the settings."""
    extra = []
    if policy is not None and policy.require_priority:
        extra.append(Priority.sheet)
    if policy is not None and policy.require_agreement:
        extra.append(Agreement.sheet)
    return (*_ALWAYS, *extra)


def noun_of(sheet: str) -> type[Noun]:
    """The noun of a sheet, the settings included."""
    nouns: dict[str, type[Noun]] = {**NOUNS, **OWN, Answer.sheet: Answer, SETTINGS: RoundSettings}
    return nouns[sheet]


@cache
def sheet_names() -> Mapping[str, str]:
    """Folded name in any language → sheet."""
    translators = [Translator(language) for language in LANGUAGES]
    return {fold(t.sheet(sheet)): sheet for t in translators for sheet in SHEETS}


@cache
def own_sheet_names() -> Mapping[str, str]:
    """Folded name in any language → sheet that alis itself has written."""
    translators = [Translator(language) for language in LANGUAGES]
    return {fold(t.sheet(sheet)): sheet for t in translators for sheet in OWN}


@cache
def _list_heads() -> Sequence[Sequence[str]]:
    """What stands above the list of problems, in each language."""
    translators = [Translator(language) for language in LANGUAGES]
    return [[t.text(text) for text in LIST_HEADS] for t in translators]


def is_list(grid: Grid) -> bool:
    """Whether a sheet is the list of problems in a copy that was marked, in any language."""
    return bool(grid.rows) and list(grid.rows[0]) in _list_heads()


# What columns and keys were called in earlier versions; workbooks that have it are still read.
_FORMER = (
    ("sikkerhet", "certainty"),
    ("tryggleik", "certainty"),
    ("frø", "seed"),
    ("grunn til frø", "seed_reason"),
)


@cache
def field_names(sheet: str) -> Mapping[str, str]:
    """Folded header in any language → field of the sheet's noun."""
    noun = noun_of(sheet)
    translators = [Translator(language) for language in LANGUAGES]
    names = {fold(old): name for old, name in _FORMER if name in noun.model_fields}
    for name in noun.model_fields:
        header = noun.header(name)
        names.update({fold(t.column(header)): name for t in translators})
    return names


@cache
def key_value_names() -> Mapping[str, str]:
    """Folded header of the settings sheet in any language → key or value."""
    translators = [Translator(language) for language in LANGUAGES]
    return {fold(t.column(name)): name for t in translators for name in (KEY, VALUE)}


@dataclass
class Sheets:
    """The grids by sheet. `unread` are sheets that may be there under a name that is not theirs, so
    that nothing is said of their being missing.
    """

    grids: dict[str, Grid] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)


def find_sheets(grids: Sequence[Grid], translator: Translator) -> Sheets:
    """Which sheet each grid is, by its name; a wrong name is told, and also where only the columns
    give away what it is. A sheet with nearly the right name is read, for all errors at once.
    """
    found = Sheets()
    names = sheet_names()
    grids = [g for g in grids if fold(g.sheet) not in own_sheet_names() and not is_list(g)]
    matches = match([grid.sheet for grid in grids], names)
    present = {m.name for m in matches if m.standing is Standing.KNOWN}
    guesses: dict[str, list[Grid]] = {}
    for grid, named in zip(grids, matches, strict=True):
        one = named if named.standing is not Standing.FAR else _by_columns(grid, present)
        if one.standing is Standing.KNOWN:
            found.grids[one.name] = grid
            if grid.hidden:
                warning = Message(Severity.WARNING, grid.place(), "", finding(_HIDDEN))
                found.messages.append(warning)
            continue
        severity = Severity.NOTICE if one.standing is Standing.FAR else Severity.ERROR
        text = _odd_name(visible(grid.sheet), one, translator, exact=fold(grid.sheet) in names)
        found.messages.append(Message(severity, grid.place(), "", text))
        if one.standing is Standing.NEAR:
            guesses.setdefault(one.name, []).append(grid)
    for sheet, those in guesses.items():
        found.unread.add(sheet)
        if len(those) == 1 and header_line(those[0], field_names(sheet)) is not None:
            found.grids[sheet] = those[0]
    return found


def _by_columns(grid: Grid, present: set[str]) -> Match:
    """The absent sheet whose needed columns all stand in the grid, if there is one."""
    for sheet, noun in NOUNS.items():
        names = field_names(sheet)
        line = None if sheet in present else header_line(grid, names)
        if line is not None:
            there = {names.get(fold(as_text(cell))) for cell in grid.rows[line]}
            if all(name in there for name in noun.model_fields if noun.required(name)):
                return Match(grid.sheet, Standing.NEAR, sheet)
    return Match(grid.sheet, Standing.FAR)


def _odd_name(shown: str, one: Match, translator: Translator, *, exact: bool) -> Finding:
    if one.standing is Standing.FAR:
        return finding(_UNKNOWN, sheet=shown)
    if one.standing is Standing.TWICE and exact:
        return finding(_TWICE)
    template = _NEAR if one.standing is Standing.NEAR else _ALIKE
    nearest = one.proposal(lambda t: t.sheet(one.name), translator)
    return finding(template, sheet=shown, nearest=nearest)
