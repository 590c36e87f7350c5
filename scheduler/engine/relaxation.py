"""The linear relaxation of a component, solved with GLOP: values and dual values for a goal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from ortools.math_opt.model_pb2 import ModelProto
from ortools.math_opt.python import mathopt

from scheduler.engine.clock import Clock
from scheduler.engine.face import Face, Pool
from scheduler.program import Row


@dataclass(frozen=True, slots=True)
class Relaxed:
    """An optimum of the relaxation: the sum, columns that are not 0, the rows' dual values."""

    total: float
    values: Mapping[int, float]
    duals: Mapping[int, float]


class Relaxation:
    """One linear programme, changed from face to face and from goal to goal.

    Everything drawn from its numbers is checked elsewhere in exact arithmetic.
    """

    def __init__(self, pool: Pool) -> None:
        self._model = _model(pool)
        self._columns = dict(zip(pool.columns, self._model.variables(), strict=True))
        self._rows = list(self._model.linear_constraints())
        self._sides: list[tuple[int | None, int | None]] = [(None, None)] * len(self._rows)
        self._settled: Mapping[int, int] = {}
        self._objective: set[int] = set()
        self._terms = sum(len(row.terms) for row in pool.rows)
        self._solver = _solver(self._model)

    def _move_to(self, face: Face) -> list[int]:
        """Change what differs from the face at hand; returns the numbers of the face's rows."""
        for index in self._settled.keys() - face.settled.keys():
            self._columns[index].lower_bound, self._columns[index].upper_bound = 0.0, 1.0
        for index, value in face.settled.items():
            if self._settled.get(index) != value:
                column = self._columns[index]
                column.lower_bound = column.upper_bound = float(value)
        self._settled = face.settled
        for row in face.pool.rows[len(self._rows) :]:
            self._add(row)
        holding = dict(face.rows())
        for number in range(len(self._rows)):
            held = holding.get(number)
            self._set_sides(number, (None, None) if held is None else (held.lower, held.upper))
        return list(holding)

    def _add(self, row: Row) -> None:
        constraint = self._model.add_linear_constraint(lb=-inf, ub=inf)
        for index, coefficient in row.terms:
            constraint.set_coefficient(self._columns[index], coefficient)
        self._rows.append(constraint)
        self._sides.append((None, None))
        self._terms += len(row.terms)

    def _set_sides(self, number: int, sides: tuple[int | None, int | None]) -> None:
        if self._sides[number] != sides:
            lower, upper = self._sides[number] = sides
            self._rows[number].lower_bound = -inf if lower is None else float(lower)
            self._rows[number].upper_bound = inf if upper is None else float(upper)

    def solve(self, face: Face, terms: Mapping[int, int], clock: Clock) -> Relaxed | None:
        """Make Σ terms as small as possible in the face; None if time ran out, or if the solver
        broke down.
        """
        holding = self._move_to(face)
        for index in self._objective - terms.keys():
            self._model.objective.set_linear_coefficient(self._columns[index], 0.0)
        for index, coefficient in terms.items():
            self._model.objective.set_linear_coefficient(self._columns[index], coefficient)
        self._objective = set(terms)
        result = self._result(clock)
        if result is None:
            return None
        steps = result.solve_stats.simplex_iterations
        clock.charge(steps * self._terms / _TERMS_PER_UNIT)
        if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        values, duals = result.variable_values(), result.dual_values()
        taken = {i: v for i, column in self._columns.items() if (v := values[column]) > _ZERO}
        return Relaxed(result.objective_value(), taken, {n: duals[self._rows[n]] for n in holding})

    def _result(self, clock: Clock) -> mathopt.SolveResult | None:
        """What the solver says; None if it breaks down from where it was, and from nothing too."""
        for _ in range(2):
            seconds = clock.left
            limit = None if seconds is None else timedelta(seconds=seconds)
            params = mathopt.SolveParameters(time_limit=limit, threads=1)
            try:
                return self._solver.solve(params=params)
            except (AttributeError, RuntimeError) as fault:
                _must_be_breakdown(fault)
            self._solver.close()
            self._solver = _solver(self._model)
        return None


def _solver(model: mathopt.Model) -> mathopt.IncrementalSolver:
    return mathopt.IncrementalSolver(model, mathopt.SolverType.GLOP)


def _must_be_breakdown(fault: Exception) -> None:
    """Raise it again unless it says that GLOP came to numbers that it cannot go on with. MathOpt
    9.15 has an AttributeError on its way to telling so, and the fault only as its context.
    """
    if "ABNORMAL" not in f"{fault} {fault.__context__}":
        raise fault


def _model(pool: Pool) -> mathopt.Model:
    """All columns and rows so far, without limits; many times faster than one by one."""
    proto = ModelProto()
    columns, rows = len(pool.columns), len(pool.rows)
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend([0.0] * columns)
    proto.variables.upper_bounds.extend([1.0] * columns)
    proto.variables.integers.extend([False] * columns)
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend([-inf] * rows)
    proto.linear_constraints.upper_bounds.extend([inf] * rows)
    for numbers, places, coefficients in pool.matrix.entries():
        proto.linear_constraint_matrix.row_ids.extend(numbers)
        proto.linear_constraint_matrix.column_ids.extend(places)
        proto.linear_constraint_matrix.coefficients.extend(coefficients)
    return mathopt.Model.from_model_proto(proto)


_ZERO = 1e-9
# A unit of work (see Clock): about a second, as a step takes time for each term of all rows.
_TERMS_PER_UNIT = 8e8
