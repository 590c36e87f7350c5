"""municipal-order, clauses 2 and 3 of SPEC section 4c, and the situations it was rewritten for."""

from datetime import date

from models.round import Round
from tests.builders import (
    PairKind,
    a_round,
    candidate,
    outcome,
    pair,
    policy,
    solved,
    vacancy,
    wish,
)
from tests.rules.test_municipal_order import (
    BODO,
    DEC1,
    ELSEWHERE,
    FEB28,
    MAR1,
    NEXT,
    OCT1,
    SEP1,
    A,
    B,
    gave,
    ordered,
    told,
)

STRICT = policy(municipal_order="strict")
BETTER, TAKEOVER = "the better of two", "takeover"


def points(round: Round) -> dict[str, int]:
    return {p.candidate_id: p.points for p in solved(round)[1].placements}


# ---- 2 and 3: the better of two, takeover ----------------------------------------------


def test_of_two_places_that_both_could_have_the_first_has_the_better() -> None:
    places = [vacancy(), NEXT]
    stays = {"A": ("W", MAR1), "B": ("V", SEP1)}
    assert outcome(a_round([A, B], places)) == stays
    assert told(ordered([A, B], places), **stays) == {("A", "B", BETTER)}
    assert outcome(ordered([A, B], places)) == {"A": ("V", SEP1), "B": ("W", MAR1)}
    wishes = [wish("A", site="Bodø"), wish("A", 2), wish("B", site="Bodø"), wish("B", 2)]
    round = ordered([A, B], [vacancy(), BODO], wishes=wishes)
    assert told(round, A=("V", SEP1), B=("W", SEP1)) == {("A", "B", BETTER)}
    assert outcome(round) == {"A": ("W", SEP1), "B": ("V", SEP1)}


def test_what_the_second_could_not_have_is_taken_over_only_where_strict() -> None:
    two, places = [A, candidate("B", latest_start=SEP1)], [vacancy(), NEXT]
    stays = {"A": ("W", MAR1), "B": ("V", SEP1)}
    assert told(ordered(two, places), **stays) == set()
    assert gave(ordered(two, places), **stays) == {("A", "B")}
    assert outcome(ordered(two, places)) == stays
    assert told(ordered(two, places, policy=STRICT), **stays) == {("A", "B", TAKEOVER)}
    assert outcome(ordered(two, places, policy=STRICT)) == {"A": ("V", SEP1)}


def test_no_better_is_no_better() -> None:
    round = ordered([candidate("A", wished_start_latest=MAR1), B], [vacancy(), NEXT])
    assert told(round.changed(policy=STRICT), A=("W", MAR1), B=("V", SEP1)) == set()


def test_only_the_same_segments_from_the_wished_start_on_are_claimed() -> None:
    stays = {"A": ("W", MAR1), "B": ("V", SEP1)}
    early = candidate("A", wished_start=OCT1)
    assert told(ordered([early, B], [vacancy(), NEXT], policy=STRICT), **stays) == set()
    # In nine months of V the early one could have had October, but that is not what B has.
    long = [vacancy(end=date(2027, 5, 31)), NEXT]
    assert told(ordered([early, B], long, policy=STRICT), **stays) == set()
    later = {"A": ("W", MAR1), "B": ("V", OCT1)}
    assert told(ordered([early, B], long), **later) == {("A", "B", BETTER)}


def test_what_the_second_could_have_had_early_counts() -> None:
    places = [vacancy(), NEXT.model_copy(update={"site": "Bodø"})]
    wishes = [wish("A", site="Bodø"), wish("A", 2), wish("B")]
    first = candidate("A", wished_start_latest=MAR1)
    stays = {"A": ("V", SEP1), "B": ("W", MAR1)}
    for facts, expected in (({}, {("A", "B", BETTER)}), ({"earliest_start": MAR1}, set())):
        second = candidate("B", wished_start=MAR1, **facts)
        assert told(ordered([first, second], places, wishes=wishes), **stays) == expected


