"""Plans made better some people at a time."""

import pytest

from scheduler.listing.building import build_program
from scheduler.listing.options import make_case
from scheduler.program.components import components
from scheduler.rules.catalogue import CEILING, PLAN_RULES
from scheduler.solver import lexicographic
from scheduler.solver.clock import Clock
from scheduler.solver.heuristics.greedy import greedy_plan
from scheduler.solver.heuristics.improve import NeighbourhoodSearch
from scheduler.solver.heuristics.neighbourhood import Neighbourhoods
from scheduler.solver.lexicographic import Lexicographic
from scheduler.solver.linear.face import Face
from scheduler.solver.search import Search
from scheduler.solver.solve import placements_of, solve
from tests.random_rounds import random_round


def test_everybody_is_planned_anew_in_every_few_passes_and_in_the_same_way() -> None:
    program, _ = build_program(make_case(random_round(9001, people=50, windows=20)))
    part = max(components(program), key=lambda p: len(p.columns))
    one, other = Neighbourhoods(program, part), Neighbourhoods(program, part)
    passes, again = (
        [[n.of_home(home) for home in n.homes()] for _ in range(8)] for n in (one, other)
    )
    assert passes == again
    assert frozenset().union(*(group for groups in passes for group in groups)) == {*one.people}
    assert all(len(group) <= 10 for groups in passes for group in groups)


def test_who_is_badly_off_is_planned_anew_with_those_in_the_way() -> None:
    program, _ = build_program(make_case(random_round(9001, people=50, windows=20)))
    part = max(components(program), key=lambda p: len(p.columns))
    neighbourhoods, taken = Neighbourhoods(program, part), greedy_plan(program, part)
    placed = {o.candidate_id for i in taken if (o := program.columns[i].option) is not None}
    badly = neighbourhoods.badly_off(taken)
    unplaced = [w for w in neighbourhoods.people if w not in placed]
    assert unplaced
    assert badly[: len(unplaced)] == unplaced
    for who in badly[: len(unplaced)]:
        group = neighbourhoods.around(who, taken)
        assert who in group
        assert 1 < len(group) <= 10


class Unproved(Lexicographic):
    """Never proves anything."""

    def _prove(self, clock: Clock, last: int) -> None:
        pass


def test_better_plans_are_found_nearby_and_keep_every_rule() -> None:
    better = 0
    for seed in range(9000, 9008):
        round = random_round(seed, people=24, windows=9)
        policy = round.policy.model_copy(update={"goals": ("placed", "wishes", "lot")})
        case = make_case(round.changed(policy=policy))
        program, goals = build_program(case)
        stages = [s for _, own in goals for s in own]
        for part in components(program):
            found = Unproved(program, part, Clock.after(None, 2.0), lambda *_: None).solve(stages)
            assert not found.proved
            placements = placements_of(program, [found.taken])
            assert not any(
                True for rule in (*PLAN_RULES, CEILING) for _ in rule.violations(case, placements)
            )
            first = greedy_plan(program, part)
            before = sum(c for i, c in stages[0].terms.items() if i in first)
            assert found.stages[0].value >= before
            better += found.stages[0].value > before
    assert better > 0


def test_better_plans_are_looked_for_until_so_many_people_at_a_time_bring_nothing() -> None:
    program, goals = build_program(make_case(random_round(9003, people=30, windows=12)))
    part = max(components(program), key=lambda p: len(p.columns))
    neighbourhoods, searching = Neighbourhoods(program, part), Search(program, part)
    own = {*part.columns}
    sums = [
        {i: -c if s.maximise else c for i, c in s.terms.items() if i in own}
        for _, stages in goals
        for s in stages
    ]
    first = greedy_plan(program, part)
    few = max(len(neighbourhoods.around(who, first)) for who in neighbourhoods.people)
    better = NeighbourhoodSearch(neighbourhoods, searching, Face(searching.pool), sums, first)
    better.run(Clock(), more=False)
    many = max(len(neighbourhoods.around(who, first)) for who in neighbourhoods.people)
    assert few < many < len(neighbourhoods.people)
    assert searching.joined(sums).sum(better.taken) < searching.joined(sums).sum(first)


def test_a_time_limit_changes_no_proved_plan() -> None:
    for seed in range(9000, 9003):
        case = make_case(random_round(seed, people=30, windows=10))
        plain, limited = solve(case), solve(case, clock=Clock.after(600))
        assert plain.optimal
        assert limited.placements == plain.placements


def test_a_better_plan_is_looked_for_before_a_long_search(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[float | None] = []
    real = NeighbourhoodSearch.run

    def run(self: NeighbourhoodSearch, clock: Clock, *, more: bool = True) -> None:
        looked.append(clock.work)
        real(self, clock, more=more)

    monkeypatch.setattr(NeighbourhoodSearch, "run", run)
    several = 0
    for seed in range(9000, 9006):
        program, goals = build_program(make_case(random_round(seed, people=24, windows=9)))
        stages = [s for _, own in goals for s in own]
        for part in components(program):
            plain = Lexicographic(program, part, Clock(), lambda *_: None).solve(stages)
            looked.clear()
            with monkeypatch.context() as patch:
                patch.setattr(lexicographic, "_FIRST_SEARCH_UNITS", 1e-5)
                found = Lexicographic(program, part, Clock(), lambda *_: None).solve(stages)
            assert found.taken == plain.taken
            people = len(Neighbourhoods(program, part).people)
            assert looked[:1] in ([], [pytest.approx(0.03 * people)])
            several += len(looked) > 1
    assert several
