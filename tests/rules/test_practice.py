"""Rule practice: hand-worked edges."""

from datetime import date

from tests.builders import a_round, candidate, refusal, waiver


def test_the_day_it_is_met_is_allowed_and_the_day_before_is_not() -> None:
    day = date(2026, 9, 1)
    assert refusal(a_round([candidate(practice_met_on=date(2026, 9, 1))]), day) == ""
    assert refusal(a_round([candidate(practice_met_on=date(2026, 9, 2))]), day) == "practice"


def test_months_are_counted_from_the_start_of_practice() -> None:
    day = date(2026, 9, 1)
    for start, expected in ((date(2024, 9, 1), ""), (date(2024, 9, 2), "practice")):
        person = candidate(practice_met_on=None, practice_start=start)
        assert refusal(a_round([person]), day) == expected


def test_a_waiver_sets_it_aside() -> None:
    person = candidate(practice_met_on=date(2027, 9, 2))
    assert refusal(a_round([person], waivers=[waiver("A", "practice")]), date(2026, 9, 1)) == ""
