"""Time as SPEC section 3 has it: months, deviation from a wished period, possible first days."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from models.candidate import Candidate

DAY = timedelta(days=1)


@lru_cache(maxsize=1 << 16)
def add_months(day: date, months: int) -> date:
    """Same day of the month `months` later (or earlier), cut to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(start: date, months: int) -> date:
    """The last day of `months` months of service that begin on `start`."""
    return add_months(start, months) - DAY


def is_month_end(day: date) -> bool:
    """Whether the day is the last of its month."""
    return (day + DAY).month != day.month


@dataclass(frozen=True, slots=True)
class Period:
    """A wished period of first days [a, b]; `late_from` is b' of SPEC section 3."""

    a: date
    b: date
    late_from: date

    def moved(self, months: int) -> "Period":
        """The period that many months later (for the second half of three plus three)."""
        return Period(
            add_months(self.a, months),
            add_months(self.b, months),
            add_months(self.late_from, months),
        )

    def deviation(self, day: date) -> int:
        """Months from the period to `day`: 0 inside it, early negative, late positive."""
        if day < self.a:
            n = _month_index(self.a) - _month_index(day)
            return -n if add_months(self.a, -n) <= day else -(n + 1)
        if day > self.b:
            n = _month_index(day) - _month_index(self.late_from)
            return n if day <= add_months(self.late_from, n) else n + 1
        return 0


def _month_index(day: date) -> int:
    return day.year * 12 + day.month


@lru_cache(maxsize=1 << 14)
def period(a: date, b: date) -> Period:
    """The wished period of first days from a to b."""
    return Period(a, b, b + DAY if is_month_end(b) else b)


def wished_period(candidate: Candidate) -> Period:
    """The candidate's wished period."""
    return period(candidate.wished_start, candidate.period_end)


@lru_cache(maxsize=1 << 14)
def last_fitting(end: date, months: int) -> date:
    """The latest first day from which `months` months end on `end` or before."""
    after = end + DAY
    day = add_months(after, -months)
    while add_months(day + DAY, months) <= after:
        day += DAY
    return day


def holds(start: date, end: date, months: int) -> bool:
    """Whether a window has room for that many months."""
    return last_day(start, months) <= end


@lru_cache(maxsize=1 << 12)
def whole_months(start: date, end: date) -> int:
    """How many whole months a window holds."""
    months = 0
    while holds(start, end, months + 1):
        months += 1
    return months


@lru_cache(maxsize=1 << 10)
def standard_first_days(
    start: date, end: date, months: int, start_days: tuple[int, ...]
) -> frozenset[date]:
    """The possible first days that a window has for everybody (SPEC section 3)."""
    last = last_fitting(end, months)
    if last < start:
        return frozenset()
    days = set()
    for origin, step in ((start, 3), (last, -3)):
        k = 0
        while start <= (day := add_months(origin, step * k)) <= last:
            days.add(day)
            k += 1
    month = start.replace(day=1)
    while month <= last:
        length = monthrange(month.year, month.month)[1]
        for number in start_days:
            if number <= length and start <= (day := month.replace(day=number)) <= last:
                days.add(day)
        month = add_months(month, 1)
    return frozenset(days)


def first_days(
    start: date, end: date, months: int, start_days: tuple[int, ...], extra: Iterable[date]
) -> list[date]:
    """All possible first days in a window, in order; `extra` are days that count if they fit."""
    days = set(standard_first_days(start, end, months, start_days))
    days.update(d for d in extra if start <= d and last_day(d, months) <= end)
    return sorted(days)
