"""Rule agreement: hand-worked edges."""

from datetime import date

import pytest

from tests.builders import TRUST, Agreement, a_round, policy, refusal, waiver

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, ""),
        (DAY, DAY, ""),
        (date(2026, 9, 2), None, "agreement"),
        (None, date(2026, 8, 31), "agreement"),
    ],
)
def test_it_covers_the_first_day(first: date | None, last: date | None, expected: str) -> None:
    own = Agreement(municipality="1865", trust=TRUST, valid_from=first, valid_to=last)
    assert refusal(a_round(agreements=[own]), DAY) == expected


def test_it_is_with_the_trust_of_the_vacancy() -> None:
    assert refusal(a_round(agreements=[]), DAY) == "agreement"


def test_it_is_asked_for_only_by_the_policy() -> None:
    assert refusal(a_round(agreements=[], policy=policy(require_agreement=False)), DAY) == ""


def test_a_waiver_sets_it_aside() -> None:
    assert refusal(a_round(agreements=[], waivers=[waiver("A", "agreement")]), DAY) == ""
