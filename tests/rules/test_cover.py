"""Rule cover: hand-worked edges."""

from datetime import date

from scheduler.listing.options import make_case
from scheduler.rules.cover import Cover
from tests.builders import Municipality, a_round, candidate, lock, outcome, solved, vacancy

TWO = [candidate("A"), candidate("B")]
WINDOWS = [vacancy("V"), vacancy("W", start=date(2026, 9, 1), end=date(2027, 8, 31))]


def town(limit: int | None) -> list[Municipality]:
    return [Municipality(municipality="1865", name="Vågan", registered_from=True, max_away=limit)]


def test_never_both_away_on_the_same_day() -> None:
    # Situation 7: number two is pushed to after the first.
    found = outcome(a_round(TWO, WINDOWS, municipalities=town(1)))
    assert sorted(day for _, day in found.values()) == [date(2026, 9, 1), date(2027, 3, 1)]
    free = outcome(a_round(TWO, WINDOWS, municipalities=town(2)))
    assert [day for _, day in free.values()] == [date(2026, 9, 1)] * 2


def test_a_lock_in_a_vanished_vacancy_counts() -> None:
    held = [lock("B", "X", date(2026, 9, 1), date(2026, 12, 31))]
    found = outcome(a_round(TWO, [WINDOWS[1]], municipalities=town(1), locks=held))
    assert found == {"A": ("W", date(2027, 1, 1))}


def test_one_away_with_two_locks_is_one_away() -> None:
    held = [
        lock("B", "X", date(2026, 9, 1), date(2026, 12, 31)),
        lock("B", "Y", date(2026, 11, 1), date(2027, 2, 28)),
    ]
    assert len(outcome(a_round(TWO, [WINDOWS[0]], municipalities=town(2), locks=held))) == 1
    assert list(Cover().conflicts(a_round(TWO, municipalities=town(1), locks=held))) == []


def test_one_too_many_is_a_violation() -> None:
    _, solution = solved(a_round(TWO, WINDOWS, municipalities=town(2)))
    round = a_round(TWO, WINDOWS, municipalities=town(1))
    assert [f.rule for f in Cover().violations(make_case(round), solution.placements)] == ["cover"]
