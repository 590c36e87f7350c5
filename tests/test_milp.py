"""Rounds of 30 to 60 candidates, against a second formulation in another solver."""

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from models.round import Round
from scheduler.goals.catalogue import goals_of
from scheduler.listing.options import list_choices, make_case
from scheduler.solver.solve import solve
from tests.milp import Milp, TooHardError
from tests.oracle import goal_values, keeps_order
from tests.oracle_options import Place
from tests.oracle_rules import keeps_together
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


@dataclass(frozen=True)
class Answer:
    """A round, and the plan that the second formulation found for it."""

    round: Round
    second: Milp
    plan: tuple[Place, ...]


class Answers:
    """Rounds that the second formulation solved; those too hard for it are left out, counted."""

    def __init__(self) -> None:
        self.found: list[Answer] = []
        self.too_hard = 0
        self._more = rounds()

    def at(self, number: int) -> Answer:
        """The answer with that number, from 0."""
        while len(self.found) <= number:
            round = next(self._more)
            second = Milp(round)
            try:
                self.found.append(Answer(round, second, second.solve(GOALS)))
            except TooHardError:
                self.too_hard += 1
        return self.found[number]


ANSWERS = Answers()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_second_formulation_agrees(number: int) -> None:
    answer = ANSWERS.at(number)
    assert ANSWERS.too_hard <= 3 + number // 3
    assert keeps_together(answer.round, answer.plan)
    assert keeps_order(answer.round, answer.plan, answer.second.lists)
    case = make_case(answer.round)
    solution = solve(case, examine=False)
    values = {g.id: g.value(case, solution.placements) for g in goals_of(case)}
    expected = goal_values(answer.round, answer.plan)
    assert values == {g: expected[g] for g in GOALS}
