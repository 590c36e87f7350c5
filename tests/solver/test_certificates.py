"""What searches have proved is proved with bounds too, where that takes little."""

import pytest

from models.proved import Proved
from scheduler.solver.linear.bound import Bound
from scheduler.solver.search import Search
from scheduler.solver.solve import Solution, solve
from scheduler.support.errors import SolverFaultError
from tests.random_rounds import random_case


def proofs(solution: Solution) -> list[Proved]:
    return [s.proof for r in solution.work.results for s in r.stages]


def test_more_is_certified_and_nothing_else_is_different() -> None:
    before = after = 0
    for seed in range(80):
        case = random_case(seed)
        searched, certified = solve(case, examine=False), solve(case)
        assert certified.placements == searched.placements
        assert [s.value for r in certified.work.results for s in r.stages] == [
            s.value for r in searched.work.results for s in r.stages
        ]
        for one, other in zip(proofs(searched), proofs(certified), strict=True):
            assert one == other or (one, other) == (Proved.SEARCH, Proved.BOUND)
        before += proofs(searched).count(Proved.SEARCH)
        after += proofs(certified).count(Proved.SEARCH)
    assert before >= 10
    assert after <= before / 2


def test_what_was_tried_in_vain_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0
    real = Search.bound

    def weak(self: Search, *given: object) -> Bound | None:
        nonlocal tried
        bound = real(self, *given)  # type: ignore[arg-type]
        if len(given) < 4:
            return bound
        tried += 1
        return None

    for seed in range(40):
        case = random_case(seed)
        searched = solve(case, examine=False)
        with monkeypatch.context() as patch:
            patch.setattr(Search, "bound", weak)
            vain = solve(case)
        assert proofs(vain) == proofs(searched)
        assert [r.pool.rows for r in vain.work.results] == [
            r.pool.rows for r in searched.work.results
        ]
    assert tried >= 5


def test_a_bound_above_what_a_plan_reaches_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Search.bound

    def false(self: Search, *given: object) -> Bound | None:
        bound = real(self, *given)  # type: ignore[arg-type]
        if len(given) < 4 or bound is None:
            return bound
        return Bound(1, 10**9, {}, {}, {})

    monkeypatch.setattr(Search, "bound", false)
    solutions = (solve(random_case(seed)) for seed in range(40))
    with pytest.raises(SolverFaultError):
        list(solutions)
