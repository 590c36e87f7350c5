"""The linear relaxation of a component, solved with GLOP: values and dual values for a goal.

GLOP is spoken to in the messages of MathOpt, without its classes of variables and rows: making
these for every column of every answer takes four times as long as the simplex itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import inf

import numpy as np
from ortools.math_opt import (
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.callback_pb2 import CallbackRegistrationProto
from ortools.math_opt.core.python import solver
from ortools.math_opt.sparse_containers_pb2 import (
    SparseDoubleMatrixProto,
    SparseDoubleVectorProto,
    SparseVectorFilterProto,
)
from pybind11_abseil.status import StatusNotOk

from scheduler.solver.clock import Clock
from scheduler.solver.linear.face import Face, Pool


@dataclass(frozen=True, slots=True)
class Relaxed:
    """An optimum of the relaxation: the sum, and the columns and dual values that are not 0."""

    total: float
    values: Mapping[int, float]
    duals: Mapping[int, float]


class Relaxation:
    """One linear programme, changed from face to face and from goal to goal.

    Everything drawn from its numbers is checked elsewhere in exact arithmetic.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        columns = len(pool.columns)
        self._bounds = np.stack((np.zeros(columns), np.ones(columns)))
        self._goal = np.zeros(columns)
        # The sides of the rows as the pool has them, and as GLOP has them.
        self._own = np.zeros((2, 0))
        self._sides = np.zeros((2, 0))
        self._solver: solver.Solver | None = None

    def solve(self, face: Face, terms: Mapping[int, int], clock: Clock) -> Relaxed | None:
        """Make Σ terms as small as possible in the face; None if time ran out, or if the solver
        broke down.
        """
        self._move_to(face, terms)
        result = self._result(clock)
        if result is None:
            return None
        steps = result.solve_stats.simplex_iterations
        clock.charge(steps * self._pool.matrix.size / _TERMS_PER_UNIT)
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return None
        found = result.solutions[0]
        values, duals = found.primal_solution.variable_values, found.dual_solution.dual_values
        columns = self._pool.columns
        return Relaxed(
            found.primal_solution.objective_value,
            {
                columns[n]: v
                for n, v in zip(values.ids, values.values, strict=True)
                if v > _ZERO_TOLERANCE
            },
            dict(zip(duals.ids, duals.values, strict=True)),
        )

    def _move_to(self, face: Face, terms: Mapping[int, int]) -> None:
        """Change what differs from the face and the goal at hand."""
        matrix = self._pool.matrix
        places = matrix.places_of(face.settled)
        bounds = np.stack((np.zeros(len(self._goal)), np.ones(len(self._goal))))
        bounds[:, places] = np.fromiter(face.settled.values(), dtype=np.float64)
        goal = np.zeros(len(self._goal))
        goal[matrix.places_of(terms)] = np.fromiter(terms.values(), dtype=np.float64)
        known = self._sides.shape[1]
        sides = self._sides_in(face)
        update = model_update_pb2.ModelUpdateProto()
        own = update.variable_updates
        _tell_changes(own.lower_bounds, self._bounds[0], bounds[0])
        _tell_changes(own.upper_bounds, self._bounds[1], bounds[1])
        _tell_changes(update.objective_updates.linear_coefficients, self._goal, goal)
        rows = update.linear_constraint_updates
        _tell_changes(rows.lower_bounds, self._sides[0], sides[0, :known])
        _tell_changes(rows.upper_bounds, self._sides[1], sides[1, :known])
        new = update.new_linear_constraints
        new.ids.extend(range(known, sides.shape[1]))
        new.lower_bounds.extend(sides[0, known:].tolist())
        new.upper_bounds.extend(sides[1, known:].tolist())
        _tell_terms(update.linear_constraint_matrix_updates, self._pool, known)
        self._bounds, self._goal, self._sides = bounds, goal, sides
        if self._solver is not None and not self._solver.update(update):
            self._solver = None

    def _sides_in(self, face: Face) -> np.ndarray:
        """The sides of all rows in the face; those that do not hold there have none."""
        new = self._pool.rows[self._own.shape[1] :]
        own = [[-inf if r.lower is None else r.lower for r in new]]
        own += [[inf if r.upper is None else r.upper for r in new]]
        self._own = np.concatenate((self._own, np.array(own, dtype=np.float64)), axis=1)
        sides = self._own.copy()
        for number in self._pool.stage_of:
            if number not in face.goals:
                sides[:, number] = -inf, inf
        sides[:, list(face.tight)] = list(face.tight.values())
        return sides

    def _result(self, clock: Clock) -> result_pb2.SolveResultProto | None:
        """What the solver says; None if it breaks down from where it was, and from nothing too."""
        for _ in range(2):
            if self._solver is None:
                self._solver = solver.new(
                    parameters_pb2.SOLVER_TYPE_GLOP,
                    self._model(),
                    parameters_pb2.SolverInitializerProto(),
                )
            try:
                return self._solver.solve(
                    _parameters(clock.left), _WANTED, None, CallbackRegistrationProto(), None, None
                )
            except StatusNotOk as fault:
                # It came to numbers that it cannot go on with.
                if "ABNORMAL" not in str(fault):
                    raise
            self._solver = None
        return None

    def _model(self) -> model_pb2.ModelProto:
        """All as it is now."""
        model = model_pb2.ModelProto()
        own, rows = model.variables, model.linear_constraints
        own.ids.extend(range(len(self._goal)))
        own.lower_bounds.extend(self._bounds[0].tolist())
        own.upper_bounds.extend(self._bounds[1].tolist())
        own.integers.extend([False] * len(self._goal))
        rows.ids.extend(range(self._sides.shape[1]))
        rows.lower_bounds.extend(self._sides[0].tolist())
        rows.upper_bounds.extend(self._sides[1].tolist())
        _tell_changes(model.objective.linear_coefficients, np.zeros_like(self._goal), self._goal)
        _tell_terms(model.linear_constraint_matrix, self._pool, 0)
        return model


def _tell_changes(to: SparseDoubleVectorProto, old: np.ndarray, new: np.ndarray) -> None:
    changed = np.flatnonzero(old != new)
    to.ids.extend(changed.tolist())
    to.values.extend(new[changed].tolist())


def _tell_terms(to: SparseDoubleMatrixProto, pool: Pool, first: int) -> None:
    """The terms of the rows from that number on."""
    numbers, places, coefficients = pool.matrix.entries(first)
    to.row_ids.extend(numbers.tolist())
    to.column_ids.extend(places.tolist())
    to.coefficients.extend(coefficients.tolist())


def _parameters(seconds: float | None) -> parameters_pb2.SolveParametersProto:
    parameters = parameters_pb2.SolveParametersProto(threads=1)
    if seconds is not None:
        parameters.time_limit.FromTimedelta(timedelta(seconds=seconds))
    return parameters


_WANTED = model_parameters_pb2.ModelSolveParametersProto(
    variable_values_filter=SparseVectorFilterProto(skip_zero_values=True),
    dual_values_filter=SparseVectorFilterProto(skip_zero_values=True),
    reduced_costs_filter=SparseVectorFilterProto(filter_by_ids=True),  # none
)
_ZERO_TOLERANCE = 1e-9
# A unit of work (see Clock): about a second, as a step takes time for each term of all rows.
_TERMS_PER_UNIT = 8e8
