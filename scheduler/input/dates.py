"""Dates as people write them: the forms that are read, and proposals for all others."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from models.finding import N_, Finding, finding
from scheduler.input.files.grid import Cell, as_text

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NORWEGIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_ANY_NUMERIC = re.compile(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})(?:[ T].*)?\.?")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_EXCEL_EPOCH = date(1899, 12, 30)
# First letters are enough in all three languages: mars/march, mai/may, okt/oct, des/dec.
_MONTHS = (
    ("jan",),
    ("feb",),
    ("mar",),
    ("apr",),
    ("mai", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("des", "dec"),
)
# A half-year is what people mean: spring before the summer holiday, autumn after it.
_SEASONS = {
    "vår": (1, 6),
    "spring": (1, 6),
    "sommer": (6, 8),
    "sumar": (6, 8),
    "summer": (6, 8),
    "høst": (8, 12),
    "haust": (8, 12),
    "autumn": (8, 12),
    "fall": (8, 12),
}

PROPOSE_ONE = N_("This is not a date that can be read; write {day}, if that is the day.")
PROPOSE_TWO = N_(
    "This is not a day; write the first day, {first}, and the last, {last}, in their own cells."
)
PROPOSE_FORM = N_("This is not a date that can be read; write it like {example}.")
NO_SUCH_DAY = N_("There is no such day; the last day of that month is {day}.")


def read_date(cell: Cell, example: date) -> date | Finding:
    """The date in a cell, or what to write instead; `example` shows the form."""
    if isinstance(cell, datetime):
        if cell.time() == time(0):
            return _plausible(cell.date(), example)
        return finding(PROPOSE_ONE, day=cell.date().isoformat())
    if isinstance(cell, date):
        return _plausible(cell, example)
    text = as_text(cell)
    for pattern, order in ((_ISO, (1, 2, 3)), (_NORWEGIAN, (3, 2, 1))):
        match = pattern.fullmatch(text)
        if match:
            year, month, day = (match[n] for n in order)
            full = int(year) if len(year) == 4 else 2000 + int(year)
            return _day(full, int(month), int(day), example)
    return _proposal(text, example)


def _day(year: int, month: int, day: int, example: date) -> date | Finding:
    if 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR:
        length = monthrange(year, month)[1]
        if 1 <= day <= length:
            return date(year, month, day)
        if length < day <= 31:
            return finding(NO_SUCH_DAY, day=date(year, month, length).isoformat())
    return finding(PROPOSE_FORM, example=example.isoformat())


def _plausible(day: date, example: date) -> date | Finding:
    return _day(day.year, day.month, day.day, example)


def _proposal(text: str, example: date) -> Finding:
    """What the text probably means, as something to write."""
    lower = text.lower()
    span = _named_span(lower)
    if span is not None:
        first, last = span
        if first == last:
            return finding(PROPOSE_ONE, day=first.isoformat())
        return finding(PROPOSE_TWO, first=first.isoformat(), last=last.isoformat())
    numeric = _ANY_NUMERIC.fullmatch(lower)
    if numeric:
        one, month, three = numeric[1], int(numeric[2]), numeric[3]
        year, day = (one, three) if len(one) == 4 else (three, one)
        full = int(year) if len(year) == 4 else 2000 + int(year)
        read = _day(full, month, int(day), example)
        if isinstance(read, date):
            return finding(PROPOSE_ONE, day=read.isoformat())
    if re.fullmatch(r"\d{5}", lower):
        serial = _EXCEL_EPOCH + timedelta(days=int(lower))
        if _FIRST_YEAR <= serial.year <= _LAST_YEAR:
            return finding(PROPOSE_ONE, day=serial.isoformat())
    return finding(PROPOSE_FORM, example=example.isoformat())


def _named_span(lower: str) -> tuple[date, date] | None:
    """A season, a month or a day of a named month, with a year."""
    found = _YEAR.search(lower)
    if not found:
        return None
    year = int(found[1])
    words = re.findall(r"[a-zæøå]+", lower)
    for word in words:
        for season, (first, last) in _SEASONS.items():
            if word.startswith(season):
                return date(year, first, 1), date(year, last, monthrange(year, last)[1])
        for number, starts in enumerate(_MONTHS, 1):
            if word.startswith(starts):
                length = monthrange(year, number)[1]
                day = re.search(r"\b(\d{1,2})\b", lower)
                if day and 1 <= int(day[1]) <= length:
                    return (date(year, number, int(day[1])),) * 2
                return date(year, number, 1), date(year, number, length)
    return None
