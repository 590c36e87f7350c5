"""Rule scheme: hand-worked edges."""

from datetime import date

from tests.builders import a_round, candidate, refusal, waiver


def test_only_the_old_scheme_is_refused() -> None:
    day = date(2026, 9, 1)
    for scheme, expected in (("new", ""), ("converted", ""), ("old", "scheme")):
        assert refusal(a_round([candidate(scheme=scheme)]), day) == expected


def test_a_waiver_sets_it_aside() -> None:
    round = a_round([candidate(scheme="old")], waivers=[waiver("A", "scheme")])
    assert refusal(round, date(2026, 9, 1)) == ""
