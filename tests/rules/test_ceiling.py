"""Rule ceiling: hand-worked edges."""

from datetime import date

from scheduler.listing.options import list_choices, make_case
from tests.builders import a_round, candidate, outcome, policy, solved, vacancy, waiver, wish

# Six months late: period 42, weight 2, first wish: 84 points.
LATE = vacancy(start=date(2027, 3, 1), end=date(2027, 8, 31))


def test_the_ceiling_itself_is_allowed() -> None:
    assert list_choices(a_round(vacancies=[LATE], policy=policy(max_points=84)))["A"].any
    assert not list_choices(a_round(vacancies=[LATE], policy=policy(max_points=82)))["A"].any
    waived = a_round(
        vacancies=[LATE], policy=policy(max_points=82), waivers=[waiver("A", "ceiling")]
    )
    assert list_choices(waived)["A"].any


def test_it_holds_for_two_halves_together() -> None:
    # Halves: 0 and (30 + 0) * 2 / 2 = 30, and 40 for three plus three: 70 points.
    one = vacancy("V1", end=date(2026, 11, 30))
    two = vacancy("V2", start=date(2027, 5, 1), end=date(2027, 7, 31))
    for limit, placed in ((70, {"A": ("V1", date(2026, 9, 1))}), (68, {})):
        round = a_round(
            [candidate(split="accept")],
            [one, two],
            wishes=[wish()],
            policy=policy(max_points=limit),
        )
        assert outcome(round) == placed


def test_a_plan_above_it_is_a_violation() -> None:
    from scheduler.rules.catalogue import CEILING

    _, solution = solved(a_round(vacancies=[LATE]))
    strict = a_round(vacancies=[LATE], policy=policy(max_points=82))
    assert [f.rule for f in CEILING.violations(make_case(strict), solution.placements)] == [
        "ceiling"
    ]
