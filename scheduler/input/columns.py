"""The line with the column names, and which field each column holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.base import Noun
from models.finding import N_, Finding, finding
from scheduler.input.files.grid import Cell, Grid, as_text, is_blank
from scheduler.input.headers import Match, Standing, match
from scheduler.input.message import Message, Severity, visible
from scheduler.input.values.cells import fold, reader_of
from scheduler.locale import Translator

_HEADER_SEARCH = 15

NO_HEADER = N_("No line with column names was found; the first line must hold them.")
_NO_COLUMN = N_("The column {column} is missing; add it.")
_EITHER_COLUMN = N_("One of the columns {columns} is needed; add it.")
_TWICE = N_("The column {column} stands twice; delete or rename one of them.")
_ALIKE = N_(
    "The column {column} can hardly be told from {nearest}, which stands here too; delete one of "
    "them, or give it a quite different name."
)
_NEAR_COLUMN = N_(
    "The column {column} is not known. Did you mean {nearest}? Write that above it; if it is "
    "something else, give it a quite different name."
)
_UNKNOWN_COLUMN = N_("The column {column} is not known and is not used.")
_NAMELESS = N_("This column has no name, so what stands in it is not used.")
_NAMELESS_LOST = N_(
    "This column has no name, and it may be one that is missing ({columns}). Write its name above "
    "it, or delete what stands in it."
)
_LEFT_OUT = N_(
    "The sheet has no columns {columns}; every line has the usual value there, as if blank."
)
# Of these columns either will do (SPEC section 7).
_EITHER = ("practice_start", "practice_met_on")
# Texts that a plan depends on.
_PLACE = ("trust", "site", "department")


@dataclass
class Columns:
    """Where each field stands; `guessed` are those whose column was named only nearly so."""

    numbers: dict[str, int] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)


def header_line(grid: Grid, names: Mapping[str, str]) -> int | None:
    """The line with the most column names among those where most filled cells are names, exactly
    or nearly; a title may stand above. None if there is no such line.
    """
    counted = []
    for index, cells in enumerate(grid.rows[:_HEADER_SEARCH]):
        filled = [as_text(c) for c in cells if not is_blank(c)]
        known = {m.name for m in match(filled, names) if m.standing is not Standing.FAR}
        exact = sum(fold(text) in names for text in filled)
        if known and len(known) * 2 >= len(filled):
            counted.append((exact, len(known), -index))
    return -max(counted)[2] if counted else None


def find_columns(
    grid: Grid, noun: type[Noun], index: int, names: Mapping[str, str], translator: Translator
) -> Columns:
    """Which field each column holds, and everything that is odd about the header."""
    found = Columns()
    below = grid.rows[index + 1 :]
    written = [as_text(c) for c in grid.rows[index]]
    lines = ([n for n, c in enumerate(cells) if not is_blank(c)] for cells in below)
    # A line with nothing but a note is told by itself.
    filled = {n for line in lines if len(line) > 1 for n in line}
    written += [""] * (max(filled, default=-1) + 1 - len(written))

    def fits(column: int, name: str) -> bool:
        return _reads_as(noun, name, [r[column] for r in below if len(r) > column], translator)

    nameless: list[int] = []
    for column, (text, one) in enumerate(zip(written, match(written, names, fits), strict=True), 1):
        if not text:
            if column - 1 in filled:
                nameless.append(column)
            continue
        if one.standing is Standing.KNOWN:
            found.numbers[one.name] = column
            continue
        severity, message = _odd_header(text, one, names, noun, translator)
        place = grid.place(index + 1, column)
        found.messages.append(Message(severity, place, visible(text), message))
        if one.standing is Standing.NEAR and one.name not in found.numbers:
            found.numbers[one.name] = column
            found.guessed.add(one.name)
    _lacking(found, noun, grid, index + 1, nameless, translator)
    return found


def _reads_as(noun: type[Noun], name: str, cells: Sequence[Cell], translator: Translator) -> bool:
    """Whether all that stands in a column could be values of the field; any text could be text."""
    if noun.model_fields[name].annotation is str:
        return False
    read = reader_of(noun, name)
    filled = [c for c in cells if not is_blank(c)]
    return bool(filled) and not any(isinstance(read(c, translator), Finding) for c in filled)


def _odd_header(
    text: str, one: Match, names: Mapping[str, str], noun: type[Noun], translator: Translator
) -> tuple[Severity, Finding]:
    shown = visible(text)
    if one.standing is Standing.FAR:
        return Severity.NOTICE, finding(_UNKNOWN_COLUMN, column=shown)
    if one.standing is Standing.TWICE and fold(text) in names:
        return Severity.ERROR, finding(_TWICE, column=shown)
    template = _NEAR_COLUMN if one.standing is Standing.NEAR else _ALIKE
    nearest = one.proposal(lambda t: t.column(noun.header(one.name)), translator)
    return Severity.ERROR, finding(template, column=shown, nearest=nearest)


def _lacking(
    found: Columns,
    noun: type[Noun],
    grid: Grid,
    line: int,
    nameless: Sequence[int],
    translator: Translator,
) -> None:
    """What is missing, needed or not, and columns without a name that may be it."""

    def shown(fields: Sequence[str]) -> tuple[str, ...]:
        return tuple(translator.column(noun.header(f)) for f in fields)

    def say(severity: Severity, text: Finding, column: int = 0) -> None:
        found.messages.append(Message(severity, grid.place(line, column), "", text))

    absent = [f for f in noun.model_fields if f not in found.numbers]
    for name in absent:
        if noun.required(name):
            found.missing.add(name)
            say(Severity.ERROR, finding(_NO_COLUMN, column=shown([name])[0]))
    either = [f for f in _EITHER if f in noun.model_fields]
    if either and all(f in absent for f in either):
        found.missing.update(either)
        say(Severity.ERROR, finding(_EITHER_COLUMN, columns=shown(either)))
    for column in nameless:
        if absent:
            say(Severity.ERROR, finding(_NAMELESS_LOST, columns=shown(absent)), column)
        else:
            say(Severity.WARNING, finding(_NAMELESS), column)
    left_out = list(_left_out(noun, absent))
    if left_out:
        say(Severity.NOTICE, finding(_LEFT_OUT, columns=shown(left_out)))


def _left_out(noun: type[Noun], absent: Sequence[str]) -> Iterator[str]:
    """Columns that may be left out, but would have a say in the plan."""
    for name in absent:
        own_use = noun.model_fields[name].annotation is str and name not in _PLACE
        if not (noun.required(name) or name in _EITHER or own_use):
            yield name
