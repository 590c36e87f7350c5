"""What reading has to say: errors, warnings and notices, each with its place."""

from dataclasses import dataclass
from enum import StrEnum

from models.finding import N_, Finding
from scheduler.locale import Translator
from scheduler.support.errors import AlisError


class Severity(StrEnum):
    """An error stops; a warning and a notice do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, sheet, and 1-based line and column (0: no single one)."""

    file: str
    sheet: str
    line: int = 0
    column: int = 0
    csv: bool = False

    @property
    def cell(self) -> str:
        """The cell's name as in Excel; empty for a CSV file or where there is no single cell."""
        if self.csv or not self.line:
            return ""
        return f"{column_letters(self.column)}{self.line}" if self.column else str(self.line)


def column_letters(number: int) -> str:
    """Excel's name of the 1-based column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_SHOWN = 200


def visible(text: str) -> str:
    """A text from a file as it can be shown: its beginning, and codes for what cannot be seen."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in cut)


@dataclass(frozen=True, slots=True)
class Message:
    """One problem: how grave, where, the value found there (visible), and what to do."""

    severity: Severity
    place: Place
    value: str
    finding: Finding
    candidate_id: str = ""

    def to_json(self) -> dict[str, object]:
        """Plain data, apart from the sentence in the reader's language."""
        place = self.place
        return {
            "severity": self.severity.value,
            "file": place.file,
            "sheet": place.sheet,
            "cell": place.cell,
            "line": place.line,
            "column": place.column,
            "value": self.value,
        }


KINDS = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("Warning"),
    Severity.NOTICE: N_("Notice"),
}


def place_text(message: Message, translator: Translator) -> str:
    """File, sheet and cell (CSV: line and column) of a message."""
    place = message.place
    if place.csv and place.line and place.column:
        return translator.text(
            N_("{file}, line {line}, column {column}"),
            file=place.file,
            line=place.line,
            column=place.column,
        )
    if place.csv and place.line:
        return translator.text(N_("{file}, line {line}"), file=place.file, line=place.line)
    if place.csv or not place.sheet:
        return place.file
    if place.line and place.column:
        return translator.text(
            N_("{file}, sheet {sheet}, cell {cell}"),
            file=place.file,
            sheet=place.sheet,
            cell=place.cell,
        )
    if place.line:
        return translator.text(
            N_("{file}, sheet {sheet}, line {line}"),
            file=place.file,
            sheet=place.sheet,
            line=place.line,
        )
    return translator.text(N_("{file}, sheet {sheet}"), file=place.file, sheet=place.sheet)


def message_line(message: Message, translator: Translator) -> str:
    """One message on one line."""
    kind = translator.text(KINDS[message.severity])
    place = place_text(message, translator)
    value = f" «{message.value}»" if message.value else ""
    return f"{kind}: {place}:{value} {translator.finding(message.finding)}"


class InputError(AlisError):
    """The input has errors: `messages` are all of them, each with its place and what to write."""

    def __init__(self, *messages: Message) -> None:
        super().__init__(*(message.finding for message in messages))
        self.args = messages
        self.messages = messages

    def __str__(self) -> str:
        return "\n".join(message_line(message, Translator("en")) for message in self.messages)