def test_the_better_of_two_leaves_people_in_pairs_alone() -> None:
    stays = {"A": ("W", MAR1), "B": ("V", SEP1)}
    third = candidate("C", municipality="1804", status="on_hold")
    for who in "AB":
        apart = [pair(who, "C", PairKind.NOT_TOGETHER)]
        round = ordered([A, B, third], [vacancy(), NEXT], pairs=apart, policy=STRICT)
        assert told(round, **stays) == set()
        assert gave(round, **stays) == {("A", "B")}


def test_the_better_of_two_is_about_unbroken_service() -> None:
    halves = [vacancy("P", end=date(2026, 11, 30)), vacancy("Q", DEC1, FEB28, site="Bodø")]
    two = [candidate(w, split="accept") for w in "AB"]
    split, whole = ("P", SEP1, "Q", DEC1), ("V", SEP1)
    round = ordered(two, [vacancy(), *halves], policy=STRICT)
    assert told(round, A=split, B=whole) == set()
    assert gave(round, A=split, B=whole) == {("A", "B")}
    late = ordered(two, [NEXT, *halves], policy=STRICT)
    assert told(late, A=("W", MAR1), B=split) == set()
    assert gave(late, A=("W", MAR1), B=split) == set()
    meeting = [halves[0], vacancy("Q", DEC1, FEB28)]
    joined = ordered([A, B], [NEXT, *meeting])
    assert told(joined, A=("W", MAR1), B=split) == {("A", "B", BETTER)}
    assert outcome(joined) == {"A": ("P", SEP1), "B": ("W", MAR1)}
    rests = [candidate(w, remaining_months=3, wished_start_latest=OCT1) for w in "AB"]
    three = ordered(rests, [halves[0], halves[1]])
    assert told(three, A=("Q", DEC1), B=("P", SEP1)) == {("A", "B", BETTER)}


# ---- situations from the issue ---------------------------------------------------------


def test_who_wishes_half_a_year_later_stops_nobody() -> None:
    round = ordered([candidate("A", wished_start=MAR1), B])
    assert outcome(round) == {"B": ("V", SEP1)}
    assert told(round, B=("V", SEP1)) == set()


def test_two_weeks_wait_for_the_first_lets_both_have_a_place() -> None:
    surgery = vacancy("S", site="Bodø", department="Kirurgi")
    children = vacancy("K", date(2026, 9, 15), date(2027, 3, 14), site="Bodø", department="Barn")
    wishes = [wish("A", site="Bodø"), wish("B", site="Bodø", department="Kirurgi")]
    facts = {"wishes": wishes}
    stays = {"A": ("K", date(2026, 9, 15)), "B": ("S", SEP1)}
    mild = ordered([A, B], [surgery, children], **facts)
    assert outcome(mild) == stays
    assert points(mild) == {"A": 4, "B": 0}
    assert told(mild, **stays) == set()
    assert gave(mild, **stays) == {("A", "B")}
    strict = mild.changed(policy=STRICT)
    assert outcome(strict) == {"A": ("S", SEP1)}
    assert told(strict, **stays) == {("A", "B", TAKEOVER)}


def test_the_second_wish_of_the_first_lets_three_have_a_place() -> None:
    places = [
        vacancy("L"),
        vacancy("S", site="Bodø", department="Kirurgi"),
        vacancy("K", site="Bodø", department="Barn"),
    ]
    wishes = [
        wish("A", site="Lofoten"),
        wish("A", 2, site="Bodø"),
        wish("B", site="Lofoten"),
        wish("C", site="Lofoten"),
        wish("C", 2, site="Bodø", department="Barn"),
    ]
    round = ordered([A, B, ELSEWHERE], places, wishes=wishes)
    stays = {"A": ("S", SEP1), "B": ("L", SEP1), "C": ("K", SEP1)}
    assert outcome(round) == stays
    assert points(round) == {"A": 12, "B": 0, "C": 12}
    assert told(round, **stays) == set()
    assert told(round.changed(policy=STRICT), **stays) == {("A", "B", TAKEOVER)}
