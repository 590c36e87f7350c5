"""The product against brute force from SPEC.md alone, and every rule told twice."""

import itertools
from collections import Counter

import pytest

from models.finding import Finding
from models.placement import Placement, Shape
from models.round import Round
from scheduler.goals.base import as_number
from scheduler.goals.catalogue import goals_of
from scheduler.listing.options import list_choices, make_case
from scheduler.problem.case import Case, Choices
from scheduler.problem.option import may_pair
from scheduler.program.program import Program, Row
from scheduler.rules.base import Rule
from scheduler.rules.catalogue import CEILING, ORDER, PLAN_RULES, RULES, TOGETHER
from scheduler.solver.solve import solve
from tests.oracle import TooManyError, all_plans, best
from tests.oracle_options import Seg, options
from tests.plans import allows, every_plan, taken_columns
from tests.random_rounds import ROUNDS, enough, few, random_round

STEP = min(30, ROUNDS)


@pytest.mark.parametrize("start", range(0, ROUNDS, STEP))
def test_goal_values_and_uniqueness_agree_with_brute_force(start: int) -> None:
    compared = 0
    for seed in range(start, start + STEP):
        round = random_round(seed, people=4 + seed % 4)
        try:
            expected = best(round)
        except TooManyError:
            continue
        case = make_case(round)
        solution = solve(case)
        values = {g.id: as_number(g.value(case, solution.placements)) for g in goals_of(case)}
        assert values == {g: expected.values[g] for g in values}, seed
        assert solution.optimal, seed
        assert solution.unique is (len(expected.plans) == 1), seed
        compared += 1
    assert compared > STEP * 0.8


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_options_and_points_agree_with_brute_force(start: int) -> None:
    for seed in range(start, start + 20):
        round = random_round(seed)
        for who, own in list_choices(round).items():
            expected = Counter(
                (p.shape, p.points, tuple((s.vacancy, s.first, s.last) for s in p.segs))
                for p in options(round, round.candidate[who])
            )
            assert Counter(_listed(round, own)) == expected, seed


def _listed(round: Round, own: Choices) -> list[object]:
    pairs = [
        (Shape.SPLIT, one.points + two.points, one.option.segments + two.option.segments)
        for one, two in itertools.product(own.firsts, own.seconds)
        if may_pair(round, one.option.segments[0], two.option.segments[0])
        and CEILING.refuses_points(round, own.candidate_id, one.points + two.points) is None
    ]
    whole = [(c.option.shape, c.points, c.option.segments) for c in own.whole]
    return [
        (str(shape), points, tuple((s.vacancy_id, s.start, s.end) for s in segments))
        for shape, points, segments in [*whole, *pairs]
    ]


def test_unchanged_agrees_with_brute_force() -> None:
    seen = 0
    for seed in range(1000, 1000 + few(60)):
        round = random_round(seed)
        if "unchanged" not in round.policy.goals:
            continue
        before = solve(make_case(round.model_copy(update={"seed": "other"}))).placements
        segments = {
            p.candidate_id: tuple(Seg(s.vacancy_id, s.start, s.end, s.months) for s in p.bare)
            for p in before
        }
        try:
            expected = best(round, segments)
        except TooManyError:
            continue
        case = make_case(round, before)
        solution = solve(case)
        values = {g.id: as_number(g.value(case, solution.placements)) for g in goals_of(case)}
        assert values == {g: expected.values[g] for g in values}, seed
        seen += bool(before)
    assert enough(seen, 5)


def _rows_allow(rule: Rule, case: Case, plan: tuple[Placement, ...]) -> bool:
    program = Program(case)
    rule.constrain(program)
    taken = taken_columns(program, plan)
    return all(allows(row, taken) for row in program.rows)


@pytest.mark.parametrize("rule", [*PLAN_RULES[:-1], CEILING], ids=lambda r: r.id)
def test_the_rows_and_the_plain_telling_of_a_rule_agree(rule: Rule) -> None:
    broken = kept = 0
    for seed in range(few(120)):
        case = make_case(random_round(seed))
        for plan in every_plan(case, 60):
            found: list[Finding] = list(rule.violations(case, plan))
            assert _rows_allow(rule, case, plan) == (not found), (seed, plan, found)
            broken += bool(found)
            kept += not found
    assert kept
    # one-placement cannot be broken by choosing at most one option each.
    assert enough(broken, 0) or rule.id == "one-placement"


def test_rows_against_a_broken_order_come_exactly_where_it_is_told_plainly() -> None:
    seen: Counter[bool] = Counter()
    for seed in range(few(250)):
        case = make_case(random_round(seed, people=4 + seed % 3))
        program = Program(case)
        for rule in RULES:
            rule.constrain(program)
        plans = [
            (plan, taken_columns(program, plan))
            for plan in every_plan(case, 400)
            if not any(
                True for rule in (*PLAN_RULES[:-1], CEILING) for _ in rule.violations(case, plan)
            )
        ]
        written: list[Row] = []
        keeping: list[frozenset[int]] = []
        for plan, taken in plans[:80]:
            broken = list(ORDER.broken(case, plan))
            by_rows = [row for row in program.rows if not allows(row, taken)]
            assert all(row.rule == "municipal-order" for row in by_rows), (seed, plan)
            rows = program.separated(taken)
            assert bool(by_rows or rows) == bool(broken), (seed, plan, broken)
            assert not any(allows(row, taken) for row in rows)
            seen[bool(broken)] += 1
            if broken:
                written += rows
            else:
                keeping.append(taken)
        # A row that is written shuts out no plan that keeps the order.
        assert all(allows(row, taken) for row in written for taken in keeping), seed
    assert enough(seen[True], 500)
    assert enough(seen[False], 500)


def test_the_rules_allow_the_plans_that_the_oracle_lists_and_no_others() -> None:
    counted = 0
    for seed in range(few(60)):
        case = make_case(random_round(seed, people=3, windows=3))
        plans = every_plan(case, 4_000)
        if len(plans) == 4_000 or any(len(own.whole) > 6 for own in case.choices.values()):
            continue  # not all of them are there
        if any(own.firsts for own in case.choices.values()):
            continue
        allowed = sum(
            not any(True for rule in TOGETHER for _ in rule.violations(case, plan))
            for plan in plans
        )
        assert allowed == sum(1 for _ in all_plans(case.round, 20_000)), seed
        counted += 1
    assert enough(counted, 5)
