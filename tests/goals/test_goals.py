"""Hand-worked examples of SPEC section 5."""

from datetime import date

import pytest

from scheduler.goals.catalogue import GOALS
from scheduler.goals.last_chance import has_last_chance
from scheduler.goals.order import turns
from scheduler.problem.lot import lot, segment_lot
from scheduler.problem.waiting import waiting_quarters
from tests.builders import Priority, a_round, candidate, outcome, policy, solved, vacancy, wish


def values(round: object) -> dict[str, object]:
    case, solution = solved(round)  # type: ignore[arg-type]
    return {g: GOALS[g].value(case, solution.placements) for g in case.round.policy.goals}


@pytest.mark.parametrize(
    ("registered", "wished", "expected"),
    [
        (date(2026, 3, 1), date(2026, 9, 1), 0),
        (date(2025, 11, 30), date(2026, 9, 1), 1),  # 91 days
        (date(2025, 12, 1), date(2026, 9, 1), 0),  # 90 days
        (date(2024, 1, 1), date(2026, 9, 1), 1),  # counted from 1 September 2025: 181 days
        (date(2024, 1, 1), date(2026, 8, 30), 2),  # from 30 August 2025: 183 days
        (date(2026, 9, 1), date(2028, 1, 1), 0),
    ],
)
def test_waiting_quarters(registered: date, wished: date, expected: int) -> None:
    person = candidate(registered_on=registered, wished_start=wished)
    assert waiting_quarters(a_round([person]), "A") == expected


def test_waiting_counts_from_the_first_wish_ever() -> None:
    person = candidate(registered_on=date(2024, 1, 1), first_wished_start=date(2025, 9, 1))
    assert waiting_quarters(a_round([person]), "A") == 6  # from 1 September 2024: 546 days


@pytest.mark.parametrize(
    ("wished", "expected"),
    [
        # Next round 1 June and three months' lead: 1 September. Six months after the wish.
        (date(2026, 2, 28), False),  # the last of February: b' is 1 March, limit 1 September
        (date(2026, 2, 27), True),  # limit 27 August
        (date(2026, 3, 1), False),
    ],
)
def test_last_chance(wished: date, expected: bool) -> None:
    assert has_last_chance(a_round([candidate(wished_start=wished)]), "A") is expected


def test_lot_is_the_first_two_bytes_of_sha_256() -> None:
    # sha256("abc") begins with ba 78.
    assert lot("abc") == 0xBA78
    round = a_round()
    case, solution = solved(round)
    segment = solution.placements[0].bare[0]
    assert segment_lot(round, "A", segment) == lot("20260301|A|V|2026-09-01|2027-02-28")
    assert GOALS["lot"].value(case, solution.placements) == segment_lot(round, "A", segment)


def test_the_goals_in_their_order_on_one_place_for_two() -> None:
    # B has waited longer, A is nearer to the wish: waiting goes before wishes.
    a = candidate("A", registered_on=date(2026, 2, 1))
    b = candidate("B", registered_on=date(2025, 10, 1), wished_start=date(2026, 8, 1))
    assert set(outcome(a_round([a, b]))) == {"B"}


def test_last_chance_goes_before_placing_many() -> None:
    # The long window takes two, or one whose last chance it is in the middle of it.
    long = vacancy(start=date(2026, 6, 1), end=date(2027, 5, 31))
    last = candidate("L", wished_start=date(2026, 2, 15), latest_start=date(2026, 8, 15))
    window = {"earliest_start": date(2026, 8, 1)}
    last = last.model_copy(update=window)
    others = [
        candidate("A", wished_start=date(2026, 6, 1), latest_start=date(2026, 6, 1)),
        candidate("B", wished_start=date(2026, 12, 1), earliest_start=date(2026, 12, 1)),
    ]
    found = values(a_round([last, *others], [long]))
    assert (found["last-chance"], found["placed"]) == (1, 1)


def test_wishes_weigh_waiting_up_to_eight_quarters() -> None:
    late = vacancy(start=date(2026, 10, 1), end=date(2027, 3, 31))  # 4 points
    old = candidate(registered_on=date(2020, 1, 1), first_wished_start=date(2020, 1, 1))
    assert values(a_round([old], [late]))["wishes"] == 4 * (4 + 8)
    assert values(a_round([candidate()], [late]))["wishes"] == 4 * 4


def test_hard_hit_counts_from_the_policys_points() -> None:
    late = vacancy(start=date(2027, 3, 1), end=date(2027, 8, 31))  # 84 points
    assert values(a_round(vacancies=[late]))["hard-hit"] == 1
    assert values(a_round(vacancies=[late], policy=policy(hard_points=86)))["hard-hit"] == 0


def test_unchanged_keeps_the_plan_before_where_nothing_better_is_lost() -> None:
    windows = [vacancy("V"), vacancy("W")]
    round = a_round(vacancies=windows)
    for name in ("V", "W"):
        only = a_round(vacancies=[w for w in windows if w.vacancy_id == name])
        _, before = solved(only)
        case, after = solved(round, before.placements)
        assert after.placements == before.placements
        assert GOALS["unchanged"].value(case, after.placements) == 1


def test_turns_are_by_waiting_then_registration_then_lot() -> None:
    people = [
        candidate("A", registered_on=date(2026, 2, 1)),
        candidate("B", registered_on=date(2025, 9, 1)),
        candidate("C", registered_on=date(2026, 1, 1)),
    ]
    assert turns(a_round(people)) == ["B", "C", "A"]


def test_order_gives_each_in_turn_the_best_that_is_left() -> None:
    # With placed first both would get something; in strict turns B takes what both need.
    goals = ["order", "lot"]
    first = candidate("A", registered_on=date(2026, 2, 1))
    longest = candidate("B", registered_on=date(2025, 9, 1))
    windows = [vacancy("V"), vacancy("W", start=date(2026, 10, 1), end=date(2027, 3, 31))]
    wishes = [wish("A"), wish("B")]
    barred = a_round(
        [first.model_copy(update={"latest_start": date(2026, 9, 1)}), longest],
        windows,
        wishes=wishes,
        policy=policy(goals=goals),
    )
    assert values(barred)["order"] == (0, None)
    assert set(outcome(barred)) == {"B"}


def test_municipal_rank_counts_by_priority() -> None:
    people = [candidate("A"), candidate("B", municipality="1860")]
    ranks = [
        Priority(municipality="1865", priority=2, candidate_id="A"),
        Priority(municipality="1860", priority=1, candidate_id="B"),
    ]
    round = a_round(people, priority=ranks, policy=policy(goals=["municipal-rank", "lot"]))
    assert values(round)["municipal-rank"] == (1, 0)
