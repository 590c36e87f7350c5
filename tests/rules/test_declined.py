"""Rule declined: hand-worked edges."""

from datetime import date

from tests.builders import Decline, a_round, refusal, vacancy


def test_a_no_bars_from_that_vacancy_only() -> None:
    round = a_round(
        vacancies=[vacancy("V"), vacancy("W")],
        declines=[Decline(candidate_id="A", vacancy_id="V")],
    )
    assert refusal(round, date(2026, 9, 1), "V") == "declined"
    assert refusal(round, date(2026, 9, 1), "W") == ""
