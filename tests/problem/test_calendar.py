"""Hand-worked examples of SPEC section 3, just inside and just outside each edge."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.problem.calendar import (
    add_months,
    first_days,
    holds,
    last_day,
    last_fitting,
    period,
    whole_months,
)

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),  # leap year
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_add_months_keeps_the_day_or_cuts_to_the_month(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


def test_last_day_is_the_last_day_of_service() -> None:
    assert last_day(date(2026, 9, 1), 6) == date(2027, 2, 28)
    assert last_day(date(2026, 8, 15), 6) == date(2027, 2, 14)
    assert last_day(date(2027, 9, 1), 6) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("a", "b", "day", "expected"),
    [
        # Situation 2: six months, and one day more.
        (date(2026, 8, 1), date(2026, 8, 1), date(2027, 2, 1), 6),
        (date(2026, 8, 1), date(2026, 8, 1), date(2027, 2, 2), 7),
        (date(2026, 8, 1), date(2026, 8, 1), date(2027, 3, 1), 7),
        # A wish for the last day of a month is kept on the first of the next.
        (date(2026, 8, 31), date(2026, 8, 31), date(2026, 9, 1), 0),
        (date(2026, 8, 31), date(2026, 8, 31), date(2026, 9, 2), 1),
        (date(2026, 8, 31), date(2026, 8, 31), date(2027, 2, 28), 6),
        (date(2026, 8, 31), date(2026, 8, 31), date(2027, 3, 1), 6),
        (date(2026, 8, 31), date(2026, 8, 31), date(2027, 3, 2), 7),
        (date(2028, 2, 29), date(2028, 2, 29), date(2028, 3, 1), 0),
        # Inside a period, and just outside it.
        (date(2026, 9, 1), date(2026, 10, 15), date(2026, 9, 1), 0),
        (date(2026, 9, 1), date(2026, 10, 15), date(2026, 10, 15), 0),
        (date(2026, 9, 1), date(2026, 10, 15), date(2026, 10, 16), 1),
        (date(2026, 9, 1), date(2026, 10, 15), date(2026, 11, 15), 1),
        (date(2026, 9, 1), date(2026, 10, 15), date(2026, 11, 16), 2),
        # Early.
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 8, 31), -1),
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 8, 1), -1),
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 7, 31), -2),
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 3, 1), -6),
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 2, 28), -7),
        (date(2026, 8, 31), date(2026, 8, 31), date(2026, 2, 28), -6),
    ],
)
def test_deviation(a: date, b: date, day: date, expected: int) -> None:
    assert period(a, b).deviation(day) == expected


def test_the_second_half_has_its_period_three_months_later() -> None:
    moved = period(date(2026, 11, 30), date(2026, 11, 30)).moved(3)
    # b' = 1 December moves to 1 March; add_months(30 November, 3) is 28 February.
    assert moved.deviation(date(2027, 3, 1)) == 0
    assert moved.deviation(date(2027, 3, 2)) == 1
    assert moved.deviation(date(2027, 2, 28)) == 0


@given(days, st.integers(0, 90), days)
def test_deviation_is_the_least_number_of_months(a: date, length: int, day: date) -> None:
    b = date.fromordinal(a.toordinal() + length)
    wished = period(a, b)
    n = wished.deviation(day)
    if n > 0:
        assert day <= add_months(wished.late_from, n)
        assert day > add_months(wished.late_from, n - 1)
    if n < 0:
        assert add_months(a, n) <= day < add_months(a, n + 1)


@given(days, st.integers(1, 12))
def test_last_fitting_is_the_latest(end: date, months: int) -> None:
    day = last_fitting(end, months)
    assert last_day(day, months) <= end
    assert last_day(date.fromordinal(day.toordinal() + 1), months) > end


def test_possible_first_days_of_a_mid_month_window() -> None:
    # Twelve months from 15 August: quarters from either end, firsts of the month, the wish.
    found = first_days(
        date(2026, 8, 15), date(2027, 8, 14), 6, (1,), [date(2026, 10, 20), date(2027, 3, 1)]
    )
    assert date(2026, 8, 15) in found
    assert date(2026, 11, 15) in found
    assert date(2027, 2, 15) in found
    assert date(2026, 9, 1) in found
    assert date(2026, 10, 20) in found
    assert date(2027, 2, 1) in found
    assert date(2027, 3, 1) not in found  # does not fit any more
    assert max(found) == date(2027, 2, 15)


def test_days_are_counted_back_from_the_last_that_fits() -> None:
    # 1 August to 31 May: the last six months begin on 1 December, and 1 September before them.
    found = first_days(date(2026, 8, 10), date(2027, 5, 31), 6, (), [])
    assert found == [date(2026, 8, 10), date(2026, 9, 1), date(2026, 11, 10), date(2026, 12, 1)]


def test_a_window_shorter_than_the_months_has_no_first_day() -> None:
    assert first_days(date(2026, 9, 1), date(2027, 1, 31), 6, (1,), [date(2026, 9, 1)]) == []
    assert not holds(date(2026, 9, 1), date(2027, 2, 27), 6)
    assert holds(date(2026, 9, 1), date(2027, 2, 28), 6)


def test_whole_months() -> None:
    assert whole_months(date(2026, 9, 1), date(2027, 1, 31)) == 5
    assert whole_months(date(2026, 9, 1), date(2027, 1, 30)) == 4
    assert whole_months(date(2026, 9, 1), date(2026, 9, 29)) == 0
