"""Rule registered: hand-worked edges."""

from datetime import date

import pytest

from tests.builders import Municipality, a_round, refusal, waiver


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (True, ""),
        (date(2026, 9, 1), ""),
        (date(2026, 9, 2), "registered"),
        (False, "registered"),
    ],
)
def test_the_municipality_is_registered_on_the_first_day(since: date | bool, expected: str) -> None:
    town = Municipality(municipality="1865", name="Vågan", registered_from=since)
    assert refusal(a_round(municipalities=[town]), date(2026, 9, 1)) == expected


def test_a_waiver_sets_it_aside() -> None:
    town = Municipality(municipality="1865", name="Vågan")
    round = a_round(municipalities=[town], waivers=[waiver("A", "registered")])
    assert refusal(round, date(2026, 9, 1)) == ""
