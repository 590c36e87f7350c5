"""Rule availability: hand-worked edges."""

from datetime import date
from typing import Any

import pytest

from tests.builders import a_round, candidate, refusal

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"earliest_start": DAY}, ""),
        ({"earliest_start": date(2026, 9, 2)}, "availability"),
        ({"latest_start": DAY}, ""),
        ({"latest_start": date(2026, 8, 31)}, "availability"),
        ({"unavailable": ((date(2026, 8, 1), date(2026, 8, 31)),)}, ""),
        ({"unavailable": ((date(2026, 8, 1), DAY),)}, "availability"),
        ({"unavailable": ((date(2027, 2, 28), date(2027, 4, 1)),)}, "availability"),
        ({"unavailable": ((date(2027, 3, 1), date(2027, 4, 1)),)}, ""),
    ],
)
def test_both_ends_belong(facts: dict[str, Any], expected: str) -> None:
    assert refusal(a_round([candidate(**facts)]), DAY) == expected
