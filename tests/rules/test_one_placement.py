"""Rule one-placement: hand-worked edges."""

from datetime import date

from scheduler.case import make_case
from scheduler.rules.one_placement import OnePlacement
from tests.builders import a_round, candidate, outcome, solved, vacancy


def test_nobody_gets_two() -> None:
    round = a_round([candidate()], [vacancy("V"), vacancy("W", site="Bodø")])
    assert len(outcome(round)) == 1


def test_both_halves_or_nothing() -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    assert outcome(a_round([candidate(split="prefer")], [one])) == {}


def test_a_second_placement_and_a_candidate_who_is_not_open_are_violations() -> None:
    case = make_case(a_round([candidate(), candidate("B", status="on_hold")]))
    _, solution = solved(a_round([candidate()]))
    twice = solution.placements * 2
    assert [f.value("candidate") for f in OnePlacement().violations(case, twice)] == ["A"]
    _, other = solved(a_round([candidate("B")]))
    assert [f.rule for f in OnePlacement().violations(case, other.placements)] == ["one-placement"]
