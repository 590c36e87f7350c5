"""Rule deviation: hand-worked edges."""

from datetime import date

from scheduler.listing.options import list_choices
from tests.builders import a_round, candidate, first_days, policy, refusal, vacancy, waiver


def test_six_months_is_allowed_and_a_day_more_is_not() -> None:
    # Situation 2: wish 1 August; free first days 1 February and 1 March.
    person = candidate(wished_start=date(2026, 8, 1))
    six = a_round([person], [vacancy(start=date(2027, 2, 1), end=date(2027, 7, 31))])
    seven = a_round([person], [vacancy(start=date(2027, 3, 1), end=date(2027, 8, 31))])
    assert refusal(six, date(2027, 2, 1)) == ""
    assert refusal(seven, date(2027, 3, 1)) == "deviation"
    waived = a_round(
        [person],
        [vacancy(start=date(2027, 3, 1), end=date(2027, 8, 31))],
        waivers=[waiver("A", "deviation")],
    )
    assert refusal(waived, date(2027, 3, 1)) == ""


def test_early_has_its_own_limit() -> None:
    person = candidate(wished_start=date(2026, 12, 1))
    round = a_round([person], policy=policy(max_early_months=2))
    assert refusal(round, date(2026, 9, 1)) == "deviation"
    assert refusal(a_round([person], policy=policy(max_early_months=3)), date(2026, 9, 1)) == ""


def test_the_second_half_is_judged_three_months_later() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    person = candidate(split="accept")
    for start, end, possible in (
        (date(2027, 6, 1), date(2027, 8, 31), True),  # six after 1 December
        (date(2027, 6, 2), date(2027, 9, 1), False),
    ):
        own = list_choices(a_round([person], [one, vacancy("V2", start=start, end=end)]))["A"]
        assert bool(own.seconds) == possible


def test_only_the_first_of_a_joined_placement_is_judged() -> None:
    one = vacancy("V1", start=date(2027, 3, 1), end=date(2027, 5, 31))
    two = vacancy("V2", start=date(2027, 6, 1), end=date(2027, 8, 31))
    assert first_days(a_round(vacancies=[one, two])) == [date(2027, 3, 1)]
