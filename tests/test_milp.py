"""Rounds of 30 to 60 candidates, against a second formulation in another solver."""

import os

import pytest

from scheduler.engine import solve
from scheduler.goals import goals_of
from scheduler.planning import make_case
from tests.milp import Milp
from tests.oracle import goal_values, keeps_order, keeps_together
from tests.random_rounds import random_round

# `make night` asks for 100.
ROUNDS = int(os.environ.get("ALIS_MILP", "3"))
GOALS = ("last-chance", "placed", "waiting", "hard-hit", "wishes", "lot")


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_second_formulation_agrees(seed: int) -> None:
    people = 30 + seed * 7 % 31
    round = random_round(9000 + seed, people=people, windows=people // 2)
    round = round.changed(policy=round.policy.model_copy(update={"goals": GOALS}))
    second = Milp(round)
    plan = second.solve(GOALS)
    assert keeps_together(round, plan)
    assert keeps_order(round, plan, second.lists)
    case = make_case(round)
    solution = solve(case, examine=False)
    values = {g.id: g.value(case, solution.placements) for g in goals_of(case)}
    expected = goal_values(round, plan)
    assert values == {g: expected[g] for g in GOALS}
