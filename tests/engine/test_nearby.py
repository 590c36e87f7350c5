"""Plans made better some people at a time."""

from itertools import islice

from scheduler.building import build_program
from scheduler.case import make_case
from scheduler.components import components
from scheduler.engine import placements_of, solve
from scheduler.engine.cascade import Cascade
from scheduler.engine.clock import Clock
from scheduler.engine.nearby import neighbourhoods
from scheduler.engine.start import start_plan
from scheduler.rules import CEILING, PLAN_RULES
from tests.random_rounds import random_round


def test_everybody_is_planned_anew_in_every_few_passes_and_in_the_same_way() -> None:
    program, _ = build_program(make_case(random_round(9001, people=50, windows=20)))
    part = max(components(program), key=lambda p: len(p.columns))
    own = set(part.columns)
    people = {w for w, c in program.candidates.items() if c.all[0].index in own}
    passes = list(islice(neighbourhoods(program, part), 8))
    assert passes == list(islice(neighbourhoods(program, part), 8))
    assert frozenset().union(*(group for groups in passes for group in groups)) == people


class Unproved(Cascade):
    """Never proves anything."""

    def _prove(self, clock: Clock) -> None:
        pass


def test_better_plans_are_found_nearby_and_keep_every_rule() -> None:
    better = 0
    for seed in range(9000, 9030):
        round = random_round(seed, people=40, windows=14)
        policy = round.policy.model_copy(update={"goals": ("placed", "wishes", "lot")})
        case = make_case(round.changed(policy=policy))
        program, goals = build_program(case)
        stages = [s for _, own in goals for s in own]
        for part in components(program):
            found = Unproved(program, part, Clock.after(60), lambda *_: None).solve(stages)
            assert not found.proved
            placements = placements_of(program, [found.taken])
            assert not any(
                True for rule in (*PLAN_RULES, CEILING) for _ in rule.violations(case, placements)
            )
            first = start_plan(program, part)
            before = sum(c for i, c in stages[0].terms.items() if i in first)
            assert found.stages[0].value >= before
            better += found.stages[0].value > before
    assert better > 0


def test_a_time_limit_changes_no_proved_plan() -> None:
    for seed in range(9000, 9006):
        case = make_case(random_round(seed, people=30, windows=10))
        plain, limited = solve(case), solve(case, clock=Clock.after(600))
        assert plain.optimal
        assert limited.placements == plain.placements
