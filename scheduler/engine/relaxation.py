"""The linear relaxation of a component, solved with GLOP: dual values for a goal."""

from collections.abc import Mapping
from datetime import timedelta
from math import inf

from ortools.math_opt.python import mathopt

from scheduler.engine.components import Component
from scheduler.engine.face import Face


class Relaxation:
    """One linear programme, changed from face to face and from goal to goal.

    Everything drawn from its numbers is checked elsewhere in exact arithmetic.
    """

    def __init__(self, component: Component) -> None:
        self._model = mathopt.Model()
        self._columns = {i: self._model.add_variable(lb=0.0, ub=1.0) for i in component.columns}
        self._face = Face.whole(component)
        self._rows: list[mathopt.LinearConstraint] = []
        self._objective: set[int] = set()
        for row in component.rows:
            self._add_row(row.terms, row.lower, row.upper)
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def _add_row(
        self, terms: tuple[tuple[int, int], ...], lower: int | None, upper: int | None
    ) -> None:
        constraint = self._model.add_linear_constraint(lb=_low(lower), ub=_high(upper))
        for index, coefficient in terms:
            constraint.set_coefficient(self._columns[index], coefficient)
        self._rows.append(constraint)

    def _move_to(self, face: Face) -> None:
        """Change what differs between the face at hand and the new one."""
        before = self._face
        for index in before.settled.keys() - face.settled.keys():
            self._columns[index].lower_bound, self._columns[index].upper_bound = 0.0, 1.0
        for index, value in face.settled.items():
            if before.settled.get(index) != value:
                column = self._columns[index]
                column.lower_bound = column.upper_bound = float(value)
        # Rows are only ever tightened, loosened again, or added at the end.
        for number, row in enumerate(face.rows):
            if number >= len(self._rows):
                self._add_row(row.terms, row.lower, row.upper)
            elif row is not before.rows[number]:
                self._rows[number].lower_bound = _low(row.lower)
                self._rows[number].upper_bound = _high(row.upper)
        self._face = face

    def duals(
        self, face: Face, terms: Mapping[int, int], seconds: float | None
    ) -> list[float] | None:
        """The rows' dual values when Σ terms is as small as possible; None if time ran out.

        Faces may be left and come back to, as long as their added rows stay.
        """
        self._move_to(face)
        for index in self._objective - terms.keys():
            self._model.objective.set_linear_coefficient(self._columns[index], 0.0)
        for index, coefficient in terms.items():
            self._model.objective.set_linear_coefficient(self._columns[index], coefficient)
        self._objective = set(terms)
        limit = None if seconds is None else timedelta(seconds=seconds)
        result = self._solver.solve(params=mathopt.SolveParameters(time_limit=limit, threads=1))
        if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        values = result.dual_values()
        return [values[row] for row in self._rows]


def _low(side: int | None) -> float:
    return -inf if side is None else float(side)


def _high(side: int | None) -> float:
    return inf if side is None else float(side)
