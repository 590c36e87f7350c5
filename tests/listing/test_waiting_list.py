"""The four parts of the waiting list, at their edges (SPEC section 8)."""

from datetime import date

import pytest

from scheduler.listing.waiting_list import waiting_list
from tests.builders import Municipality, a_round, candidate, policy, waiver


def part(round: object) -> str:
    ((_, found),) = waiting_list(round, ())  # type: ignore[arg-type]
    return found.value


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"status": "on_hold"}, "on_hold"),
        # The limit is 1 June (run date and three months): b' and six months must reach it.
        ({"wished_start": date(2025, 12, 1)}, "unplaced"),
        ({"wished_start": date(2025, 11, 30)}, "unplaced"),  # b' is 1 December
        ({"wished_start": date(2025, 11, 29)}, "past_limit"),
        ({"latest_start": date(2026, 6, 1)}, "unplaced"),
        ({"latest_start": date(2026, 5, 31)}, "past_limit"),
        # The horizon is 1 March 2028.
        ({"wished_start": date(2028, 9, 1)}, "unplaced"),
        ({"wished_start": date(2028, 9, 2)}, "not_yet_ready"),
        ({"practice_met_on": date(2028, 3, 1)}, "unplaced"),
        ({"practice_met_on": date(2028, 3, 2)}, "not_yet_ready"),
        ({"earliest_start": date(2028, 3, 2)}, "not_yet_ready"),
    ],
)
def test_parts(facts: dict[str, object], expected: str) -> None:
    assert part(a_round([candidate("A", **facts)])) == expected


def test_waivers_move_the_ends() -> None:
    past = candidate(wished_start=date(2025, 9, 1))
    assert part(a_round([past])) == "past_limit"
    assert part(a_round([past], waivers=[waiver("A", "lead-time")])) == "unplaced"
    assert part(a_round([past], waivers=[waiver("A", "deviation")])) == "unplaced"
    later = candidate(practice_met_on=date(2029, 1, 1))
    assert part(a_round([later], waivers=[waiver("A", "practice")])) == "unplaced"


def test_registration_counts_unless_there_is_none() -> None:
    late = Municipality(municipality="1865", name="Vågan", registered_from=date(2028, 3, 2))
    assert part(a_round(municipalities=[late])) == "not_yet_ready"
    never = Municipality(municipality="1865", name="Vågan")
    assert part(a_round(municipalities=[never])) == "unplaced"


def test_others_are_not_on_the_list() -> None:
    for status in ("withdrawn", "municipal", "done"):
        assert waiting_list(a_round([candidate(status=status)]), ()) == []


def test_the_horizon_is_the_policys() -> None:
    person = candidate(practice_met_on=date(2027, 3, 2))
    assert part(a_round([person], policy=policy(horizon_months=12))) == "not_yet_ready"
