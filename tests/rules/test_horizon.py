"""Rule horizon: hand-worked edges."""

from datetime import date

from tests.builders import a_round, candidate, refusal, vacancy, waiver


def test_nothing_begins_after_the_horizon() -> None:
    person = candidate(wished_start=date(2028, 3, 1))
    round = a_round([person], [vacancy(start=date(2028, 2, 1), end=date(2028, 12, 31))])
    assert refusal(round, date(2028, 3, 1)) == ""
    assert refusal(round, date(2028, 4, 1)) == "horizon"


def test_nothing_begins_before_the_run_date_whatever_is_waived() -> None:
    person = candidate(wished_start=date(2026, 2, 1))
    window = vacancy(start=date(2026, 2, 1), end=date(2026, 12, 31), short_notice=True)
    round = a_round([person], [window], waivers=[waiver("A", "lead-time")])
    assert refusal(round, date(2026, 2, 1)) == "horizon"
    assert refusal(round, date(2026, 3, 1)) == ""
