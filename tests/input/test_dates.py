"""Dates and periods as people write them: what is read, and what is proposed for the rest."""

from datetime import date, datetime
from typing import Any

import pytest

from models.finding import Finding
from scheduler.input.values.dates import TIME_CUT, TWO_READINGS, read_date
from scheduler.input.values.intervals import read_intervals
from scheduler.input.values.read import Noted

EXAMPLE = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        ("2026/9/1", date(2026, 9, 1)),
        ("1.9.2026", date(2026, 9, 1)),
        ("01.09.26", date(2026, 9, 1)),
        ("1. 9. 2026", date(2026, 9, 1)),
        ("1. september 2026", date(2026, 9, 1)),
        ("1 sep 2026", date(2026, 9, 1)),
        ("1. Sept. 2026", date(2026, 9, 1)),
        ("September 1, 2026", date(2026, 9, 1)),
        ("3. mai 2027", date(2027, 5, 3)),
        ("3 May 2027", date(2027, 5, 3)),
        ("31. des. 2026", date(2026, 12, 31)),
        ("5 October 2026", date(2026, 10, 5)),
        ("13/9/2026", date(2026, 9, 13)),
        ("9/13/2026", date(2026, 9, 13)),
        ("7-7-2026", date(2026, 7, 7)),
        ("2026-09-01 00:00:00", date(2026, 9, 1)),
        ("2026-09-01T00:00", date(2026, 9, 1)),
        ("13/9/2026 12:00:00 AM", date(2026, 9, 13)),
        (datetime(2026, 9, 1), date(2026, 9, 1)),
        (date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_dates_that_are_read(cell: Any, expected: date) -> None:
    assert read_date(cell, EXAMPLE) == expected


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2026, 9, 1, 12, 30),
        "2026-09-01 12:30",
        "1.9.2026 08:00:00",
        "1. september 2026 kl. 10.15",
        "2026-09-01T12:00:00 PM",
    ],
)
def test_a_time_of_day_is_left_out_and_told(cell: Any) -> None:
    found = read_date(cell, EXAMPLE)
    assert isinstance(found, Noted)
    assert (found.value, found.notice.message) == (date(2026, 9, 1), TIME_CUT)


@pytest.mark.parametrize("cell", ["07/11/2026", "7-11-2026", "7/11/2026 00:00"])
def test_a_date_that_can_be_two_days_is_an_error_that_names_both(cell: str) -> None:
    found = read_date(cell, EXAMPLE)
    assert isinstance(found, Finding)
    assert found.message == TWO_READINGS
    assert dict(found.values) == {"one": date(2026, 11, 7), "other": date(2026, 7, 11)}


@pytest.mark.parametrize(
    ("cell", "proposed"),
    [
        ("høst 2026", ("2026-08-01", "2026-12-31")),
        ("Høst 2026", ("2026-08-01", "2026-12-31")),
        ("vår 2027", ("2027-01-01", "2027-06-30")),
        ("september 2026", ("2026-09-01", "2026-09-30")),
        ("1. septmber 2026", ("2026-09-01",)),
        ("tirsdag 1. september 2026", ("2026-09-01",)),
        ("2026-09-01T22:00:00Z", ("2026-09-01",)),
        ("13/9/26", ("2026-09-13",)),
        (46266, ("2026-09-01",)),
        ("31.2.2027", ("2027-02-28",)),
        ("31/2/2027", ("2027-02-28",)),
        ("snart", ("2026-09-01",)),
        ("2026-13-01", ("2026-09-01",)),
        ("0026-09-01", ("2026-09-01",)),
    ],
)
def test_dates_that_are_not_read_come_with_a_proposal(cell: Any, proposed: tuple[str, ...]) -> None:
    found = read_date(cell, EXAMPLE)
    assert isinstance(found, Finding)
    assert tuple(str(v) for _, v in found.values) == proposed


SPRING = (date(2027, 1, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    "cell",
    [
        "2027-01-01..2027-03-31",
        "1.1.2027-31.3.2027",
        "1.1.2027 – 31.3.2027",
        "1.1.2027—31.3.2027",
        "2027-01-01-2027-03-31",
        "2027-01-01 til 2027-03-31",
        "1.1.2027 til og med 31.3.2027",
        "1 January 2027 to 31 March 2027",
        "1-1-2027-31-3-2027",
        "1.1.2027 … 31.3.2027;",
    ],
)
def test_periods_that_are_read(cell: str) -> None:
    assert read_intervals(cell, EXAMPLE) == (SPRING,)


def test_several_periods_stand_with_commas_or_semicolons_between() -> None:
    may = (date(2027, 5, 1), date(2027, 5, 31))
    assert read_intervals("1.1.2027-31.3.2027, 2027-05-01..2027-05-31", EXAMPLE) == (SPRING, may)
    assert read_intervals("1.1.2027 til 31.3.2027; 1.5.2027–31.5.2027", EXAMPLE) == (SPRING, may)


@pytest.mark.parametrize(
    ("cell", "proposed"),
    [
        ("mai 2027", ("2027-05-01", "2027-05-31")),
        ("hele mai", ("2027-01-01", "2027-03-31")),
        ("1.1.-31.3.2027", ("2027-01-01", "2027-03-31")),
        ("2027-01-01", ("2027-01-01", "2027-03-31")),
        ("3/4/2027 til 4/5/2027", ("2027-04-03", "2027-03-04")),
    ],
)
def test_periods_that_are_not_read_come_with_a_proposal(
    cell: str, proposed: tuple[str, ...]
) -> None:
    found = read_intervals(cell, EXAMPLE)
    assert isinstance(found, Finding)
    assert tuple(str(v) for _, v in found.values) == proposed
