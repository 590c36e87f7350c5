"""Rule duration: hand-worked edges."""

from datetime import date

from scheduler.listing.options import list_choices
from tests.builders import a_round, candidate, first_days, refusal, vacancy, waiver

LONG = vacancy(end=date(2027, 8, 31))


def test_six_months_fill_six_and_three_fill_three() -> None:
    day = date(2026, 9, 1)
    assert refusal(a_round([candidate()], [LONG]), day, months=6) == ""
    assert refusal(a_round([candidate()], [LONG]), day, months=3) == "duration"
    assert refusal(a_round([candidate(remaining_months=3)], [LONG]), day, months=3) == ""
    assert refusal(a_round([candidate(remaining_months=3)], [LONG]), day, months=6) == "duration"


def test_another_number_needs_a_waiver() -> None:
    person = candidate(remaining_months=4)
    assert first_days(a_round([person], [LONG])) == []
    round = a_round([person], [LONG], waivers=[waiver("A", "duration")])
    assert {c.option.segments[0].months for c in list_choices(round)["A"].whole} == {4}
    assert refusal(round, date(2026, 9, 1), months=4) == ""


def test_even_with_a_waiver_the_months_that_remain_are_filled_exactly() -> None:
    round = a_round([candidate(remaining_months=4)], [LONG], waivers=[waiver("A", "duration")])
    assert refusal(round, date(2026, 9, 1), months=5) == "fit"
