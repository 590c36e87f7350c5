"""municipal-order: hand-worked examples of SPEC section 4c, one side of each condition and the
other; clauses 2 and 3 are in test_better_of_two.

Every plan is judged twice, by the rule and by the brute force's own words; they must agree.
"""

from datetime import date
from typing import Any

import pytest

from models.placement import Segment, Shape
from models.round import Round
from scheduler.listing.options import make_case
from scheduler.problem.option import Option, Part
from scheduler.problem.placing import make_placement
from scheduler.rules.catalogue import ORDER
from scheduler.rules.order_line import in_line, those_after
from tests.builders import (
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
    vacancy,
    waiver,
    wish,
)
from tests.oracle import breaks, gave_way
from tests.oracle_options import Place, options
from tests.oracle_rules import keeps_together, open_candidates

SEP1, OCT1, DEC1 = date(2026, 9, 1), date(2026, 10, 1), date(2026, 12, 1)
MAR1, FEB28 = date(2027, 3, 1), date(2027, 2, 28)
NEXT = vacancy("W", start=MAR1, end=date(2027, 8, 31))
BODO = vacancy("W", site="Bodø")
# B has waited longer, so every goal would rather serve B.
A, B = candidate("A"), candidate("B", registered_on=date(2025, 1, 1))
ELSEWHERE = candidate("C", municipality="1804", registered_on=date(2025, 1, 1))
OFF = policy(municipal_order="off")
LINE = "first in line"


def order(*people: str, municipality: str = "1865") -> list[Priority]:
    return [
        Priority(municipality=municipality, priority=n, candidate_id=who)
        for n, who in enumerate(people, 1)
    ]


def ordered(*args: Any, **facts: Any) -> Round:
    """A round in which A goes before B."""
    return a_round(*args, **{"priority": order("A", "B"), **facts})


def plan_of(round: Round, stays: dict[str, Any]) -> tuple[Place, ...]:
    """The options with these vacancies and first days, in a plan that keeps 4b."""
    plan = tuple(
        next(
            p
            for p in options(round, round.candidate[who])
            if tuple(x for s in p.segs for x in (s.vacancy, s.first)) == stay
        )
        for who, stay in stays.items()
    )
    assert keeps_together(round, plan)
    return plan


def told(round: Round, **stays: Any) -> set[tuple[str, str, str]]:
    """Whose order a plan breaks, and by which clause."""
    plan = plan_of(round, stays)
    lists = {c.candidate_id: options(round, c) for c in open_candidates(round)}
    found = set(breaks(round, plan, lists))
    case = make_case(round)
    placements = [
        make_placement(
            case,
            Option(
                p.who,
                Shape(p.shape),
                Part.WHOLE,
                tuple(Segment(s.first, s.last, s.vacancy, s.months) for s in p.segs),
            ),
        )
        for p in plan
    ]
    by_rule = list(ORDER.violations(case, tuple(placements)))
    assert all(f.rule == "municipal-order" for f in by_rule)
    names = [(f.value("first"), f.value("second")) for f in by_rule]
    assert sorted(map(str, names)) == sorted(str((i, j)) for i, j, _ in found)
    return found


def gave(round: Round, **stays: Any) -> set[tuple[str, str]]:
    """Who gave way to whom in a plan."""
    lists = {c.candidate_id: options(round, c) for c in open_candidates(round)}
    return gave_way(round, plan_of(round, stays), lists)


# ---- who goes before whom --------------------------------------------------------------


def test_the_first_in_line_gets_the_only_place() -> None:
    assert set(outcome(a_round([A, B]))) == {"B"}
    assert set(outcome(ordered([A, B]))) == {"A"}
    assert told(ordered([A, B]), B=("V", SEP1)) == {("A", "B", LINE)}
    for own in ((), order("B", "A"), order("B")):
        round = a_round([A, B], priority=own)
        assert set(outcome(round)) == {"B"}
        assert told(round, B=("V", SEP1)) == set()


def test_those_without_a_number_come_after_those_with_one_and_have_no_order() -> None:
    people = [candidate(w) for w in "ABC"]
    round = a_round(people, priority=order("B"))
    assert those_after(round) == {"B": frozenset("AC")}
    assert told(round, A=("V", SEP1)) == {("B", "A", LINE)}


def test_a_waiver_of_the_one_before_lets_those_after_go_first() -> None:
    round = ordered([A, B], waivers=[waiver("A", "municipal-order")])
    assert set(outcome(round)) == {"B"}
    assert those_after(round) == {}
    assert told(round, B=("V", SEP1)) == set()
    other = ordered([A, B], waivers=[waiver("B", "municipal-order")])
    assert told(other, B=("V", SEP1)) == {("A", "B", LINE)}
    both = ordered([A, B], [vacancy(), NEXT], waivers=[waiver("A", "municipal-order")])
    stays = {"A": ("W", MAR1), "B": ("V", SEP1)}
    assert told(both, **stays) == set()
    assert gave(both, **stays) == {("A", "B")}


