"""Whole columns that look pasted, dragged down or reversed, and gaps in an order."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from models.finding import N_, Finding, finding
from scheduler.input.message import Message
from scheduler.input.rows import Row
from scheduler.input.warnings.base import Given

# With fewer rows than this a regular column is nothing to wonder at.
_FEW = 4

_ROW_NUMBERS = N_("The column {column} counts the rows, as if dragged down; check it.")
_ALL_EQUAL = N_("The column {column} has the same value in every row; check it.")
_FALLING = N_("The column {column} falls from row to row, as if reversed; check it.")
_GAP = N_("Municipality {municipality} has the priorities {numbers}, with a gap; check them.")


def about_columns(given: Given) -> Iterator[Message]:
    """Warnings about the columns that an order or a date is in."""
    yield from _priority_column(given)
    yield from _gaps(given)
    yield from _date_columns(given)


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


def _priority_column(given: Given) -> Iterator[Message]:
    municipalities = given.values("priority", "municipality")
    several = len(set(municipalities)) > 1
    each_once = len(set(municipalities)) == len(municipalities)
    values = given.values("priority", "priority")
    found = _pattern(values, given.translator.column("priority"), lambda a, b: b == a + 1)
    natural = {_ROW_NUMBERS: not several, _ALL_EQUAL: each_once and set(values) == {1}}
    if found and not natural.get(found.message, False):
        yield given.warn("priority", None, "priority", found)


def _date_columns(given: Given) -> Iterator[Message]:
    def next_day(a: date, b: date) -> bool:
        return (b - a).days == 1

    for field in ("wished_start", "registered_on"):
        column = given.translator.column(field)
        found = _pattern(given.values("candidates", field), column, next_day)
        if found:
            yield given.warn("candidates", None, field, found)


def _gaps(given: Given) -> Iterator[Message]:
    numbers: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
    for row in given.rows("priority"):
        if "municipality" in row.values and "priority" in row.values:
            numbers[row.values["municipality"]].append((row.values["priority"], row))
    for municipality, own in sorted(numbers.items()):
        ranks = sorted(n for n, _ in own)
        # A number below 1 is an error already.
        if (
            ranks[0] >= 1
            and ranks != list(range(1, len(ranks) + 1))
            and len(set(ranks)) == len(ranks)
        ):
            shown = tuple(str(n) for n in ranks)
            text = finding(_GAP, municipality=municipality, numbers=shown)
            yield given.warn("priority", own[0][1], "priority", text)
