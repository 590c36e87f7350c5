"""What reading has to say: errors, warnings and notices, each with its place."""

from dataclasses import dataclass
from enum import StrEnum

from models.finding import Finding


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


@dataclass(frozen=True, slots=True)
class Message:
    """One problem: how grave, where, the value found there, and what to do."""

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
