"""Rounds of 30 to 60 candidates, against a second formulation in another solver."""

import itertools
import os
from collections.abc import Iterator

import pytest

from models.round import Round
from scheduler.engine import solve
from scheduler.goals import goals_of
from scheduler.options import list_choices
from scheduler.planning import make_case
from tests.milp import Milp
from tests.oracle import goal_values, keeps_order, keeps_together
from tests.random_rounds import random_round

# `make night` asks for 100.
ROUNDS = int(os.environ.get("ALIS_MILP", "3"))
GOALS = ("last-chance", "placed", "waiting", "hard-hit", "wishes", "lot")


def rounds() -> Iterator[Round]:
    """Rounds with something to decide, and not so many pairs of halves that listing them takes
    minutes.
    """
    for seed in itertools.count(9000):
        people = 30 + seed * 7 % 31
        round = random_round(seed, people=people, windows=people // 3)
        choices = list_choices(round).values()
        size = sum(len(c.whole) + len(c.firsts) * len(c.seconds) for c in choices)
        if sum(c.any for c in choices) >= 18 and 100 <= size <= 500:
            policy = round.policy.model_copy(update={"goals": GOALS})
            yield round.changed(policy=policy)


FOUND: list[Round] = []
MORE = rounds()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_second_formulation_agrees(number: int) -> None:
    while len(FOUND) <= number:
        FOUND.append(next(MORE))
    round = FOUND[number]
    second = Milp(round)
    plan = second.solve(GOALS)
    assert keeps_together(round, plan)
    assert keeps_order(round, plan, second.lists)
    case = make_case(round)
    solution = solve(case, examine=False)
    values = {g.id: g.value(case, solution.placements) for g in goals_of(case)}
    expected = goal_values(round, plan)
    assert values == {g: expected[g] for g in GOALS}
