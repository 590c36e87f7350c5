"""Dates as people write them: what is read, and what is proposed for the rest."""

from datetime import date, datetime
from typing import Any

import pytest

from models.finding import Finding
from scheduler.input.dates import read_date

EXAMPLE = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        ("1.9.2026", date(2026, 9, 1)),
        ("01.09.26", date(2026, 9, 1)),
        (datetime(2026, 9, 1), date(2026, 9, 1)),
        (date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_dates_that_are_read(cell: Any, expected: date) -> None:
    assert read_date(cell, EXAMPLE) == expected


@pytest.mark.parametrize(
    ("cell", "proposed"),
    [
        ("høst 2026", ("2026-08-01", "2026-12-31")),
        ("vår 2027", ("2027-01-01", "2027-06-30")),
        ("september 2026", ("2026-09-01", "2026-09-30")),
        ("1. september 2026", ("2026-09-01",)),
        ("1/9/2026", ("2026-09-01",)),
        ("2026-09-01 00:00:00", ("2026-09-01",)),
        (46266, ("2026-09-01",)),
        ("31.2.2027", ("2027-02-28",)),
        (datetime(2026, 9, 1, 12, 30), ("2026-09-01",)),
        ("snart", ("2026-09-01",)),
        ("2026-13-01", ("2026-09-01",)),
        ("0026-09-01", ("2026-09-01",)),
    ],
)
def test_dates_that_are_not_read_come_with_a_proposal(cell: Any, proposed: tuple[str, ...]) -> None:
    found = read_date(cell, EXAMPLE)
    assert isinstance(found, Finding)
    assert tuple(str(v) for _, v in found.values) == proposed
