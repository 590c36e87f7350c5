"""Rule part-time: hand-worked edges."""

from datetime import date

from tests.builders import a_round, candidate, refusal, vacancy, waiver


def test_both_are_full_time() -> None:
    day = date(2026, 9, 1)
    assert refusal(a_round([candidate(fte=80)]), day) == "part-time"
    assert refusal(a_round(vacancies=[vacancy(fte=50)]), day) == "part-time"
    round = a_round([candidate(fte=80)], [vacancy(fte=50)], waivers=[waiver("A", "part-time")])
    assert refusal(round, day) == ""
