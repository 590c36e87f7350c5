"""Rule capacity: hand-worked edges."""

from datetime import date

from scheduler.listing.options import make_case
from scheduler.rules.capacity import Capacity
from tests.builders import a_round, candidate, lock, outcome, solved, vacancy

TWO = [candidate("A"), candidate("B")]


def test_one_position_takes_one_at_a_time() -> None:
    assert len(outcome(a_round(TWO, [vacancy(positions=1)]))) == 1
    assert len(outcome(a_round(TWO, [vacancy(positions=2)]))) == 2
    assert outcome(a_round(TWO, [vacancy(positions=0)])) == {}


def test_two_follow_one_another_back_to_back() -> None:
    # Situation 3: twelve months from mid-August take two.
    people = [
        candidate("A", wished_start=date(2026, 8, 15)),
        candidate("B", wished_start=date(2027, 2, 1)),
    ]
    window = vacancy(start=date(2026, 8, 15), end=date(2027, 8, 14))
    assert outcome(a_round(people, [window])) == {
        "A": ("V", date(2026, 8, 15)),
        "B": ("V", date(2027, 2, 15)),
    }


def test_locks_use_positions_and_nothing_new_comes_where_they_overfill() -> None:
    held = [
        lock("B", "V", date(2026, 9, 1), date(2026, 10, 31)),
        lock("C", "V", date(2026, 9, 1), date(2026, 9, 30)),
    ]
    people = [candidate("A"), candidate("B"), candidate("C")]
    window = vacancy(end=date(2027, 4, 30))
    assert outcome(a_round(people, [window], locks=held)) == {"A": ("V", date(2026, 11, 1))}
    conflicts = list(Capacity().conflicts(a_round(people, [window], locks=held)))
    assert [(c.first, c.last, c.candidate_ids) for c in conflicts] == [
        (date(2026, 9, 1), date(2026, 9, 30), ("B", "C"))
    ]


def test_one_too_many_is_a_violation() -> None:
    _, solution = solved(a_round(TWO, [vacancy(positions=2)]))
    found = list(Capacity().violations(make_case(a_round(TWO, [vacancy()])), solution.placements))
    assert [f.value("candidates") for f in found] == [("A", "B")]
