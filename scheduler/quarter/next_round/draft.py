"""Changes to an input, gathered: what each cell and row is to be in the end, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.base import Noun
from models.finding import Finding


@dataclass(frozen=True, slots=True)
class CellSet:
    """A cell gets another value; `row` is the row as it stood in the input."""

    sheet: str
    row: Noun
    field: str
    new: Any
    why: Finding

    @property
    def old(self) -> Any:
        """The value that stood there."""
        return getattr(self.row, self.field)


@dataclass(frozen=True, slots=True)
class SettingSet:
    """A value of the round itself changes; `written_only` where a blank cell follows by itself."""

    field: str
    old: Any
    new: Any
    why: Finding
    written_only: bool = False


@dataclass(frozen=True, slots=True)
class RowAdded:
    """A new row."""

    sheet: str
    row: Noun
    why: Finding


@dataclass(frozen=True, slots=True)
class RowRemoved:
    """A row that is no longer there."""

    sheet: str
    row: Noun
    why: Finding


@dataclass(frozen=True, slots=True)
class RowMarked:
    """A row that stays and is greyed."""

    sheet: str
    row: Noun
    why: Finding


Change = CellSet | SettingSet | RowAdded | RowRemoved | RowMarked


@dataclass
class _Slot:
    """A row: as it was (None: it is new), and as it is to be (None: it goes), and why."""

    before: Noun | None
    now: Noun | None
    why: dict[str, Finding] = field(default_factory=dict)


class Draft:
    """The rows of an input while they are being changed."""

    def __init__(self, rows: Mapping[str, Sequence[Any]]) -> None:
        self._slots = {sheet: [_Slot(row, row) for row in own] for sheet, own in rows.items()}

    def rows(self, sheet: str) -> list[Any]:
        """The rows as they are to be."""
        return [slot.now for slot in self._slots[sheet] if slot.now is not None]

    def set(self, row: Noun, why: Finding, **values: Any) -> None:
        """Give a row, as it is now, other values."""
        slot = self._slot(row)
        slot.now = row.model_copy(update=values)
        slot.why.update(dict.fromkeys(values, why))

    def add(self, row: Noun, why: Finding) -> None:
        """Add a row."""
        self._slots[row.sheet].append(_Slot(None, row, {"": why}))

    def remove(self, row: Noun, why: Finding) -> None:
        """Take a row away."""
        slot = self._slot(row)
        slot.now, slot.why = None, {"": why}

    def _slot(self, row: Noun) -> _Slot:
        return next(slot for slot in self._slots[row.sheet] if slot.now is row)

    def changes(self) -> Iterator[Change]:
        """Every cell and row that is to be other than it was."""
        for sheet, slots in self._slots.items():
            for slot in slots:
                before, now = slot.before, slot.now
                if before is None and now is not None:
                    yield RowAdded(sheet, now, slot.why[""])
                elif before is not None and now is None:
                    yield RowRemoved(sheet, before, slot.why[""])
                elif before is not None and now is not None:
                    for name, why in slot.why.items():
                        if getattr(before, name) != getattr(now, name):
                            yield CellSet(sheet, before, name, getattr(now, name), why)
