"""What the engine is compared with: other ways to solve the same programme.

Each gets the same columns and rows, and rows for broken municipal orders in the same way: where a
plan breaks one, the rows are added and the step is done again. None looks for other plans.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from math import inf

from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from scheduler.listing.building import build_program
from scheduler.problem.case import Case
from scheduler.program.components import Component
from scheduler.program.program import Program, Row
from scheduler.solver.weighted_sum import Spans

Terms = Mapping[int, int]
# Makes Σ terms small in so many seconds; the columns taken, None if it was not proved in time.
Minimise = Callable[[int, Sequence[Row], Terms, float], frozenset[int] | None]
_LARGEST = 2**58


def _cp_sat(
    columns: int, rows: Sequence[Row], terms: Terms, seconds: float
) -> frozenset[int] | None:
    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(columns)]
    for row in rows:
        total = cp_model.LinearExpr.weighted_sum(
            [x[i] for i, _ in row.terms], [c for _, c in row.terms]
        )
        if row.lower is not None:
            model.add(total >= row.lower)
        if row.upper is not None:
            model.add(total <= row.upper)
    model.minimize(cp_model.LinearExpr.weighted_sum([x[i] for i in terms], list(terms.values())))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return frozenset(i for i, v in enumerate(x) if solver.value(v))


def _highs(
    columns: int, rows: Sequence[Row], terms: Terms, seconds: float
) -> frozenset[int] | None:
    model = mathopt.Model()
    x = [model.add_binary_variable() for _ in range(columns)]
    for row in rows:
        model.add_linear_constraint(
            lb=-inf if row.lower is None else row.lower,
            ub=inf if row.upper is None else row.upper,
            expr=mathopt.LinearSum([c * x[i] for i, c in row.terms]),
        )
    model.minimize(mathopt.LinearSum([c * x[i] for i, c in terms.items()]))
    limit = mathopt.SolveParameters(
        time_limit=timedelta(seconds=seconds), relative_gap_tolerance=0.0
    )
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limit)
    if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return None
    values = result.variable_values()
    return frozenset(i for i, v in enumerate(x) if values[v] > 0.5)


def _best(
    program: Program, rows: list[Row], terms: Terms, minimise: Minimise, until: float
) -> frozenset[int] | None:
    """A best plan that keeps the order; None if time ran out."""
    while (left := until - time.monotonic()) > 0:
        taken = minimise(len(program.columns), rows, terms, left)
        if taken is None:
            return None
        broken = program.separated(taken)
        if not broken:
            return taken
        rows.extend(broken)
    return None


def _one_by_one(minimise: Minimise) -> Callable[[Case, float], dict[str, object]]:
    """Goals one after another, the earlier ones as rows."""

    def run(case: Case, seconds: float) -> dict[str, object]:
        until = time.monotonic() + seconds
        program, goals = build_program(case)
        rows, done = list(program.rows), 0
        for _, stages in goals:
            for stage in stages:
                sign = -1 if stage.maximise else 1
                terms = {i: sign * c for i, c in stage.terms.items() if c}
                if terms:
                    taken = _best(program, rows, terms, minimise, until)
                    if taken is None:
                        return {"goals": done, "of": len(goals)}
                    value = sum(c for i, c in terms.items() if i in taken)
                    rows.append(Row("goal", tuple(terms.items()), None, value))
            done += 1
        return {"goals": done, "of": len(goals)}

    return run


def weighted(case: Case, seconds: float) -> dict[str, object]:
    """As many goals as fit into one weighted sum of 64 bits, in CP-SAT; then the others so."""
    until = time.monotonic() + seconds
    program, goals = build_program(case)
    rows, done = list(program.rows), 0
    stages = [stage for _, own in goals for stage in own]
    whole = Component(tuple(range(len(program.columns))), tuple(program.rows))
    spans = Spans(program, whole)
    while done < len(stages):
        total: dict[int, int] = {}
        weight, count = 1, 0
        for stage in stages[done:]:
            least, most = spans.span(stage.terms)
            span = 1 + most - least
            if weight * span > _LARGEST and count:
                break
            total = {i: span * c for i, c in total.items()}
            for index, coefficient in stage.terms.items():
                sign = -1 if stage.maximise else 1
                total[index] = total.get(index, 0) + sign * coefficient
            weight, count = weight * span, count + 1
        terms = {i: c for i, c in total.items() if c}
        taken = _best(program, rows, terms, _cp_sat, until)
        if taken is None:
            return {"goals": done, "of": len(goals)}
        value = sum(c for i, c in terms.items() if i in taken)
        rows.append(Row("goal", tuple(terms.items()), None, value))
        done += count
    return {"goals": len(goals), "of": len(goals)}


BASELINES: dict[str, Callable[[Case, float], dict[str, object]]] = {
    "CP-SAT one by one": _one_by_one(_cp_sat),
    "HiGHS one by one": _one_by_one(_highs),
    "CP-SAT weighted": weighted,
}
