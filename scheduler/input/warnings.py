"""What looks odd in the tables but does not stop."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from models.finding import N_, Finding, finding
from scheduler.input.files.grid import as_text, is_blank
from scheduler.input.message import Message, Severity
from scheduler.input.numbers import known_names
from scheduler.input.rows import Row, Table
from scheduler.locale import Translator

# With fewer rows than this a regular column is nothing to wonder at.
_FEW = 4

_ROW_NUMBERS = N_("The column {column} counts the rows, as if dragged down; check it.")
_ALL_EQUAL = N_("The column {column} has the same value in every row; check it.")
_FALLING = N_("The column {column} falls from row to row, as if reversed; check it.")
_GAP = N_("Municipality {municipality} has the priorities {numbers}, with a gap; check them.")
_SAME_NAME = N_("{one} and {other} have the same name; are they the same person?")
_SAME_EMAIL = N_("{one} and {other} have the same e-mail address; are they the same person?")
_OPEN_TO = N_(
    "Both columns about being open to other places are blank, so the candidate gets only what is "
    "on the wish list."
)
_OTHER_NAME = N_("{municipality} is the number of {known}, not of {name}; check the number.")


_NO_TRUST = N_("No department of {trust} is in the departments sheet, so nothing comes of this.")


def warnings(tables: Mapping[str, Table], translator: Translator) -> Iterator[Message]:
    """Every warning that the tables themselves give rise to."""
    checks: tuple[tuple[str, Callable[[Table, Translator], Iterator[Message]]], ...] = (
        ("priority", _priority_column),
        ("priority", _gaps),
        ("candidates", _date_columns),
        ("candidates", _same_person),
        ("candidates", _open_to),
        ("municipalities", _names),
    )
    for sheet, check in checks:
        if sheet in tables:
            yield from check(tables[sheet], translator)
    if "agreements" in tables and "departments" in tables:
        yield from _trusts(tables["agreements"], tables["departments"])


def _warn(
    table: Table, row: Row | None, field: str, found: Finding, severity: Severity = Severity.WARNING
) -> Message:
    line = row.line if row else 0
    place = table.grid.place(line, table.columns.get(field, 0))
    value = as_text(row.raw.get(field)) if row else ""
    return Message(severity, place, value, found)


def _values(table: Table, field: str) -> list[Any]:
    return [row.values[field] for row in table.rows if field in row.values]


def _pattern(values: list[Any], column: str, steps: Any) -> Finding | None:
    """What is odd about a whole column, if anything; `steps` tells a dragged-down column."""
    if len(values) < _FEW:
        return None
    if all(a > b for a, b in pairwise(values)):
        return finding(_FALLING, column=column)
    if all(steps(a, b) for a, b in pairwise(values)):
        return finding(_ROW_NUMBERS, column=column)
    if len(set(values)) == 1:
        return finding(_ALL_EQUAL, column=column)
    return None


def _priority_column(table: Table, translator: Translator) -> Iterator[Message]:
    municipalities = _values(table, "municipality")
    several = len(set(municipalities)) > 1
    each_once = len(set(municipalities)) == len(municipalities)
    values = _values(table, "priority")
    found = _pattern(values, translator.column("priority"), lambda a, b: b == a + 1)
    natural = {_ROW_NUMBERS: not several, _ALL_EQUAL: each_once and set(values) == {1}}
    if found and not natural.get(found.message, False):
        yield _warn(table, None, "priority", found)


def _date_columns(table: Table, translator: Translator) -> Iterator[Message]:
    def next_day(a: date, b: date) -> bool:
        return (b - a).days == 1

    for field in ("wished_start", "registered_on"):
        found = _pattern(_values(table, field), translator.column(field), next_day)
        if found:
            yield _warn(table, None, field, found)


def _gaps(table: Table, _: Translator) -> Iterator[Message]:
    numbers: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
    for row in table.rows:
        if "municipality" in row.values and "priority" in row.values:
            numbers[row.values["municipality"]].append((row.values["priority"], row))
    for municipality, own in sorted(numbers.items()):
        given = sorted(n for n, _ in own)
        if given != list(range(1, len(given) + 1)) and len(set(given)) == len(given):
            shown = tuple(str(n) for n in given)
            text = finding(_GAP, municipality=municipality, numbers=shown)
            yield _warn(table, own[0][1], "priority", text)


def _same_person(table: Table, _: Translator) -> Iterator[Message]:
    for field, text in (("name", _SAME_NAME), ("email", _SAME_EMAIL)):
        seen: dict[str, str] = {}
        for row in table.rows:
            who = str(row.values.get("candidate_id", ""))
            key = str(row.values.get(field, "")).casefold()
            if key and key in seen and seen[key] != who:
                yield _warn(table, row, field, finding(text, one=seen[key], other=who))
            elif key:
                seen[key] = who


def _open_to(table: Table, _: Translator) -> Iterator[Message]:
    fields = ("open_to_other_sites", "open_to_other_departments")
    for row in table.rows:
        if all(is_blank(row.raw.get(f)) for f in fields):
            yield _warn(table, row, fields[0], finding(_OPEN_TO))


def _names(table: Table, _: Translator) -> Iterator[Message]:
    known = known_names()
    for row in table.rows:
        number, name = row.values.get("municipality"), str(row.values.get("name", ""))
        right = known.get(str(number))
        plain = (right or "").split(" (")[0].casefold()
        if right and plain not in name.casefold():
            text = finding(_OTHER_NAME, municipality=str(number), known=right, name=name)
            yield _warn(table, row, "name", text)


def _trusts(agreements: Table, departments: Table) -> Iterator[Message]:
    known = set(_values(departments, "trust"))
    for row in agreements.rows:
        trust = row.values.get("trust")
        if trust and trust not in known and "trust" not in row.broken:
            yield _warn(agreements, row, "trust", finding(_NO_TRUST, trust=str(trust)))
