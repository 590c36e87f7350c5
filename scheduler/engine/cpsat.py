"""Solving one component with CP-SAT, stage by stage. The only module that imports a solver."""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from ortools.sat.python import cp_model

from scheduler.engine.components import Component
from scheduler.engine.result import ComponentResult, Proof, SolverFaultError, StageResult
from scheduler.engine.start import start_plan
from scheduler.goals.base import Stage
from scheduler.program import Program


def solver_version() -> str:
    """The version of the solver."""
    return version("ortools")


Report = Callable[[int, int, int | None], None]

# The second configuration is for a "no plan exists" that cannot be true.
_CONFIGURATIONS: tuple[dict[str, int], ...] = ({}, {"cp_model_presolve": 0, "random_seed": 7})


@dataclass
class Clock:
    """When to stop: a deadline on the monotonic clock (None: never), or when told to."""

    deadline: float | None = None

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._running: set[cp_model.CpSolver] = set()
        self._lock = threading.Lock()

    @property
    def left(self) -> float | None:
        """Seconds left, 0 when stopped; None without a limit."""
        if self._stopped.is_set():
            return 0.0
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def stop(self) -> None:
        """Make every search end soon, from another thread."""
        self._stopped.set()
        with self._lock:
            for solver in self._running:
                solver.stop_search()

    def solve(self, solver: cp_model.CpSolver, model: cp_model.CpModel) -> object:
        """Solve until done, out of time or stopped."""
        left = self.left
        if left is not None:
            solver.parameters.max_time_in_seconds = left
        with self._lock:
            self._running.add(solver)
        try:
            return solver.solve(model)
        finally:
            with self._lock:
                self._running.discard(solver)


class ComponentSolver:
    """One component as a CP-SAT model that earlier stages narrow down."""

    def __init__(self, program: Program, component: Component, clock: Clock) -> None:
        self._clock = clock
        self._columns = component.columns
        self._program = program
        self._model = cp_model.CpModel()
        self._vars = {i: self._model.new_bool_var(str(i)) for i in component.columns}
        for row in component.rows:
            self._add_row(row.terms, row.lower, row.upper)
        self._taken = start_plan(program, component)

    def _add_row(
        self, terms: Sequence[tuple[int, int]], lower: int | None, upper: int | None
    ) -> None:
        if lower is None and upper == 1 and all(c == 1 for _, c in terms):
            self._model.add_at_most_one(self._vars[i] for i, _ in terms)
            return
        total = self._sum(dict(terms))
        if lower is not None and lower == upper:
            self._model.add(total == lower)
            return
        if lower is not None:
            self._model.add(total >= lower)
        if upper is not None:
            self._model.add(total <= upper)

    def _sum(self, terms: Mapping[int, int]) -> cp_model.LinearExprT:
        indices = list(terms)
        return cp_model.LinearExpr.weighted_sum(
            [self._vars[i] for i in indices], [terms[i] for i in indices]
        )

    def solve(self, stages: Sequence[Stage], report: Report) -> ComponentResult:
        """Make every stage best in turn; what is not proved says so."""
        results: list[StageResult] = []
        proved = True
        for number, stage in enumerate(stages):
            own = {i: c for i, c in stage.terms.items() if i in self._vars and c}
            if not own:
                results.append(StageResult(0, 0, Proof.SEARCH))
                continue
            result = self._improve(own, stage.maximise, proved)
            proved = proved and result.proof is Proof.SEARCH
            results.append(result)
            report(number, result.value, result.bound)
        unique = self._is_unique() if proved else None
        return ComponentResult(tuple(sorted(self._taken)), tuple(results), unique)

    def _improve(
        self, terms: Mapping[int, int], maximise: bool, earlier_proved: bool
    ) -> StageResult:
        model, objective = self._model, self._sum(terms)
        if maximise:
            model.maximize(objective)
        else:
            model.minimize(objective)
        bound, proof = None, Proof.NONE
        if self._clock.left != 0.0:
            solver, status = self._run()
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self._taken = frozenset(i for i, v in self._vars.items() if solver.value(v))
                if earlier_proved:
                    # The bound is a float; a whole number can be no better than the nearest one.
                    best = solver.best_objective_bound
                    bound = math.floor(best + 1e-6) if maximise else math.ceil(best - 1e-6)
                if status == cp_model.OPTIMAL and earlier_proved:
                    proof = Proof.SEARCH
        value = sum(c for i, c in terms.items() if i in self._taken)
        if proof is Proof.SEARCH and bound != value:
            raise SolverFaultError(f"proved best {value}, but the bound is {bound}")
        model.clear_objective()  # type: ignore[no-untyped-call]
        if proof is Proof.SEARCH:
            model.add(objective == value)
        elif maximise:
            model.add(objective >= value)
        else:
            model.add(objective <= value)
        return StageResult(value, bound, proof)

    def _run(self) -> tuple[cp_model.CpSolver, object]:
        """Solve from the plan at hand. There always is a plan, so "none" is tried again."""
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for index, variable in self._vars.items():
            self._model.add_hint(variable, index in self._taken)
        for settings in _CONFIGURATIONS:
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            for name, value in settings.items():
                setattr(solver.parameters, name, value)
            status = self._clock.solve(solver, self._model)
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
                return solver, status
        raise SolverFaultError(f"a plan exists, but the solver says {solver.status_name(status)}")

    def _is_unique(self) -> bool | None:
        """Whether every other plan has worse goal values; None if time ran out."""
        options = [i for i in self._columns if self._program.columns[i].option is not None]
        other = [1 - self._vars[i] if i in self._taken else self._vars[i] for i in options]
        self._model.add(cp_model.LinearExpr.sum(other) >= 1)
        if self._clock.left == 0.0:
            return None
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = self._clock.solve(solver, self._model)
        if status == cp_model.INFEASIBLE:
            return True
        return False if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
