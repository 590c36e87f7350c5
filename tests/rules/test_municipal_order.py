"""municipal-order: hand-worked examples of SPEC section 4c."""

from datetime import date
from typing import Any

import pytest

from models.candidate import Candidate
from models.placement import Placement
from models.round import Round
from scheduler.case import make_case
from scheduler.priority import in_line, ready_together, those_after
from scheduler.rules.municipal_order import MunicipalOrder, broken_orders
from tests.builders import (
    Agreement,
    Department,
    Municipality,
    PairKind,
    Priority,
    a_round,
    candidate,
    lock,
    outcome,
    pair,
    policy,
    solved,
    vacancy,
    waiver,
    wish,
)

SEP1, MAR1 = date(2026, 9, 1), date(2027, 3, 1)
NEXT = vacancy("W", start=MAR1, end=date(2027, 8, 31))
# B has waited longer, so every goal would rather serve B.
FIRST, SECOND = candidate("A"), candidate("B", registered_on=date(2025, 1, 1))


def order(*people: str, municipality: str = "1865") -> list[Priority]:
    return [
        Priority(municipality=municipality, priority=n, candidate_id=who)
        for n, who in enumerate(people, 1)
    ]


def placed(round: Round) -> tuple[Placement, ...]:
    return solved(round)[1].placements


def test_the_first_in_line_gets_the_only_place() -> None:
    two = [FIRST, SECOND]
    assert set(outcome(a_round(two))) == {"B"}
    assert set(outcome(a_round(two, priority=order("A", "B")))) == {"A"}
    assert set(outcome(a_round(two, priority=order("B", "A")))) == {"B"}


def test_strict_is_about_better_places_too_and_placed_only_is_not() -> None:
    two, places = [FIRST, SECOND], [vacancy("V"), NEXT]
    own = order("A", "B")
    assert outcome(a_round(two, places))["A"] == ("W", MAR1)
    assert outcome(a_round(two, places, priority=own))["A"] == ("V", SEP1)
    mild = policy(municipal_order="placed_only")
    assert outcome(a_round(two, places, priority=own, policy=mild))["A"] == ("W", MAR1)
    assert set(outcome(a_round(two, priority=own, policy=mild))) == {"A"}


def test_a_waiver_lets_those_after_go_first() -> None:
    round = a_round(
        [FIRST, SECOND], priority=order("A", "B"), waivers=[waiver("A", "municipal-order")]
    )
    assert set(outcome(round)) == {"B"}
    assert those_after(round) == {}


def test_another_municipality_is_another_order() -> None:
    other = candidate("B", registered_on=date(2025, 1, 1), municipality="1804")
    own = [*order("A"), *order("B", municipality="1804")]
    assert set(outcome(a_round([FIRST, other], priority=own))) == {"B"}


@pytest.mark.parametrize(
    ("wished", "together"),
    [(date(2027, 3, 1), True), (date(2027, 3, 2), False), (date(2026, 3, 1), True)],
)
def test_ready_together_is_at_most_six_months_apart(wished: date, together: bool) -> None:
    other = candidate("B", wished_start=wished)
    round = a_round([FIRST, other], priority=order("A", "B"))
    assert ready_together(round, FIRST, other) is together
    assert ready_together(round, other, FIRST) is together
    assert bool(those_after(round)) is together


def test_the_later_of_two_wished_periods_is_the_one_that_begins_later() -> None:
    long = candidate("B", wished_start=date(2026, 1, 1), wished_start_latest=date(2026, 12, 31))
    assert ready_together(a_round([FIRST, long]), FIRST, long)


def test_those_without_a_number_come_after_those_with_one_and_have_no_order() -> None:
    people = [candidate(w) for w in "ABC"]
    round = a_round(people, priority=order("B"))
    assert those_after(round) == {"B": frozenset("AC")}


