"""Periods as people write them: first and last day with "..", a hyphen, a dash, til or to."""

import re
from collections.abc import Iterator
from datetime import date

from models.finding import N_, Finding, finding
from scheduler.input.files.grid import Cell, as_text
from scheduler.input.values.dates import TWO_READINGS, named_span, read_date
from scheduler.input.values.read import Noted

_FORM = N_("Write first and last day like {first}–{last}, with a comma between two.")
_SPAN = N_("Write first and last day; write {first}–{last}, if that is what is meant.")
# A date has hyphens of its own, so each of them is tried.
_BETWEEN = re.compile(r"\.\.\.?|…|\s+(?:til og med|til|to|t\.o\.m\.)\s+|[-–—]", re.IGNORECASE)

Interval = tuple[date, date]


def read_intervals(cell: Cell, example: date) -> tuple[Interval, ...] | Finding:
    """The periods in a cell, or what to write instead."""
    found = []
    for part in re.split(r"[,;]", as_text(cell)):
        if part.strip():
            interval = _interval(part.strip(), example)
            if isinstance(interval, Finding):
                return interval
            found.append(interval)
    return tuple(found)


def _interval(text: str, example: date) -> Interval | Finding:
    read = dict.fromkeys(_readings(text, example))
    days = [pair for pair in read if not any(isinstance(day, Finding) for day in pair)]
    if len(days) == 1:
        first, last = days[0]
        assert isinstance(first, date)
        assert isinstance(last, date)
        return first, last
    for day in (day for pair in read for day in pair):
        if isinstance(day, Finding) and day.message == TWO_READINGS:
            return day
    span = named_span(text)
    if span is not None and span[0] != span[1]:
        return finding(_SPAN, first=span[0], last=span[1])
    return finding(_FORM, first=date(2027, 1, 1), last=date(2027, 3, 31))


def _readings(text: str, example: date) -> Iterator[tuple[date | Finding, date | Finding]]:
    """Every way to take the text for two days."""
    for between in _BETWEEN.finditer(text):
        first = read_date(text[: between.start()].strip(), example)
        last = read_date(text[between.end() :].strip(), example)
        if isinstance(first, Noted) or isinstance(last, Noted):
            continue  # a time of day in a period is no slip to be passed over
        yield first, last
