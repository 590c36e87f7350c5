"""Dates as people write them: the forms that are read, and proposals for all others."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from models.base import EARLIEST, LATEST
from models.finding import N_, Finding, finding
from scheduler.input.files.grid import Cell, as_text
from scheduler.input.values.read import Noted

# Year first, or last with dots: only one reading.
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})([-./])(?P<m>\d{1,2})\2(?P<d>\d{1,2})")
_DOTTED = re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4}|\d{2})")
# Day and month, or month and day.
_EITHER = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})")
_DAY_NAMED = re.compile(r"(?P<d>\d{1,2})\.? ?(?P<m>[a-zæøå]{3,})\.? ?(?P<y>\d{4})")
_NAMED_DAY = re.compile(r"(?P<m>[a-z]{3,})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})")
_TIME = re.compile(
    r"(?P<day>.*\d)(?:t| |, ?| kl\.? ?)"
    r"(?P<hour>\d{1,2})[:.](?P<rest>\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)(?: ?(?P<half>[ap]m))?"
)
_ANY_NUMERIC = re.compile(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})(?:[ t].*)?\.?")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_FIRST_YEAR, _LAST_YEAR = EARLIEST.year, LATEST.year
_EXCEL_EPOCH = date(1899, 12, 30)
# In bokmål, nynorsk and English; three letters or more are enough.
_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september", "sept"),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
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
TWO_READINGS = N_(
    "This can be two days: write {one} (day first) or {other} (month first), whichever is meant."
)
NO_SUCH_DAY = N_("There is no such day; the last day of that month is {day}.")
TIME_CUT = N_("The time of day is left out; the day is read as {day}.")


def read_date(cell: Cell, example: date) -> date | Finding | Noted:
    """The date in a cell, or what to write instead; `example` shows the form."""
    if isinstance(cell, datetime):
        return _cut(_plausible(cell.date(), example), midnight=cell.time() == time(0))
    if isinstance(cell, date):
        return _plausible(cell, example)
    text = as_text(cell).lower()
    timed = _TIME.fullmatch(text)
    if timed:
        midnight = timed["hour"] in (("12",) if timed["half"] == "am" else ("0", "00"))
        midnight = midnight and not timed["rest"].strip("0:.") and timed["half"] != "pm"
        return _cut(_read_text(timed["day"].strip(), example), midnight=midnight)
    return _read_text(text, example)


def _cut(day: date | Finding, *, midnight: bool) -> date | Finding | Noted:
    """A day without its time; midnight is how forms and databases write a day."""
    if midnight or isinstance(day, Finding):
        return day
    return Noted(day, finding(TIME_CUT, day=day))


def _read_text(text: str, example: date) -> date | Finding:
    numeric = _YEAR_FIRST.fullmatch(text) or _DOTTED.fullmatch(text)
    if numeric:
        year = int(numeric["y"]) + (2000 if len(numeric["y"]) == 2 else 0)
        return _day(year, int(numeric["m"]), int(numeric["d"]), example)
    either = _EITHER.fullmatch(text)
    if either:
        return _day_or_month_first(int(either[1]), int(either[3]), int(either[4]), example)
    named = _DAY_NAMED.fullmatch(text) or _NAMED_DAY.fullmatch(text)
    month = _month(named["m"]) if named else None
    if named and month:
        return _day(int(named["y"]), month, int(named["d"]), example)
    return _proposal(text, example)


def _day_or_month_first(one: int, other: int, year: int, example: date) -> date | Finding:
    """A day where only one of the two readings is a day, else both readings."""
    day_first, month_first = _day(year, other, one, example), _day(year, one, other, example)
    if isinstance(month_first, Finding) or day_first == month_first:
        return day_first
    if isinstance(day_first, Finding):
        return month_first
    return finding(TWO_READINGS, one=day_first, other=month_first)


def _month(word: str) -> int | None:
    for number, names in enumerate(_MONTHS, 1):
        if any(name.startswith(word) for name in names):
            return number
    return None


def _day(year: int, month: int, day: int, example: date) -> date | Finding:
    if 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR:
        length = monthrange(year, month)[1]
        if 1 <= day <= length:
            return date(year, month, day)
        if length < day <= 31:
            return finding(NO_SUCH_DAY, day=date(year, month, length))
    return finding(PROPOSE_FORM, example=example)


def _plausible(day: date, example: date) -> date | Finding:
    return _day(day.year, day.month, day.day, example)


def _proposal(text: str, example: date) -> Finding:
    """What the text probably means, as something to write."""
    span = named_span(text)
    if span is not None:
        first, last = span
        if first == last:
            return finding(PROPOSE_ONE, day=first)
        return finding(PROPOSE_TWO, first=first, last=last)
    numeric = _ANY_NUMERIC.fullmatch(text)
    if numeric:
        one, month, three = numeric[1], int(numeric[2]), numeric[3]
        year, day = (one, three) if len(one) == 4 else (three, one)
        full = int(year) if len(year) == 4 else 2000 + int(year)
        read = _day(full, month, int(day), example)
        if isinstance(read, date):
            return finding(PROPOSE_ONE, day=read)
    if re.fullmatch(r"\d{5}", text):
        serial = _EXCEL_EPOCH + timedelta(days=int(text))
        if _FIRST_YEAR <= serial.year <= _LAST_YEAR:
            return finding(PROPOSE_ONE, day=serial)
    return finding(PROPOSE_FORM, example=example)


def named_span(text: str) -> tuple[date, date] | None:
    """First and last day of a season, a month or a day of a named month, with a year."""
    lower = text.lower()
    found = _YEAR.search(lower)
    if not found:
        return None
    year = int(found[1])
    for word in re.findall(r"[a-zæøå]{3,}", lower):
        for season, (first, last) in _SEASONS.items():
            if word.startswith(season):
                return date(year, first, 1), date(year, last, monthrange(year, last)[1])
        for number, names in enumerate(_MONTHS, 1):
            # A month is meant by its first three letters, however the rest is spelt.
            if word.startswith(tuple(name[:3] for name in names)):
                length = monthrange(year, number)[1]
                day = re.search(r"\b(\d{1,2})\b", lower)
                if day and 1 <= int(day[1]) <= length:
                    return (date(year, number, int(day[1])),) * 2
                return date(year, number, 1), date(year, number, length)
    return None
