"""Rule department-cap: hand-worked edges."""

from datetime import date

from scheduler.listing.options import make_case
from scheduler.rules.department_cap import DepartmentCap
from tests.builders import (
    DEPARTMENT,
    SITE,
    TRUST,
    Department,
    a_round,
    candidate,
    lock,
    outcome,
    solved,
    vacancy,
)

TWO = [candidate("A"), candidate("B")]
WINDOWS = [vacancy("V"), vacancy("W")]


def capped(limit: int | None) -> list[Department]:
    return [Department(trust=TRUST, site=SITE, department=DEPARTMENT, max_concurrent=limit)]


def test_the_cap_counts_over_all_vacancies_of_the_department() -> None:
    assert len(outcome(a_round(TWO, WINDOWS, departments=capped(None)))) == 2
    assert len(outcome(a_round(TWO, WINDOWS, departments=capped(2)))) == 2
    assert len(outcome(a_round(TWO, WINDOWS, departments=capped(1)))) == 1


def test_locks_count_but_not_in_a_vanished_vacancy() -> None:
    span = (date(2026, 9, 1), date(2027, 2, 28))
    here = a_round(TWO, WINDOWS, departments=capped(1), locks=[lock("B", "W", *span)])
    assert outcome(here) == {}
    gone = a_round(TWO, WINDOWS, departments=capped(1), locks=[lock("B", "X", *span)])
    assert set(outcome(gone)) == {"A"}


def test_one_too_many_is_a_violation() -> None:
    _, solution = solved(a_round(TWO, WINDOWS, departments=capped(None)))
    round = a_round(TWO, WINDOWS, departments=capped(1))
    found = list(DepartmentCap().violations(make_case(round), solution.placements))
    assert [f.value("count") for f in found] == [2]
