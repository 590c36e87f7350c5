"""The relaxation, when the solver breaks down on its numbers."""

from collections.abc import Callable

import pytest
from ortools.math_opt import result_pb2
from ortools.math_opt.core.python import solver
from pybind11_abseil.status import BuildStatusNotOk, StatusCode, StatusNotOk

from models.proved import Proved
from scheduler.listing.building import build_program
from scheduler.listing.options import make_case
from scheduler.program.components import components
from scheduler.solver.clock import Clock
from scheduler.solver.linear.face import Face, Pool
from scheduler.solver.linear.relaxation import Relaxation, Relaxed
from scheduler.solver.solve import solve
from tests.random_rounds import random_round

solver_new: Callable[..., solver.Solver] = solver.new


def breaking(monkeypatch: pytest.MonkeyPatch, times: int, told: str) -> list[str]:
    """Make the solver break down so many times, the way MathOpt tells it; returns what it did."""
    seen: list[str] = []

    class Breaking:
        def __init__(self, *rest: object) -> None:
            self.real = solver_new(*rest)

        def update(self, change: object) -> bool:
            return bool(self.real.update(change))

        def solve(self, *rest: object) -> result_pb2.SolveResultProto:
            if seen.count("broke") == times:
                seen.append("solved")
                return self.real.solve(*rest)
            seen.append("broke")
            raise BuildStatusNotOk(StatusCode.INTERNAL, told)

    monkeypatch.setattr(solver, "new", Breaking)
    return seen


CASE = make_case(random_round(7, people=12, windows=8))
ABNORMAL = "Unexpected GLOP termination reason: ABNORMAL"


def relaxed() -> Relaxed | None:
    program, goals = build_program(CASE)
    part = max(components(program), key=lambda p: len(p.columns))
    pool, own = Pool(part), set(part.columns)
    stage = next(s for goal, stages in goals if goal.id == "wishes" for s in stages)
    terms = {i: -1 - c for i, c in stage.terms.items() if i in own}
    return Relaxation(pool).solve(Face(pool), terms, Clock())


def test_a_solver_that_breaks_down_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    true = relaxed()
    assert true is not None
    assert true.values
    seen = breaking(monkeypatch, 1, ABNORMAL)
    assert relaxed() == true
    assert seen == ["broke", "solved"]


def test_without_relaxations_everything_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    true = solve(CASE)
    breaking(monkeypatch, -1, ABNORMAL)
    assert relaxed() is None
    searched = solve(CASE)
    assert searched.placements == true.placements
    assert searched.optimal
    proofs = {s.proof for r in searched.work.results for s in r.stages}
    assert Proved.SEARCH in proofs
    assert Proved.NONE not in proofs


def test_another_fault_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    breaking(monkeypatch, 1, "Something else")
    with pytest.raises(StatusNotOk):
        relaxed()
