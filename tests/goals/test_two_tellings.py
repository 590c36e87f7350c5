"""Every goal told twice: the sums over columns and the value of the plan, on every plan."""

import itertools
from collections import Counter

import pytest

from scheduler.goals.catalogue import GOALS
from scheduler.listing.options import make_case
from scheduler.program.program import Program
from scheduler.rules.catalogue import RULES
from tests.plans import every_plan, taken_columns, with_helpers
from tests.random_rounds import random_round


@pytest.mark.parametrize("goal_id", GOALS)
def test_the_stages_of_a_goal_sum_to_its_value(goal_id: str) -> None:
    goal = GOALS[goal_id]
    values: Counter[object] = Counter()
    for seed in range(50):
        case = make_case(random_round(seed))
        plans = every_plan(case, 300)
        if goal_id == "unchanged":
            case = type(case)(case.round, case.choices, plans[-1])
        program = Program(case)
        goal.constrain(program)
        stages = goal.stages(program)
        kept = Program(case)
        for rule in RULES[:-1]:
            rule.constrain(kept)
        for plan in itertools.islice(plans, 0, 300, 7):
            taken = with_helpers(program, taken_columns(program, plan), goal.maximise)
            sums = [sum(c for i, c in s.terms.items() if i in taken) for s in stages]
            value = goal.value(case, plan)
            assert goal.shown(case, sums) == value, (seed, plan)
            values[value] += 1
            assert all(s.goal_id == goal_id and s.maximise == goal.maximise for s in stages)
    assert len(values) > 1
