"""What is counted of a plan, by hand."""

import dataclasses
from datetime import date

import pytest

from models.municipality import Priority
from models.round import Round
from scheduler.listing.options import make_case
from scheduler.solver.solve import solve
from scheduler.studies.figures import figures_of
from tests.builders import a_round, candidate, policy, vacancy, wish


def test_everything_is_counted() -> None:
    # Three of one municipality and one of another want one place; a second place is a year later.
    people = [
        candidate("A", municipality="1865"),
        candidate("B", municipality="1865"),
        candidate("C", municipality="1865", wished_start=date(2027, 9, 1)),
        candidate("D", municipality="1866"),
    ]
    windows = [vacancy("V"), vacancy("W", date(2027, 9, 1), date(2028, 3, 31))]
    round = a_round(candidates=people, vacancies=windows)
    case = make_case(round)
    placements = solve(case).placements
    found = figures_of(case, placements)
    assert {p.candidate_id for p in placements} > {"C"}
    assert (found.candidates, found.placed, found.waiting) == (4, 2, 2)
    assert (found.far, found.within_six, found.points_median, found.points_tenth) == (0, 2, 0, 0)
    others = (found.unplaced_alone, found.unplaced_few, found.unplaced_many)
    assert others in {(1, 1, 0), (0, 2, 0)}
    assert found.unused_days == 31  # of the second window, in March 2028


def test_an_order_that_was_not_kept_is_counted_whatever_the_policy_says() -> None:
    people = [candidate("A"), candidate("B")]
    round = a_round(
        candidates=people,
        wishes=[wish("A", site="Lofoten"), wish("B", site="Lofoten")],
        priority=[
            Priority(municipality="1865", priority=1, candidate_id="A"),
            Priority(municipality="1865", priority=2, candidate_id="B"),
        ],
        policy=policy(municipal_order="off"),
    )
    case = make_case(round)
    plans = {who: solve(make_case(_only(round, who))).placements for who in "AB"}
    assert figures_of(case, plans["A"]).passed_over == 0
    assert figures_of(case, plans["B"]).passed_over == 1


@pytest.mark.parametrize(("placed", "tenth"), [(1, 2), (10, 20), (11, 20), (20, 38), (21, 38)])
def test_a_tenth_is_at_least_a_tenth(placed: int, tenth: int) -> None:
    round = a_round([candidate(f"C{n:02d}") for n in range(placed)], [vacancy("V")])
    case = make_case(round)
    (one,) = solve(case).placements
    placements = [
        dataclasses.replace(one, candidate_id=f"C{n - 1:02d}", points=2 * n)
        for n in range(1, placed + 1)
    ]
    assert figures_of(case, placements).points_tenth == tenth


def _only(round: Round, who: str) -> Round:
    return round.changed(
        candidates=[c for c in round.candidates if c.candidate_id == who],
        wishes=[w for w in round.wishes if w.candidate_id == who],
        priority=[p for p in round.priority if p.candidate_id == who],
    )
