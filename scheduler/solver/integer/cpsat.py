"""Searching with CP-SAT."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Protocol

from ortools.sat.python import cp_model

from scheduler.solver.clock import Clock
from scheduler.solver.linear.matrix import OpenRow
from scheduler.support.errors import SolverFaultError

# The relaxation is nearly tight, and columns are too different for symmetries.
_USUAL = {"linearization_level": 2, "cp_model_probing_level": 0, "symmetry_level": 0}
# For searching a second time: probing, symmetries and other chances; without the relaxation it
# would take ten times as long.
_AGAIN = {"random_seed": 11, "linearization_level": 2}

# A "no plan exists" is believed when two configurations say so, and where it can be true.
_CONFIGURATIONS: tuple[dict[str, int], ...] = ({}, {"cp_model_presolve": 0, "random_seed": 7})

# A unit of work (see Clock): about a second, for writing so many columns and their rows.
_COLUMNS_PER_UNIT = 1e5


def solver_version() -> str:
    """The version of the solver."""
    return version("ortools")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the columns taken (None: nothing), the best bound on the sum, and
    whether the search is complete. It came by the plans in `passed`, which are worse.
    """

    taken: frozenset[int] | None
    bound: int | None
    complete: bool
    passed: tuple[frozenset[int], ...] = ()


class Field(Protocol):
    """Columns of which plans are made, and what they have to keep."""

    @property
    def live(self) -> Sequence[int]:
        """The columns."""

    def open_rows(self) -> Iterable[OpenRow]:
        """The rows to be kept, with the places of columns in `live`."""

    def objective(self, terms: Mapping[int, int]) -> tuple[list[tuple[int, int]], int]:
        """The terms in the columns, and the sum of the others, which is known."""

    def plan(self, ones: Iterable[int]) -> frozenset[int]:
        """The whole plan in which these of the columns are taken."""


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps each solution."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[list[int]] = []

    def on_solution_callback(self) -> None:
        """Called by the solver."""
        self.seen.append(list(self.response_proto.solution))


def search(
    field: Field,
    clock: Clock,
    hint: Iterable[int],
    terms: Mapping[int, int],
    *,
    other_than: Mapping[int, int] | None = None,
    can_be_empty: bool = True,
    again: bool = False,
) -> Found:
    """Find a plan of the field that makes Σ terms as small as possible.

    `other_than` are live columns with values of which at least one must differ. With `again`, the
    solver has other settings than usual. Raises SolverFaultError if the field is said to be empty
    where it cannot be.
    """
    columns = field.live
    place = {index: number for number, index in enumerate(columns)}
    clock.charge(len(columns) / _COLUMNS_PER_UNIT)
    model = _model(field, len(columns))
    live, fixed = field.objective(terms)
    model.proto.objective.vars.extend([place[i] for i, _ in live])
    model.proto.objective.coeffs.extend([c for _, c in live])
    if other_than is not None:
        changed = [-place[i] - 1 if v else place[i] for i, v in other_than.items()]
        model.proto.constraints.add().bool_or.literals.extend(changed)
    taken = set(hint)
    model.proto.solution_hint.vars.extend(range(len(columns)))
    model.proto.solution_hint.values.extend([int(i in taken) for i in columns])

    def plan_of(solution: Sequence[int]) -> frozenset[int]:
        return field.plan(i for i, v in zip(columns, solution, strict=True) if v)

    for number, settings in enumerate(_CONFIGURATIONS, 1):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        # Its own handler crashes when the search runs outside the main thread; ours does it.
        solver.parameters.catch_sigint_signal = False
        for name, value in {**(_AGAIN if again else _USUAL), **settings}.items():
            setattr(solver.parameters, name, value)
        watch = _Watch()
        status = solve_within(clock, solver, model, watch)
        if status == cp_model.INFEASIBLE and can_be_empty and number == len(_CONFIGURATIONS):
            return Found(None, None, complete=True)
        if status == cp_model.UNKNOWN:
            return Found(None, None, complete=False)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            plan = plan_of(solver.response_proto.solution)
            passed = (plan_of(solution) for solution in watch.seen)
            # As a whole number: the bound that is a float was off by one where sums are large.
            bound = fixed + solver.response_proto.inner_objective_lower_bound
            complete = status == cp_model.OPTIMAL
            return Found(plan, bound, complete, tuple(p for p in passed if p != plan))
    raise SolverFaultError.because(
        f"a plan exists, but the solver says {solver.status_name(status)}"
    )


def _model(field: Field, columns: int) -> cp_model.CpModel:
    """So many 0/1 variables and the open rows, written as messages: that is several times faster
    than as expressions.
    """
    model = cp_model.CpModel()
    variables, constraints = model.proto.variables, model.proto.constraints
    for _ in range(columns):
        variables.add().domain.extend((0, 1))
    for row in field.open_rows():
        if row.lower is None and row.upper == 1 and set(row.coefficients) <= {1}:
            constraints.add().at_most_one.literals.extend(row.places)
            continue
        linear = constraints.add().linear
        linear.vars.extend(row.places)
        linear.coeffs.extend(row.coefficients)
        least = cp_model.INT_MIN if row.lower is None else row.lower
        most = cp_model.INT_MAX if row.upper is None else row.upper
        linear.domain.extend((least, most))
    return model


def solve_within(
    clock: Clock,
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    watch: cp_model.CpSolverSolutionCallback,
) -> object:
    """Solve until done, out of time or stopped, while the solutions are watched; returns the
    solver's status.
    """
    left, work = clock.left, clock.work_left
    if left == 0.0:
        return cp_model.UNKNOWN
    if left is not None:
        solver.parameters.max_time_in_seconds = left
    if work is not None:
        solver.parameters.max_deterministic_time = work
    with clock.running(solver):
        status = solver.solve(model, watch)
    units = solver.response_proto.deterministic_time
    clock.count(units)
    if work is not None and status in (cp_model.UNKNOWN, cp_model.FEASIBLE):
        units = max(units, work)  # cut short a little before its limit; it is out of work
    clock.charge(units)
    return status
