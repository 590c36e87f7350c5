"""What the warnings look at, and how they are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.finding import Finding
from models.policy import Policy
from scheduler.input.files.grid import as_text
from scheduler.input.message import Message, Severity, visible
from scheduler.input.rows import Row, Table
from scheduler.locale import Translator


@dataclass(frozen=True)
class Given:
    """The tables, and what the settings say; None where they could not be read."""

    tables: Mapping[str, Table]
    run_date: date | None
    policy: Policy | None
    translator: Translator

    def rows(self, sheet: str) -> Sequence[Row]:
        """The lines of a sheet; none where it could not be read."""
        table = self.tables.get(sheet)
        return () if table is None else table.rows

    def values(self, sheet: str, field: str) -> list[Any]:
        """What could be read of a column, from top to bottom."""
        return [row.values[field] for row in self.rows(sheet) if field in row.values]

    def warn(self, sheet: str, row: Row | None, field: str, found: Finding) -> Message:
        """A warning at a cell, or at the sheet as a whole where no line is named."""
        table = self.tables[sheet]
        if row is None:
            return Message(Severity.WARNING, table.grid.place(), "", found)
        place = table.grid.place(row.line, table.columns.get(field, 0))
        return Message(Severity.WARNING, place, visible(as_text(row.raw.get(field))), found)
