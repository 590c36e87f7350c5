"""What alis itself has written into an input, read; and a copy with changes, read back."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from models.base import Noun
from models.finding import N_, finding
from models.history import History
from models.round import Round
from scheduler.input.message import Message
from scheduler.input.reader import ReadResult, read_round
from scheduler.input.rows import Table, errors, read_table
from scheduler.input.sheets import field_names
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator
from scheduler.quarter.next_round.next import Next
from scheduler.support.errors import NotApplicableError

_NOT_AS_PROMISED = N_(
    "The new input does not say what it should ({what}). This is a fault in the program; nothing "
    "was written."
)


def read_history(read: ReadResult) -> tuple[list[History], list[Message]]:
    """The history that an input has, and what is wrong with it."""
    table = own_table(read, History)
    if table is None:
        return [], []
    wrong = errors(table.messages)
    return ([] if wrong else [History(**row.values) for row in table.rows]), wrong


def own_table(read: ReadResult, noun: type[Noun]) -> Table | None:
    """A sheet that alis itself has written, if the input has it."""
    names = {fold(Translator(language).sheet(noun.sheet)) for language in LANGUAGES}
    grid = next((g for g in read.grids if fold(g.sheet) in names), None)
    if grid is None:
        return None
    return read_table(grid, noun, field_names(noun.sheet), Translator(read.language))


def check_applied(contents: Mapping[str, bytes], read: ReadResult, made: Next) -> None:
    """Read the copy back. Raises NotApplicableError if it is not the round that was promised."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in contents.items():
            place = Path(folder) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        books = [n for n in contents if n.lower().endswith((".xlsx", ".xlsm"))]
        again = read_round(Path(folder) / books[0] if books else Path(folder), read.language)
        history, wrong = read_history(again)
    told = [m.finding for m in (*again.errors, *wrong)]
    if again.round is None or told:
        raise NotApplicableError(*told)
    parts = {name: getattr(again.round, name) for name in Round.model_fields}
    promised = {name: getattr(made.round, name) for name in Round.model_fields}
    other = [name for name in parts if parts[name] != promised[name]]
    if sorted(map(repr, history)) != sorted(map(repr, made.history)):
        other.append(History.sheet)
    if other:
        raise NotApplicableError(finding(_NOT_AS_PROMISED, what=", ".join(other)))
