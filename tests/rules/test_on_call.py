"""Rule on-call: hand-worked edges."""

from datetime import date

from tests.builders import a_round, candidate, refusal, vacancy, waiver


def test_who_cannot_take_duty_gets_no_vacancy_with_duty() -> None:
    day = date(2026, 9, 1)
    assert refusal(a_round([candidate(on_call=False)]), day) == "on-call"
    assert refusal(a_round([candidate(on_call=False)], [vacancy(on_call=False)]), day) == ""
    round = a_round([candidate(on_call=False)], waivers=[waiver("A", "on-call")])
    assert refusal(round, day) == ""