def test_another_municipality_is_another_order() -> None:
    round = a_round([A, ELSEWHERE], priority=[*order("A"), *order("C", municipality="1804")])
    assert set(outcome(round)) == {"C"}
    assert told(round, C=("V", SEP1)) == set()


def test_who_is_not_open_goes_before_nobody() -> None:
    closed = ordered([candidate("A", status="on_hold"), B])
    assert those_after(closed) == {}
    held = [lock("A", "X", date(2026, 3, 1), date(2026, 5, 31))]
    for rest, expected in ((True, {("A", "B", LINE)}), (False, set())):
        one = candidate("A", remaining_months=3, plan_rest=rest)
        assert told(ordered([one, B], locks=held), B=("V", SEP1)) == expected


def test_a_line_keeps_the_wished_order_where_it_may() -> None:
    people = [candidate(w) for w in "ABCD"]
    round = a_round(people, priority=order("D", "A"))
    assert in_line(round, ["A", "B", "C", "D"]) == ["D", "A", "B", "C"]
    assert in_line(round, ["C", "A", "B"]) == ["A", "C", "B"]


def test_where_the_order_is_off_nothing_breaks_it() -> None:
    assert set(outcome(ordered([A, B], policy=OFF))) == {"B"}
    assert told(ordered([A, B], policy=OFF), B=("V", SEP1)) == set()
    both = ordered([A, B], [vacancy(), NEXT], policy=OFF)
    assert told(both, A=("W", MAR1), B=("V", SEP1)) == set()


# ---- 1: first in line ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wished", "served"), [(SEP1, "A"), (date(2026, 9, 2), "B"), (date(2027, 3, 1), "B")]
)
def test_nobody_gives_way_to_somebody_who_is_not_ready_yet(wished: date, served: str) -> None:
    round = ordered([candidate("A", wished_start=wished), B])
    assert told(round, A=("V", SEP1)) == set()
    assert told(round, B=("V", SEP1)) == ({("A", "B", LINE)} if served == "A" else set())
    assert outcome(round) == {served: ("V", SEP1)}


def test_a_window_that_the_first_can_use_later_is_kept_for_them() -> None:
    round = ordered([candidate("A", wished_start=OCT1), B], [vacancy(end=date(2027, 5, 31))])
    assert told(round, B=("V", SEP1)) == {("A", "B", LINE)}
    assert told(round, B=("V", DEC1)) == {("A", "B", LINE)}
    assert outcome(round) == {"A": ("V", OCT1)}


def test_a_place_that_is_free_anyway_is_a_claim_too() -> None:
    round = ordered([A, B], [vacancy(), NEXT])
    assert told(round, B=("V", SEP1)) == {("A", "B", LINE)}
    only_next = ordered([candidate("A", earliest_start=MAR1), B], [vacancy(), NEXT])
    assert told(only_next, B=("V", SEP1)) == {("A", "B", LINE)}


def test_a_promise_to_somebody_after_is_kept() -> None:
    round = ordered([A, B], locks=[lock("B", "V", SEP1, FEB28, status="offered")])
    assert outcome(round) == {}
    assert told(round) == set()


def test_somebody_else_in_the_way_excuses() -> None:
    places = [vacancy(), BODO]
    wishes = [wish("A", site="Lofoten"), wish("B", site="Bodø"), wish("C", site="Lofoten")]
    stays = {"B": ("W", SEP1), "C": ("V", SEP1)}
    assert told(ordered([A, B, ELSEWHERE], places, wishes=wishes), **stays) == set()
    wide = [vacancy(positions=2), BODO]
    assert told(ordered([A, B, ELSEWHERE], wide, wishes=wishes), **stays) == {("A", "B", LINE)}


def test_one_after_the_other_is_asked_to_leave_never_both() -> None:
    three, own = [A, B, candidate("C")], order("A", "B", "C")
    wide = a_round(three, [vacancy(positions=2)], priority=own)
    both = {("A", "B", LINE), ("A", "C", LINE)}
    assert told(wide, B=("V", SEP1), C=("V", SEP1)) == both
    assert set(outcome(wide)) == {"A", "B"}
    rests = [A, *(candidate(w, remaining_months=3, wished_start_latest=DEC1) for w in "BC")]
    halves = a_round(rests, priority=own)
    assert told(halves, B=("V", SEP1)) == {("A", "B", LINE)}
    assert told(halves, B=("V", SEP1), C=("V", DEC1)) == set()
    assert set(outcome(halves)) == {"B", "C"}


