"""Hand-worked examples of SPEC section 6."""

from datetime import date

import pytest

from models.placement import Placement
from scheduler.listing.options import list_choices
from scheduler.problem.points import period_points
from tests.builders import a_round, candidate, policy, solved, vacancy, waiver, wish


def points(round: object, who: str = "A") -> list[int]:
    own = list_choices(round)[who]  # type: ignore[arg-type]
    return sorted(c.points for c in own.whole)


def only(round: object) -> Placement:
    _, solution = solved(round)  # type: ignore[arg-type]
    (placement,) = solution.placements
    return placement


@pytest.mark.parametrize(
    ("deviation", "expected"),
    [(0, 0), (1, 2), (-1, 2), (2, 6), (3, 12), (4, 20), (5, 30), (6, 42), (7, 56), (-9, 84)],
)
def test_period_points(deviation: int, expected: int) -> None:
    assert period_points(policy(), deviation) == expected


def test_exactly_as_wished_is_0() -> None:
    assert points(a_round()) == [0]


@pytest.mark.parametrize(
    ("important", "expected"), [(None, 2 * 42), ("period", 3 * 42), ("place", 1 * 42)]
)
def test_period_is_weighed(important: str | None, expected: int) -> None:
    late = vacancy(start=date(2027, 3, 1), end=date(2027, 8, 31))
    assert points(a_round([candidate(most_important=important)], [late])) == [expected]


@pytest.mark.parametrize(
    ("important", "expected"), [(None, 2 * 6), ("period", 1 * 6), ("place", 3 * 6)]
)
def test_place_is_weighed(important: str | None, expected: int) -> None:
    windows = [vacancy("V", site="Bodø"), vacancy("W", site="Lofoten")]
    wishes = [wish(site="Bodø"), wish(rank=2, site="Lofoten")]
    round = a_round([candidate(most_important=important)], windows, wishes=wishes)
    assert points(round) == [0, expected]


def test_the_sixth_wish_and_all_after_it_cost_the_same() -> None:
    sites = [f"Sted {n}" for n in range(8)]
    windows = [vacancy(f"V{n}", site=s) for n, s in enumerate(sites)]
    wishes = [wish(rank=n + 1, site=s) for n, s in enumerate(sites)]
    assert points(a_round(vacancies=windows, wishes=wishes)) == [0, 12, 24, 36, 48, 60, 60, 60]


def test_an_impossible_wish_neither_helps_nor_hurts() -> None:
    # The first wish has no vacancy that could be: the second counts as the first.
    windows = [vacancy("V", site="Bodø", fte=50), vacancy("W", site="Lofoten")]
    wishes = [wish(site="Bodø"), wish(rank=2, site="Lofoten")]
    round = a_round(vacancies=windows, wishes=wishes)
    assert points(round) == [0]
    assert only(round).segments[0].wish_rank == 2


def test_a_wish_counts_even_if_only_the_ceiling_or_the_candidate_shuts_it_out() -> None:
    # The first wish is possible but for the candidate's own `never`.
    windows = [vacancy("V", site="Bodø"), vacancy("W", site="Lofoten")]
    wishes = [wish(site="Bodø"), wish(rank=2, site="Lofoten"), wish(rank="never", site="Bodø")]
    assert points(a_round(vacancies=windows, wishes=wishes)) == [12]


def test_another_department_and_another_site() -> None:
    person = candidate(open_to_other_sites=True, open_to_other_departments=True)
    windows = [
        vacancy("V", site="Bodø", department="Kirurgi"),
        vacancy("W", site="Bodø", department="Medisin"),
        vacancy("X", site="Lofoten", department="Medisin"),
    ]
    round = a_round([person], windows, wishes=[wish(site="Bodø", department="Kirurgi")])
    assert points(round) == [0, 2 * 40, 2 * 60]


def test_the_site_is_not_named_by_a_wish_that_does_not_count() -> None:
    # The only wish is for a part-time vacancy, so no row counts and the site is another one.
    person = candidate(open_to_other_departments=True)
    windows = [
        vacancy("V", site="Bodø", department="Kirurgi", fte=50),
        vacancy("W", site="Bodø", department="Medisin"),
    ]
    round = a_round([person], windows, wishes=[wish(site="Bodø", department="Kirurgi")])
    assert points(round) == [2 * 60]


def test_joined_is_judged_by_its_first_segment_alone() -> None:
    one = vacancy("V1", start=date(2026, 10, 1), end=date(2026, 12, 31))
    two = vacancy("V2", start=date(2027, 1, 1), end=date(2027, 3, 31))
    placement = only(a_round(vacancies=[one, two]))
    assert placement.points == 2 * 2  # one month late
    assert [s.deviation for s in placement.segments] == [1, None]


@pytest.mark.parametrize(("split", "expected"), [("accept", 0 + 40), ("prefer", 0)])
def test_split_bears_its_shape(split: str, expected: int) -> None:
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2026, 12, 1), site="Bodø")
    assert only(a_round([candidate(split=split)], [one, two])).points == expected


def test_split_is_half_the_sum_of_both() -> None:
    # First one month early (2 * 2), second two months late (6 * 2): (4 + 12) / 2 + 40.
    one = vacancy("V1", start=date(2026, 8, 1), end=date(2026, 10, 31))
    two = vacancy("V2", start=date(2027, 2, 1), end=date(2027, 4, 30))
    placement = only(a_round([candidate(split="accept")], [one, two]))
    assert placement.points == 8 + 40
    assert [s.deviation for s in placement.segments] == [-1, 2]


def test_six_months_cost_who_prefers_split() -> None:
    assert points(a_round([candidate(split="prefer")])) == [20]


def test_beyond_the_limit_with_a_waiver() -> None:
    late = vacancy(start=date(2027, 5, 1), end=date(2027, 10, 31))
    round = a_round(vacancies=[late], waivers=[waiver("A", "deviation")])
    assert points(round) == [2 * (42 + 2 * 14)]
