"""Rule arrivals: hand-worked edges."""

from datetime import date

import pytest

from scheduler.conflicts.promises import find_conflicts
from scheduler.conflicts.remedies import conflict_entries
from scheduler.explanations.standing import Standing
from scheduler.listing.options import make_case
from scheduler.rules.arrivals import Arrivals
from tests.builders import (
    DEPARTMENT,
    SITE,
    TRUST,
    Department,
    Priority,
    a_round,
    candidate,
    lock,
    outcome,
    solved,
    vacancy,
)

SEP1 = date(2026, 9, 1)
TWO = [candidate("A"), candidate("B")]
WINDOWS = [vacancy("V"), vacancy("W")]


def receiving(limit: int | None) -> list[Department]:
    return [Department(trust=TRUST, site=SITE, department=DEPARTMENT, max_arrivals=limit)]


def test_so_many_begin_on_a_day_over_all_vacancies_of_the_department() -> None:
    assert len(outcome(a_round(TWO, WINDOWS, departments=receiving(None)))) == 2
    assert len(outcome(a_round(TWO, WINDOWS, departments=receiving(2)))) == 2
    assert len(outcome(a_round(TWO, WINDOWS, departments=receiving(1)))) == 1
    assert outcome(a_round(TWO, WINDOWS, departments=receiving(0))) == {}


def test_those_who_begin_on_other_days_are_received_beside_each_other() -> None:
    later = vacancy("W", start=date(2026, 9, 2), end=date(2027, 3, 1))
    assert len(outcome(a_round(TWO, [vacancy("V"), later], departments=receiving(1)))) == 2


@pytest.mark.parametrize(("start", "placed"), [(SEP1, 0), (date(2026, 8, 31), 1)])
def test_promises_are_received_like_new_placements(start: date, placed: int) -> None:
    held = [lock("B", "W", start, date(2027, 2, 28))]
    windows = [vacancy("V"), vacancy("W", start=date(2026, 8, 1))]
    assert len(outcome(a_round(TWO, windows, departments=receiving(1), locks=held))) == placed


@pytest.mark.parametrize(("end", "placed"), [(date(2026, 8, 31), 2), (date(2026, 8, 30), 1)])
def test_whoever_was_there_the_day_before_is_not_received_again(end: date, placed: int) -> None:
    then = {"earliest_start": SEP1, "latest_start": SEP1}
    rest = candidate("A", remaining_months=3, plan_rest=True, **then)
    held = [lock("A", "W", date(2026, 6, 1), end)]
    windows = [vacancy("V"), vacancy("W", start=date(2026, 3, 1), end=date(2027, 2, 28))]
    round = a_round([rest, candidate("B", **then)], windows, departments=receiving(1), locks=held)
    assert len(outcome(round)) == placed


def test_the_second_window_of_a_joined_placement_receives_nobody() -> None:
    joined = [
        vacancy("V", end=date(2026, 11, 30)),
        vacancy("W", start=date(2026, 12, 1), end=date(2027, 2, 28)),
        vacancy("X", start=date(2026, 12, 1), end=date(2027, 5, 31)),
    ]
    late = candidate("B", wished_start=date(2026, 12, 1))
    round = a_round([candidate("A"), late], joined, departments=receiving(1))
    assert set(outcome(round)) == {"A", "B"}


def test_one_too_many_is_a_violation() -> None:
    _, solution = solved(a_round(TWO, WINDOWS, departments=receiving(None)))
    round = a_round(TWO, WINDOWS, departments=receiving(1))
    (found,) = Arrivals().violations(make_case(round), solution.placements)
    assert (found.value("count"), found.value("day")) == (2, SEP1)


def test_promises_that_collide_are_told_with_what_would_make_room() -> None:
    held = [lock(who, v, SEP1, date(2027, 2, 28)) for who, v in (("A", "V"), ("B", "W"))]
    round = a_round(TWO, WINDOWS, departments=receiving(1), locks=held)
    (conflict,) = find_conflicts(round)
    assert (conflict.finding.rule, conflict.candidate_ids) == ("arrivals", ("A", "B"))
    (entry,) = conflict_entries(make_case(round), ())
    told = [dict(remedy.change.finding().values).get("count") for remedy in entry.remedies]
    assert told.count(2) == 1


def test_whoever_begins_that_day_stands_in_the_way() -> None:
    round = a_round(TWO, WINDOWS, departments=receiving(1))
    case, solution = solved(round)
    (placed,) = solution.placements
    (other,) = {"A", "B"} - {placed.candidate_id}
    obstacles = Standing(case, solution.placements).obstacles(other)
    for choice in case.choices[other].whole:
        found = {one.rule: one.people for one in obstacles.of(choice.option)}
        assert found["arrivals"] == frozenset({placed.candidate_id})


def test_a_place_is_not_left_to_somebody_who_could_not_begin_there() -> None:
    # B, who goes after A, begins when nobody else does; A could take over the months from October,
    # but then C begins too.
    oct1 = date(2026, 10, 1)
    people = [
        candidate("A", wished_start=oct1),
        candidate("B", wished_start=SEP1),
        candidate("C", wished_start=oct1, municipality="1804"),
    ]
    windows = [
        vacancy("V", start=SEP1, end=date(2027, 5, 31)),
        vacancy("W", start=oct1, end=date(2027, 3, 31)),
    ]
    order = [Priority(municipality="1865", priority=1, candidate_id="A")]
    free = a_round(people, windows, priority=order, departments=receiving(None))
    assert {"A", "C"} <= set(outcome(free))
    tight = a_round(people, windows, priority=order, departments=receiving(1))
    found = outcome(tight)
    assert len(found) == 2
    assert "B" in found
