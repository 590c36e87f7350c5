"""Helper columns are taken only where a row needs them."""

from scheduler.goals.hard_hit import HardHit
from scheduler.listing.building import build_program
from scheduler.listing.options import make_case
from scheduler.program.components import components
from scheduler.solver.heuristics.greedy import greedy_plan
from scheduler.solver.integer.indicators import Indicators
from tests.random_rounds import few, random_round


def test_a_hard_hit_is_counted_exactly_where_somebody_is_placed_far_from_their_wish() -> None:
    needed = for_nothing = 0
    for seed in range(few(150)):
        case = make_case(random_round(seed, people=8, windows=5))
        program, goals = build_program(case)
        stage = next((own[0] for goal, own in goals if isinstance(goal, HardHit)), None)
        if stage is None:
            continue
        for part in components(program):
            lean, plan = Indicators(program, part), greedy_plan(program, part)
            assert lean.needed(plan) == plan
            assert lean.needed(plan | lean.columns) == plan
            for_nothing += len(lean.columns - plan)
            needed += len(lean.columns & plan)
            # What is left is what the goal counts of those who have three plus three.
            own = [program.columns[i] for i in plan]
            points: dict[str, int] = {}
            for column in own:
                if column.option is not None:
                    who = column.option.candidate_id
                    points[who] = points.get(who, 0) + column.points
            hard = sum(p >= case.round.policy.hard_points for p in points.values())
            assert sum(c for i, c in stage.terms.items() if i in plan) == hard, seed
    assert for_nothing > few(50)
    assert needed > few(3)
