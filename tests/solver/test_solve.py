"""The solver: exact bounds, independence of parts, honesty when time runs out."""

import threading
from fractions import Fraction

import pytest

from models.proved import Proved
from scheduler.goals.catalogue import goals_of
from scheduler.input import read_round
from scheduler.listing.building import build_program
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.program.components import components
from scheduler.rules.catalogue import CEILING, PLAN_RULES
from scheduler.solver import lexicographic
from scheduler.solver.clock import Clock, Shares
from scheduler.solver.heuristics.greedy import greedy_plan
from scheduler.solver.integer import cpsat
from scheduler.solver.integer.cpsat import Found
from scheduler.solver.linear.bound import exact_bound
from scheduler.solver.linear.face import Face, Pool
from scheduler.solver.linear.relaxation import Relaxation
from scheduler.solver.solve import Solution, solve
from scheduler.support.errors import SolverFaultError
from scheduler.support.resources import data_folder
from tests.builders import a_round, candidate, vacancy
from tests.random_rounds import random_round


@pytest.fixture(scope="module")
def nord() -> Case:
    round = read_round(data_folder() / "samples" / "nord").round
    assert round is not None
    return make_case(round)


def kept(case: Case, solution: Solution) -> bool:
    """Whether the placements keep every rule about several."""
    rules = [*PLAN_RULES, CEILING]
    return not any(list(r.violations(case, solution.placements)) for r in rules)


def test_parts_are_split_where_nothing_ties_them() -> None:
    people = [candidate("A"), candidate("B", municipality="1860")]
    windows = [vacancy("V", site="Bodø"), vacancy("W", site="Lofoten")]
    from tests.builders import wish

    apart = a_round(people, windows, wishes=[wish("A", site="Bodø"), wish("B", site="Lofoten")])
    assert len(components(build_program(make_case(apart))[0])) == 2
    both = a_round(people, windows)
    assert len(components(build_program(make_case(both))[0])) == 1


def test_bounds_are_true_whatever_the_duals() -> None:
    # Wrong duals must give a weaker bound, never a wrong one.
    for seed in range(60):
        case = make_case(random_round(seed))
        program, goals = build_program(case)
        for part in components(program):
            pool = Pool(part)
            relaxation, face = Relaxation(pool), Face(pool)
            for _, stages in goals:
                sign = -1 if stages and stages[0].maximise else 1
                terms = {i: sign * c for i, c in stages[0].terms.items()} if stages else {}
                terms = {i: c for i, c in terms.items() if i in set(part.columns)}
                relaxed = relaxation.solve(face, terms, Clock())
                assert relaxed is not None
                duals = relaxed.duals
                best = cpsat.search(face, Clock(), (), terms, can_be_empty=False)
                assert best.bound is not None
                for wrong in (
                    duals,
                    {n: d * 1.3 for n, d in duals.items()},
                    {n: -d for n, d in duals.items()},
                    dict.fromkeys(duals, 0.1),
                ):
                    bound = exact_bound(face, terms, wrong)
                    assert Fraction(bound.least, bound.scale) <= best.bound
                    assert bound.whole <= best.bound
                    inside = bound.narrowed(face, best.bound)
                    again = cpsat.search(inside, Clock(), (), terms)
                    assert again.bound == best.bound


def test_the_first_plan_keeps_all_rows() -> None:
    for seed in range(80):
        program, _ = build_program(make_case(random_round(seed)))
        for part in components(program):
            taken = greedy_plan(program, part)
            for row in part.rows:
                total = sum(c for i, c in row.terms if i in taken)
                assert row.lower is None or total >= row.lower, row.name
                assert row.upper is None or total <= row.upper, row.name
            assert not program.separated(taken)


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_without_time_there_is_a_plan_that_keeps_the_rules_and_says_so(
    nord: Case, seconds: float
) -> None:
    solution = solve(nord, clock=Clock.after(seconds))
    assert kept(nord, solution)
    assert not solution.optimal
    assert solution.unique is None
    assert solution.goals[-1].proof is Proved.NONE
    assert len(solution.placements) > 60


def test_a_limit_on_the_work_gives_the_same_plan_every_time(nord: Case) -> None:
    first, again = (
        solve(nord, clock=Clock.after(None, 0.5), workers=workers) for workers in (1, 2)
    )
    assert kept(nord, first)
    assert not first.optimal
    assert first.placements == again.placements
    assert first.goals == again.goals
    # The plan does not pass the bounds that are known.
    bounds = 0
    for goal, own in zip(goals_of(nord), first.goals, strict=True):
        value = goal.value(nord, first.placements)
        if own.bound is not None:
            assert isinstance(value, int)
            assert isinstance(own.bound, int)
            assert value <= own.bound if goal.maximise else value >= own.bound
            bounds += 1
    assert bounds >= 2


def test_no_part_takes_the_time_of_the_others() -> None:
    sizes = [10, 30, 60]
    by_work = Shares(Clock.after(None, 100.0), 1, sizes)
    assert [by_work.next(n)[1] for n in range(3)] == [10.0, 30.0, 60.0]
    # A part that begins when others are done with less than their share has what they left.
    by_time = Shares(Clock.after(1000.0), 1, sizes)
    lasts = [by_time.next(n)[0] or 0.0 for n in range(3)]
    assert [round(seconds, -1) for seconds in lasts] == [100.0, 330.0, 1000.0]
    two = Shares(Clock.after(1000.0), 2, sizes)
    assert [round(two.next(n)[0] or 0.0, -1) for n in range(3)] == [200.0, 670.0, 1000.0]


def test_a_clock_can_be_stopped_from_outside(nord: Case) -> None:
    clock = Clock()
    timer = threading.Timer(0.3, clock.stop)
    timer.start()
    solution = solve(nord, clock=clock)
    timer.join()
    assert kept(nord, solution)
    assert not solution.optimal


def test_a_solver_that_says_there_is_no_plan_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ortools.sat.python import cp_model

    monkeypatch.setattr(cpsat, "solve_within", lambda *_: cp_model.INFEASIBLE)
    solver = cp_model.CpSolver()
    monkeypatch.setattr(cp_model, "CpSolver", lambda: solver)
    monkeypatch.setattr(solver, "status_name", lambda status: "INFEASIBLE")
    part = components(build_program(make_case(a_round()))[0])[0]
    with pytest.raises(SolverFaultError):
        cpsat.search(Face(Pool(part)), Clock(), (), {}, can_be_empty=False)


def test_a_bound_that_contradicts_the_plan_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    true = cpsat.search

    def lying(*args: object, **more: object) -> Found:
        found = true(*args, **more)  # type: ignore[arg-type]
        wrong = None if found.bound is None else found.bound - 1
        return Found(found.taken, wrong, found.complete)

    monkeypatch.setattr("scheduler.solver.search.search", lying)
    monkeypatch.setattr(lexicographic, "speculated", lambda *_: [])
    with pytest.raises(SolverFaultError):
        solve(make_case(a_round()))


def test_nord_is_proved_and_the_only_one(nord: Case) -> None:
    solution = solve(nord)
    assert solution.optimal
    assert solution.unique is True
    assert kept(nord, solution)
