"""Rounded rows: they hold in every plan, cut off what they were made against, and are proved."""

from collections.abc import Collection, Iterable

import pytest
from ortools.sat.python import cp_model

from models.certificate import RoundedEntry
from models.proved import Proved
from scheduler.goals.base import Goal, Stage
from scheduler.listing.building import build_program
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.program.components import components
from scheduler.program.program import Row
from scheduler.solver import lexicographic
from scheduler.solver.clock import Clock
from scheduler.solver.integer import cpsat
from scheduler.solver.linear.face import Face, Pool
from scheduler.solver.linear.relaxation import Relaxation
from scheduler.solver.linear.zero_half import rounded, zero_half_cuts
from scheduler.solver.solve import Solution, solve
from scheduler.solver.weighted_sum import Terms
from scheduler.verification.certificates.checking import check_proof
from tests.builders import made_of
from tests.plans import every_plan, taken_columns, with_helpers
from tests.random_rounds import few, random_case, random_round


def signed(goals: Iterable[tuple[Goal, list[Stage]]], own: Collection[int]) -> list[Terms]:
    """What is to be made small in these columns, stage by stage."""
    return [
        {i: (-1 if stage.maximise else 1) * c for i, c in stage.terms.items() if i in own}
        for _, stages in goals
        for stage in stages
    ]


def relaxed_pools(case: Case) -> list[tuple[Pool, dict[int, float]]]:
    """The parts, each with what its relaxation takes for some goal."""
    program, goals = build_program(case)
    found = []
    for part in components(program):
        pool = Pool(part)
        relaxation = Relaxation(pool)
        for terms in signed(goals, part.columns):
            relaxed = relaxation.solve(Face(pool), terms, Clock())
            assert relaxed is not None
            found.append((pool, dict(relaxed.values)))
    return found


def test_a_triangle_is_rounded() -> None:
    """x + y ≤ 1, y + z ≤ 1, x + z ≤ 1: half the sum says x + y + z ≤ 1."""

    class Part:
        columns = (0, 1, 2)
        rows = tuple(
            Row(name, ((i, 1), (j, 1)), None, 1)
            for name, i, j in (("a", 0, 1), ("b", 1, 2), ("c", 0, 2))
        )

    pool = Pool(Part())  # type: ignore[arg-type]
    (row,) = zero_half_cuts(pool, {0: 0.5, 1: 0.5, 2: 0.5})
    assert (row.terms, row.lower, row.upper) == (((0, 1), (1, 1), (2, 1)), None, 1)
    assert zero_half_cuts(pool, {0: 1.0}) == []


def test_lower_sides_and_columns_rounded_up() -> None:
    """Half of −x − y ≤ −1 and x + 2y + z ≤ 3: y + z ≤ 2, and with y, near 1, rounded up y ≤ 1."""

    class Part:
        columns = (0, 1, 2)
        rows = (
            Row("a", ((0, 1), (1, 1)), 1, None),
            Row("b", ((0, 1), (1, 2), (2, 1)), None, 3),
        )

    row = rounded(Pool(Part()), frozenset({(0, -1), (1, 1)}), {1: 1.0})  # type: ignore[arg-type]
    # ½y + ½z ≤ 1; y rounded up adds ½ on the right, z rounded down nothing: y ≤ 1½, so y ≤ 1.
    assert (row.terms, row.upper) == (((1, 1),), 1)


def test_rounded_rows_cut_values_off_and_hold_in_every_plan() -> None:
    cut = held = 0
    for seed in range(few(240)):
        case = make_case(random_round(seed))
        program, _ = build_program(case)
        rows, found = [], []
        for pool, values in relaxed_pools(case):
            found += pool.rows
            new = zero_half_cuts(pool, values)
            for row in new:
                assert row.upper is not None
                assert sum(c * values.get(i, 0.0) for i, c in row.terms) > row.upper + 0.01
            cut += len(new)
            rows += new
        for plan in every_plan(case, 100) if rows else ():
            taken = with_helpers(program, taken_columns(program, plan))
            if any(
                not row.holds_between(load, load)
                for row in program.rows
                for load in (sum(c for i, c in row.terms if i in taken),)
            ):
                continue
            for row in rows:
                assert row.upper is not None
                assert sum(c for i, c in row.terms if i in taken) <= row.upper
                held += 1
    assert cut > 20 * few(240) / 240
    assert held > 500 * few(240) / 240


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches are given up at once, again and again."""
    monkeypatch.setattr(lexicographic, "_FIRST_SEARCH_UNITS", 1e-5)


def values(solution: Solution) -> list[object]:
    return [(g.goal_id, g.bound) for g in solution.goals]


@pytest.mark.parametrize("start", range(0, 32, 8))
def test_impatient_searches_find_the_same_plan(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(start, start + 8):
        case = random_case(seed)
        patient = solve(case)
        with monkeypatch.context() as patch:
            patch.setattr(lexicographic, "_FIRST_SEARCH_UNITS", 1e-5)
            hasty = solve(case)
        assert hasty.placements == patient.placements
        assert values(hasty) == values(patient)
        assert all(g.proof is not Proved.NONE for g in hasty.goals)
        assert hasty.unique == patient.unique


def test_certificates_that_lean_on_rounded_rows_hold(impatient: None) -> None:
    leaning = caught = 0
    for seed in range(60):
        case = random_case(seed)
        made = made_of(case)
        checked = check_proof(case, made.plan, made.proof)
        assert checked.findings == ()
        leaning += sum(isinstance(r, RoundedEntry) for p in made.proof.parts for r in p.rows)
        # One that claims too much is found.
        for part in made.proof.parts:
            for number, row in enumerate(part.rows):
                if isinstance(row, RoundedEntry):
                    fewer = row.model_copy(update={"prices": row.prices[:1]})
                    rows = [*part.rows[:number], fewer, *part.rows[number + 1 :]]
                    parts = [
                        p.model_copy(update={"rows": rows}) if p is part else p
                        for p in made.proof.parts
                    ]
                    wrong = made.proof.model_copy(update={"parts": parts})
                    caught += bool(check_proof(case, made.plan, wrong).findings)
    assert leaning >= 5
    assert caught >= 3


def test_what_the_plan_at_hand_reaches_is_proved_without_a_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proved = 0
    for seed in range(30):
        case = random_case(seed)
        true = solve(case)
        with monkeypatch.context() as patch:
            patch.setattr(cpsat, "solve_within", lambda *_: cp_model.UNKNOWN)
            hasty = solve(case, clock=Clock.after(None, 0.2), examine=False)
        for mine, theirs in zip(hasty.goals, true.goals, strict=True):
            if mine.proof is not Proved.NONE:
                assert mine.bound == theirs.bound
                proved += 1
    assert proved >= 110


def test_whether_there_is_another_plan_is_asked_about_the_last_stage_when_no_search_was_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first try has time for relaxations only, and the plan at hand reaches their bounds."""
    monkeypatch.setattr(lexicographic, "_FIRST_SHARE", 1e-9)
    for seed in range(20, 36):
        case = random_case(seed)
        assert solve(case, clock=Clock.after(None, 1000.0)).unique == solve(case).unique