def test_a_department_cap_and_cover_count() -> None:
    places = [vacancy(), vacancy("W")]
    v = places[0]
    cap = Department(trust=v.trust, site=v.site, department=v.department, max_concurrent=1)
    town = Municipality(municipality="1865", name="x", registered_from=True, max_away=1)
    for facts in ({"departments": [cap]}, {"municipalities": [town]}):
        round = ordered([A, B], places, **facts)
        assert told(round, B=("W", SEP1)) == {("A", "B", LINE)}
        assert set(outcome(round)) == {"A"}
    # C of another municipality fills the department, B is elsewhere: B's leaving does not help.
    far = [vacancy(), vacancy("W"), vacancy("X", site="Bodø")]
    wishes = [wish("A", site="Lofoten"), wish("B"), wish("C")]
    caps = [cap, Department(trust=v.trust, site="Bodø", department=v.department)]
    full = ordered([A, B, ELSEWHERE], far, wishes=wishes, departments=caps)
    assert told(full, B=("X", SEP1), C=("W", SEP1)) == set()
    assert told(full, B=("X", SEP1)) == {("A", "B", LINE)}
    # While C is away from December, B's leaving in autumn makes no room for six months either.
    rests = [A, *(candidate(w, remaining_months=3, wished_start_latest=DEC1) for w in "BC")]
    away = a_round(rests, places, priority=order("A", "B", "C"), municipalities=[town])
    assert told(away, B=("W", SEP1)) == {("A", "B", LINE)}
    assert told(away, B=("W", SEP1), C=("W", DEC1)) == set()


@pytest.mark.parametrize(("alone_ok", "served"), [(False, {"B", "C"}), (True, {"A"})])
def test_who_may_not_leave_their_partner_alone_need_not_leave(
    alone_ok: bool, served: set[str]
) -> None:
    together = [pair("B", "C", PairKind.SAME_SITE, alone_ok=alone_ok)]
    round = ordered([A, B, ELSEWHERE], [vacancy(positions=2)], pairs=together)
    expected = {("A", "B", LINE)} if alone_ok else set()
    assert told(round, B=("V", SEP1), C=("V", SEP1)) == expected
    assert served <= set(outcome(round))


def test_a_claim_keeps_the_pairs_of_the_first_too() -> None:
    places = [vacancy(), BODO]
    wishes = [wish("A", site="Lofoten"), wish("B"), wish("C")]
    same = [pair("A", "C", PairKind.SAME_SITE)]
    round = ordered([A, B, ELSEWHERE], places, wishes=wishes, pairs=same)
    assert told(round, B=("V", SEP1), C=("W", SEP1)) == set()
    assert told(round, B=("W", SEP1)) == {("A", "B", LINE)}
    needed = [pair("A", "C", PairKind.SAME_SITE, alone_ok=False)]
    round = ordered([A, B, ELSEWHERE], places, wishes=wishes, pairs=needed)
    assert told(round, B=("V", SEP1)) == set()


def test_a_partner_after_who_stands_in_the_way_leaves() -> None:
    places = [vacancy(), vacancy("W")]
    apart = ordered([A, B], places, pairs=[pair("A", "B", PairKind.NOT_TOGETHER)])
    assert told(apart, B=("W", SEP1)) == {("A", "B", LINE)}
    assert set(outcome(apart)) == {"A"}


@pytest.mark.parametrize("site", ["Bodø", "Lofoten"])
def test_two_halves_are_claimed_whole_whatever_their_shape(site: str) -> None:
    """Three plus three where the site changes, joined where it does not."""
    halves = [vacancy("P", end=date(2026, 11, 30)), vacancy("Q", DEC1, FEB28, site=site)]
    one = candidate("A", split="prefer" if site == "Bodø" else "no")
    rest = {"remaining_months": 3, "wished_start_latest": DEC1}
    three = [one, candidate("B", **rest), candidate("C", **rest)]
    round = a_round(three, halves, priority=order("A", "B", "C"))
    assert told(round, B=("Q", DEC1)) == {("A", "B", LINE)}
    assert told(round, B=("Q", DEC1), C=("P", SEP1)) == set()


def test_three_plus_three_gives_way_whole() -> None:
    halves = [vacancy("P", end=date(2026, 11, 30)), vacancy("Q", DEC1, FEB28, site="Bodø")]
    two = [candidate("A", remaining_months=3), candidate("B", split="prefer")]
    round = ordered(two, halves)
    assert told(round, B=("P", SEP1, "Q", DEC1)) == {("A", "B", LINE)}
    assert outcome(round) == {"A": ("P", SEP1)}
