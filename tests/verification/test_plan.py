"""The check of a plan: each kind of falsehood is told, and nothing true is."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.plan import Plan
from models.proved import Proved
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.problem.case import Case
from scheduler.verification.plan import verify
from tests.builders import Priority, a_round, candidate, lock, made_of, policy, solved, vacancy

EXPECTED = json.loads(Path(__file__).with_name("test_plan.json").read_text(encoding="utf-8"))
SEP1 = date(2026, 9, 1)
LATER = vacancy("W", start=date(2026, 10, 1), end=date(2027, 3, 31))


def made(case: Case) -> Plan:
    return made_of(case).plan


CASE = make_case(
    a_round(
        [
            candidate("A", registered_on=date(2025, 1, 1)),
            candidate("B"),
            candidate("C", status="on_hold"),
            candidate("D", remaining_months=6),
            candidate("E", wished_start=date(2025, 1, 1)),
        ],
        [vacancy("V"), LATER],
        locks=[
            lock("D", "V", date(2026, 3, 1), date(2026, 8, 31)),
        ],
    )
)
PLAN = made(CASE)


def told(plan: Plan, case: Case = CASE) -> list[str]:
    return [f.message for f in verify(plan, case)]


def first(**changes: Any) -> Plan:
    """The plan with another first placement."""
    entry = PLAN.placements[0].model_copy(update=changes)
    return PLAN.model_copy(update={"placements": [entry, *PLAN.placements[1:]]})


def segment(**changes: Any) -> Plan:
    return first(segments=[PLAN.placements[0].segments[0].model_copy(update=changes)])


def goal(number: int, **changes: Any) -> Plan:
    goals = list(PLAN.goals)
    goals[number] = goals[number].model_copy(update=changes)
    return PLAN.model_copy(update={"goals": goals})


def test_the_plan_itself_has_nothing_wrong() -> None:
    assert [p.candidate_id for p in PLAN.placements] == ["A", "B"]
    assert told(PLAN) == []


FALSE = [
    first(points=1),
    segment(deviation_months=3),
    segment(wish_rank=None),
    first(candidate_id="X"),
    first(candidate_id="C"),
    segment(vacancy_id="X"),
    first(segments=[]),
    segment(start=date(2026, 9, 2)),
    first(shape="rest"),
    goal(1, value=1),
    goal(1, bound=3),
    goal(1, bound=1, proof=Proved.NONE),
    goal(4, bound=10**6, proof=Proved.NONE),
    goal(0, proof=Proved.NONE, bound=None),
    PLAN.model_copy(update={"status": "feasible"}),
    PLAN.model_copy(update={"goals": PLAN.goals[1:]}),
    PLAN.model_copy(update={"locks": []}),
    PLAN.model_copy(update={"unplaced": PLAN.unplaced[1:]}),
    PLAN.model_copy(update={"unplaced": [*PLAN.unplaced] * 2}),
    PLAN.model_copy(update={"round": PLAN.round.model_copy(update={"seed": "9"})}),
    PLAN.model_copy(update={"policy": {}}),
    PLAN.model_copy(update={"unique": False}),
]


@pytest.mark.parametrize("number", range(len(FALSE)))
def test_each_falsehood_is_told_in_these_words(number: int) -> None:
    texts = [f"{f.rule}: {Translator('en').finding(f)}" for f in verify(FALSE[number], CASE)]
    assert texts == EXPECTED[number]


def test_a_bound_that_is_not_reached_is_no_falsehood_where_nothing_is_proved() -> None:
    goals = [g.model_copy(update={"proof": Proved.NONE, "bound": None}) for g in PLAN.goals]
    open_bound = goals[1].model_copy(update={"bound": 5})
    goals = [goals[0], open_bound, *goals[2:]]
    honest = {"goals": goals, "status": "feasible", "unique": None}
    assert told(PLAN.model_copy(update=honest)) == []


def test_rules_about_several_are_checked_even_beside_an_unknown_candidate() -> None:
    both = [p.model_copy(update={"segments": PLAN.placements[0].segments}) for p in PLAN.placements]
    stranger = PLAN.placements[0].model_copy(update={"candidate_id": "X"})
    plan = PLAN.model_copy(update={"placements": [*both, stranger]})
    rules = {f.rule for f in verify(plan, CASE)}
    assert "capacity" in rules


def test_a_broken_municipal_order_is_told() -> None:
    own = [Priority(municipality="1865", priority=n, candidate_id=w) for n, w in enumerate("BA", 1)]
    case = make_case(CASE.round.changed(priority=own))
    assert "municipal-order" in {f.rule for f in verify(PLAN, case)}


def test_a_plan_above_the_ceiling_is_told() -> None:
    low = make_case(CASE.round.changed(policy=policy(max_points=2)))
    assert "ceiling" in {f.rule for f in verify(PLAN, low)}


def test_conflicts_and_their_remedies_are_checked() -> None:
    held = [lock("D", "V", date(2026, 9, 1), date(2027, 3, 31))]
    case = make_case(CASE.round.changed(locks=held))
    plan = made(case)
    assert plan.conflicts
    assert told(plan, case) == []
    assert told(plan.model_copy(update={"conflicts": []}), case)
    without = [plan.conflicts[0].model_copy(update={"remedies": []}), *plan.conflicts[1:]]
    assert told(plan.model_copy(update={"conflicts": without}), case)


def test_the_solution_of_the_engine_is_what_is_checked() -> None:
    assert solved(CASE.round)[1].placements == PLAN.answer()
