"""What differs between the inputs of two rounds, row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from models.candidate import Candidate
from models.finding import N_, CodeWord, Finding, Header, Value, finding
from models.grouped import grouped
from models.round import Round
from models.waiver import Pair, Waiver
from models.wish import Wish

# What each sheet's rows are known by. Sheets whose rows are only there or not have all their
# columns as keys.
KEYS: Mapping[str, tuple[str, ...]] = {
    "candidates": ("candidate_id",),
    "wishes": ("candidate_id", "rank"),
    "priority": ("municipality", "candidate_id"),
    "vacancies": ("vacancy_id",),
    "departments": ("trust", "site", "department"),
    "municipalities": ("municipality",),
    "agreements": ("municipality", "trust", "valid_from"),
    "locks": ("candidate_id", "vacancy_id", "start"),
    "waivers": ("candidate_id", "rule"),
    "declines": ("candidate_id", "vacancy_id"),
    "pairs": ("candidate_a", "candidate_b", "kind"),
}
# A candidate's own rows, promises and answers left out.
_OWN = (Candidate.sheet, Wish.sheet, Waiver.sheet)
# Columns that no plan depends on.
_FOR_PEOPLE = frozenset(
    {"name", "email", "contact", "specialty", "note", "advertised_on", "approved_by", "approved_on"}
    | {"declined_on", "reason", "reply_by", "extended_from"}
)


class Answered(CodeWord):
    """What a yes or no in a cell is called."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is in one input only, or differs in `fields`."""

    sheet: str
    key: tuple[str, ...]
    before: Any
    after: Any
    fields: tuple[str, ...] = ()

    @property
    def row(self) -> Any:
        """The row as it is, or as it was."""
        return self.before if self.after is None else self.after

    def findings(self) -> Iterator[Finding]:
        """What is different, in sentences."""
        # The rule of a waiver and the kind of a pair have names for machines only.
        named = {Waiver.sheet: 1, Pair.sheet: 2}.get(self.sheet, len(self.key))
        key = ", ".join(part for part in self.key[:named] if part)
        if self.before is None:
            yield finding(_NEW[self.sheet], key=key)
        elif self.after is None:
            yield finding(_REMOVED[self.sheet], key=key)
        for name in self.fields:
            yield finding(
                N_("{key}: {column} was {was}, and is {now} now."),
                key=key,
                column=Header(self.row.header(name)),
                was=cell_value(getattr(self.before, name)),
                now=cell_value(getattr(self.after, name)),
            )


def cell_value(value: object) -> Value:
    """A value of a row as a value of a sentence."""
    match value:
        case bool():
            return Answered.YES if value else Answered.NO
        case float():
            return f"{value:g}"
        case tuple():
            return tuple(f"{first.isoformat()}..{last.isoformat()}" for first, last in value)
        case "":
            return None
        case None | int() | str() | date():
            return value
    raise TypeError(f"no value of a sentence: {value!r}")


class InputChanges:
    """The rows that differ, to be looked up by what they are about."""

    def __init__(self, before: Round, after: Round) -> None:
        self.rows = tuple(_differences(before, after))

    @cached_property
    def _by_sheet(self) -> Mapping[str, tuple[RowChange, ...]]:
        return grouped(self.rows, lambda r: r.sheet)

    def of(self, sheet: str, *key: str) -> list[RowChange]:
        """The changes in a sheet of rows whose key begins like this."""
        return [r for r in self._by_sheet.get(sheet, ()) if r.key[: len(key)] == key]

    def about(self, who: str) -> list[RowChange]:
        """The changes of somebody's own rows, promises and answers left out."""
        found = [r for s in _OWN for r in self.of(s, who)]
        return [*found, *(r for r in self.of(Pair.sheet) if who in r.key[:2])]


def _differences(before: Round, after: Round) -> Iterator[RowChange]:
    for sheet, names in KEYS.items():
        one, two = (
            {_key(row, names): row for row in side.sheets()[sheet]} for side in (before, after)
        )
        for key in sorted({*one, *two}):
            old, new = one.get(key), two.get(key)
            if old is None or new is None:
                yield RowChange(sheet, key, old, new)
                continue
            fields = tuple(n for n in _judged(new) if getattr(old, n) != getattr(new, n))
            if fields:
                yield RowChange(sheet, key, old, new, fields)


def _key(row: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(getattr(row, n) if getattr(row, n) is not None else "") for n in names)


def _judged(row: Any) -> Iterator[str]:
    """The columns that a plan may depend on."""
    return (name for name in type(row).model_fields if name not in _FOR_PEOPLE)


_NEW = {
    "candidates": N_("{key} is new in the candidates sheet."),
    "wishes": N_("There is a new wish: {key}."),
    "priority": N_("There is a new line in the municipality's order: {key}."),
    "vacancies": N_("The vacancy {key} is new."),
    "departments": N_("There is a new department: {key}."),
    "municipalities": N_("There is a new municipality: {key}."),
    "agreements": N_("There is a new agreement: {key}."),
    "locks": N_("There is a new promise: {key}."),
    "waivers": N_("There is a new waiver for {key}."),
    "declines": N_("There is a new answer no: {key}."),
    "pairs": N_("There is a new pair: {key}."),
}
_REMOVED = {
    "candidates": N_("{key} is no longer in the candidates sheet."),
    "wishes": N_("The wish is no longer in the input: {key}."),
    "priority": N_("The line is no longer in the municipality's order: {key}."),
    "vacancies": N_("The vacancy {key} is no longer in the input."),
    "departments": N_("The department is no longer in the input: {key}."),
    "municipalities": N_("The municipality is no longer in the input: {key}."),
    "agreements": N_("The agreement is no longer in the input: {key}."),
    "locks": N_("The promise is no longer in the input: {key}."),
    "waivers": N_("A waiver for {key} is no longer in the input."),
    "declines": N_("The answer no is no longer in the input: {key}."),
    "pairs": N_("The pair is no longer in the input: {key}."),
}
