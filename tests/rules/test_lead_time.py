"""Rule lead-time: hand-worked edges."""

from datetime import date

from tests.builders import a_round, candidate, refusal, vacancy, waiver

PERSON = candidate(wished_start=date(2026, 6, 1))


def test_three_months_after_the_run_date_or_at_short_notice() -> None:
    start, end = date(2026, 5, 31), date(2027, 1, 31)
    round = a_round([PERSON], [vacancy("V", start, end)])
    assert refusal(round, date(2026, 6, 1)) == ""
    assert refusal(round, date(2026, 5, 31)) == "lead-time"
    assert (
        refusal(a_round([PERSON], [vacancy("V", start, end, short_notice=True)]), date(2026, 5, 31))
        == ""
    )
    waived = a_round([PERSON], [vacancy("V", start, end)], waivers=[waiver("A", "lead-time")])
    assert refusal(waived, date(2026, 5, 31)) == ""
