"""Deadlines at their edges (SPEC section 8)."""

from datetime import date

import pytest

from scheduler.listing.deadlines import (
    DeadlineKind,
    DeadlineState,
    course_days,
    deadlines,
    free_stretches,
    state_of,
)
from scheduler.rules.occupancy import stays_of
from tests.builders import RUN_DATE, a_round, candidate, lock, solved, vacancy


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2026, 3, 2), date(2026, 6, 1), DeadlineState.COMING),
        (date(2026, 3, 1), date(2026, 6, 1), DeadlineState.DUE),
        (date(2025, 12, 1), date(2026, 3, 1), DeadlineState.DUE),
        (date(2025, 12, 1), date(2026, 2, 28), DeadlineState.OVERDUE),
    ],
)
def test_states(since: date, until: date, expected: DeadlineState) -> None:
    assert state_of(RUN_DATE, since, until) is expected


def test_a_new_placement_is_never_overdue_but_at_once() -> None:
    round = a_round([candidate(wished_start=date(2026, 6, 1))], [vacancy(start=date(2026, 6, 1))])
    _, solution = solved(round)
    found = {d.kind: d for d in deadlines(round, solution.placements)}
    confirm, contract = found[DeadlineKind.RECONFIRM], found[DeadlineKind.CONTRACT]
    assert (confirm.since, confirm.until) == (date(2025, 9, 1), date(2025, 12, 1))
    assert confirm.state is DeadlineState.AT_ONCE
    assert (contract.since, contract.until) == (date(2025, 12, 1), date(2026, 3, 1))
    assert contract.state is DeadlineState.DUE


@pytest.mark.parametrize(
    ("status", "confirm", "contract"),
    [
        ("offered", "overdue", "due"),
        ("accepted", "overdue", "due"),
        ("contract", "deadline_done", "deadline_done"),
        ("in_service", "deadline_done", "deadline_done"),
    ],
)
def test_only_a_contract_says_that_the_municipality_has_confirmed(
    status: str, confirm: str, contract: str
) -> None:
    held = lock("A", "V", date(2026, 6, 1), date(2026, 11, 30), status=status)
    round = a_round([candidate()], [vacancy(start=date(2026, 6, 1))], locks=[held])
    found = {d.kind: d.state for d in deadlines(round, ()) if d.candidate_id}
    assert found == {DeadlineKind.RECONFIRM: confirm, DeadlineKind.CONTRACT: contract}


def test_an_unused_vacancy_is_released_two_months_after_it_was_made_known() -> None:
    for made_known, state in ((date(2026, 1, 1), "due"), (date(2026, 1, 2), "coming")):
        round = a_round(vacancies=[vacancy(advertised_on=made_known)], wishes=[])
        (found,) = (d for d in deadlines(round, ()) if d.vacancy_id)
        assert (found.kind, found.state) == (DeadlineKind.RELEASE, state)


def test_free_stretches_are_what_no_one_uses_from_the_run_date_on() -> None:
    window = vacancy(start=date(2026, 1, 1), end=date(2027, 2, 28), positions=2)
    held = lock("A", "V", date(2026, 5, 1), date(2026, 6, 30))
    round = a_round([candidate()], [window], locks=[held])
    found = free_stretches(round.run_date, window, stays_of(round, ()))
    assert [(f.first, f.last, f.positions) for f in found] == [
        (date(2026, 3, 1), date(2026, 4, 30), 2),
        (date(2026, 5, 1), date(2026, 6, 30), 1),
        (date(2026, 7, 1), date(2027, 2, 28), 2),
    ]


def test_five_course_days_per_six_months() -> None:
    assert [course_days(n) for n in (6, 3, 12, 1)] == [5, 2, 10, 0]


@pytest.mark.parametrize(("last", "count"), [(date(2026, 2, 28), 0), (RUN_DATE, 2)])
def test_nothing_is_due_for_service_that_is_over(last: date, count: int) -> None:
    held = lock("A", "V", date(2025, 9, 1), last)
    round = a_round([candidate()], [vacancy(start=date(2025, 9, 1))], locks=[held])
    assert len([d for d in deadlines(round, ()) if d.candidate_id]) == count