def test_a_line_keeps_the_wished_order_where_it_may() -> None:
    people = [candidate(w) for w in "ABCD"]
    round = a_round(people, priority=order("D", "A"))
    assert in_line(round, ["A", "B", "C", "D"]) == ["D", "A", "B", "C"]
    assert in_line(round, ["C", "A", "B"]) == ["A", "C", "B"]


def broken(
    people: list[Candidate], plan: Round, **facts: Any
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Who is told as passed over, for which vacancy, behind whom, in that round's best plan."""
    places = list(plan.vacancies)
    own = {"priority": plan.priority or order("A", "B"), **facts}
    case = make_case(a_round(people, places, **own))
    return [
        (b.candidate_id, b.option.segments[0].vacancy_id, b.behind)
        for b in broken_orders(case, placed(plan))
    ]


def test_the_plain_telling_says_who_and_what_and_behind_whom() -> None:
    two = [FIRST, SECOND]
    assert broken(two, a_round(two)) == [("A", "V", ("B",))]
    case = make_case(a_round(two, priority=order("A", "B")))
    found = list(MunicipalOrder().violations(case, placed(a_round(two))))
    assert [(f.rule, f.value("candidate"), f.value("behind")) for f in found] == [
        ("municipal-order", "A", ("B",))
    ]
    worse = placed(a_round(two, [vacancy("V"), NEXT]))
    case = make_case(a_round(two, [vacancy("V"), NEXT], priority=order("A", "B")))
    (found_worse,) = MunicipalOrder().violations(case, worse)
    assert (found_worse.value("points"), found_worse.value("better")) == (84, 0)


def test_somebody_else_in_the_way_excuses() -> None:
    # C, of another municipality, would still stand in A's way without B.
    three = [FIRST, SECOND, candidate("C", registered_on=date(2025, 1, 1), municipality="1804")]
    places = [vacancy("V", positions=2)]
    assert broken(three, a_round(three, places)) == [("A", "V", ("B",))]
    one_position = a_round(three, [vacancy("V")], priority=order("A", "B"))
    assert set(outcome(one_position)) == {"C"}


def test_with_two_positions_only_both_of_them_block() -> None:
    three = [candidate("A"), SECOND, candidate("C", registered_on=date(2025, 1, 2))]
    places = [vacancy("V", positions=2)]
    own = order("A", "B", "C")
    assert set(outcome(a_round(three, places, priority=own))) == {"A", "B"}
    assert broken(three, a_round(three, places), priority=own) == [("A", "V", ("B", "C"))]


def test_a_department_cap_and_cover_block_too() -> None:
    two, places = [FIRST, SECOND], [vacancy("V"), vacancy("W")]
    capped = [
        Department(trust=v.trust, site=v.site, department=v.department, max_concurrent=1)
        for v in places[:1]
    ]
    town = [Municipality(municipality="1865", name="x", registered_from=True, max_away=1)]
    for facts in ({"departments": capped}, {"municipalities": town}):
        assert set(outcome(a_round(two, places, **facts))) == {"B"}
        kept = a_round(two, places, priority=order("A", "B"), **facts)
        assert set(outcome(kept)) == {"A"}
        assert broken(two, a_round(two, places, **facts), **facts) == [("A", "V", ("B",))]


def test_a_partner_after_who_stands_in_the_way_blocks() -> None:
    two, places = [FIRST, SECOND], [vacancy("V"), vacancy("W")]
    apart = [pair("A", "B", PairKind.NOT_TOGETHER)]
    assert set(outcome(a_round(two, places, pairs=apart, priority=order("A", "B")))) == {"A"}
    assert broken(two, a_round(two, places, pairs=apart), pairs=apart) == [("A", "V", ("B",))]


def test_without_the_partner_who_must_be_there_nothing_was_possible() -> None:
    # A may only be placed with B: with B out of the way A had no place either.
    both = [pair("A", "B", PairKind.NOT_TOGETHER, alone_ok=False)]
    round = a_round([FIRST, SECOND], priority=order("A", "B"), pairs=both)
    assert outcome(round) == {}
    alone = placed(a_round([FIRST, SECOND]))
    assert list(broken_orders(make_case(round), alone)) == []


def test_a_locked_person_after_is_not_moved() -> None:
    held = [lock("B", "V", SEP1, date(2027, 2, 28))]
    round = a_round([FIRST, SECOND], priority=order("A", "B"), locks=held)
    assert outcome(round) == {}


HALVES = [
    vacancy("P", end=date(2026, 11, 30)),
    vacancy("Q", start=date(2026, 12, 1), end=date(2027, 2, 28), site="Bodø"),
]


def test_three_plus_three_is_an_option_like_others() -> None:
    # A could have P and Q as 3+3; B needs the last three months and stands in Q.
    first = candidate("A", split="prefer")
    rest = candidate(
        "B", remaining_months=3, registered_on=date(2025, 1, 1), wished_start=date(2026, 12, 1)
    )
    two = [first, rest]
    own = order("A", "B")
    plan = a_round(two, HALVES, priority=own)
    assert outcome(plan)["A"] == ("P", SEP1)
    only_b = placed(a_round([rest], HALVES[1:]))
    case = make_case(plan)
    (found,) = broken_orders(case, only_b)
    assert [s.vacancy_id for s in found.option.segments] == ["P", "Q"]
    assert found.behind == ("B",)


def test_joined_placements_are_options_like_others() -> None:
    meeting = [
        vacancy("P", end=date(2026, 11, 30)),
        vacancy("Q", start=date(2026, 12, 1), end=date(2027, 2, 28)),
    ]
    rest = candidate("B", remaining_months=3, wished_start=date(2026, 12, 1))
    two = [candidate("A"), rest]
    only_b = placed(a_round([rest], meeting[1:]))
    case = make_case(a_round(two, meeting, priority=order("A", "B")))
    (found,) = broken_orders(case, only_b)
    assert [s.vacancy_id for s in found.option.segments] == ["P", "Q"]


def test_a_better_halved_placement_is_seen_among_placed_people() -> None:
    # A has six months in W, 84 points; P and Q would be as wished but for B in Q.
    first = candidate("A", split="prefer")
    rest = candidate("B", remaining_months=3, wished_start=date(2026, 12, 1))
    case = make_case(a_round([first, rest], [*HALVES, NEXT], priority=order("A", "B")))
    plan = (*placed(a_round([candidate("A")], [NEXT])), *placed(a_round([rest], HALVES[1:])))
    (found,) = broken_orders(case, plan)
    assert found.points_now == 84
    assert found.points < 84
    assert len(found.option.segments) == 2


def test_the_best_of_all_plans_that_keep_the_order_is_found_not_a_repair() -> None:
    # Without the order B has V and A has nothing: two of three places. Keeping it, A in V shuts B
    # out of V, but B fits in W; the unordered best had C there.
    three = [
        candidate("A", latest_start=SEP1),
        candidate("B", registered_on=date(2025, 1, 1)),
        candidate("C", municipality="1804", earliest_start=MAR1),
    ]
    places = [vacancy("V"), NEXT]
    agreements = [Agreement(municipality=m, trust=places[0].trust) for m in ("1865", "1804")]
    kept = outcome(a_round(three, places, priority=order("A", "B"), agreements=agreements))
    assert kept["A"] == ("V", SEP1)
    assert len(kept) == 2


def test_wishes_decide_what_is_better() -> None:
    two = [FIRST, SECOND]
    places = [vacancy("V", site="Bodø"), vacancy("W")]
    wishes = [wish("A", site="Bodø"), wish("A", 2), wish("B", site="Bodø"), wish("B", 2)]
    assert outcome(a_round(two, places, wishes=wishes))["B"] == ("V", SEP1)
    kept = outcome(a_round(two, places, wishes=wishes, priority=order("A", "B")))
    assert kept == {"A": ("V", SEP1), "B": ("W", SEP1)}
