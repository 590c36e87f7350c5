"""What else would have been possible: the lot, another plan as good, one fewer, other goals."""

import itertools
from collections.abc import Iterator, Sequence

import pytest

from models.placement import Placement
from models.plan import FiguresEntry, Plan
from models.round import Round
from models.waiver import PairKind
from scheduler.explanations.other_policy import OtherPolicy, compare
from scheduler.goals.catalogue import goals_of, other_principle
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.problem.alternatives import changed, changes
from scheduler.report.sheets.others import other_lines
from scheduler.report.texts import Delivery
from scheduler.solver.clock import Clock
from scheduler.solver.questions.one_fewer import one_fewer
from scheduler.solver.solve import Solution, solve
from scheduler.verification.plan import verify
from tests.builders import a_round, candidate, pair, policy, solved, vacancy
from tests.oracle import OptimalSet, TooManyError, best
from tests.oracle_options import Place
from tests.random_rounds import enough, few, random_round
from tests.verification.test_plan import made

NO_LOT = ("last-chance", "placed", "waiting", "hard-hit", "wishes")


def rounds(count: int, **changes: object) -> Iterator[tuple[int, Round, OptimalSet]]:
    """Random rounds with the brute force's best, where that is not too much."""
    for seed in range(3000, 3000 + few(count)):
        round = random_round(seed)
        policy = round.policy.model_copy(update=changes)
        round = round.changed(policy=policy)
        try:
            yield seed, round, best(round)
        except TooManyError:
            continue


def named(plan: Sequence[Placement]) -> dict[str, tuple[tuple[str, object], ...]]:
    return {p.candidate_id: tuple((s.vacancy_id, s.start) for s in p.bare) for p in plan}


def as_named(plan: Sequence[Place]) -> dict[str, tuple[tuple[str, object], ...]]:
    return {p.who: tuple((s.vacancy, s.first) for s in p.segs) for p in plan}


def people_changed(plan: Sequence[Placement], others: Sequence[Sequence[Placement]]) -> set[str]:
    return {entry.candidate_id for other in others for entry in changes(plan, other)}


def test_the_lot_is_named_for_exactly_those_for_whom_it_decided() -> None:
    seen = 0
    for seed, round, _ in rounds(120):
        without = round.policy.model_copy(
            update={"goals": tuple(g for g in round.policy.goals if g != "lot")}
        )
        equal = [as_named(p) for p in best(round.changed(policy=without)).plans]
        solution = solve(make_case(round), lot_work=None)
        own = named(solution.placements)
        assert own in equal
        expected = {w for p in equal for w in p.keys() | own.keys() if p.get(w) != own.get(w)}
        assert solution.lot_examined
        assert people_changed(solution.placements, solution.by_lot) == expected, seed
        assert all(named(other) in equal for other in solution.by_lot), seed
        seen += bool(expected)
    assert enough(seen, 20)


def test_without_a_lot_another_plan_as_good_is_shown() -> None:
    several = 0
    for seed, round, expected in rounds(80, goals=NO_LOT):
        solution = solve(make_case(round))
        assert solution.unique is (len(expected.plans) == 1), seed
        assert (solution.other is None) is solution.unique
        if solution.other is not None:
            plans = [as_named(p) for p in expected.plans]
            assert named(solution.other) in plans, seed
            assert named(solution.other) != named(solution.placements)
            several += 1
    assert enough(several, 10)


def test_one_fewer_is_the_best_of_those_that_place_fewer() -> None:
    compared = 0
    for seed, round, expected in rounds(80, goals=(*NO_LOT, "lot")):
        placed = expected.values["placed"]
        assert isinstance(placed, int)
        case = make_case(round)
        fewer = one_fewer(solve(case), clock=Clock(), work=None)
        if not placed:
            assert fewer is None
            continue
        assert fewer is not None
        values = {g.id: g.value(case, fewer) for g in goals_of(case)}
        true = best(round, at_most=placed - 1).values
        assert values == {g: true[g] for g in values}, seed
        compared += 1
    assert enough(compared, 40)


def test_one_fewer_over_parts_exchanges_the_best_part() -> None:
    people = [candidate("A"), candidate("B", wished_start=vacancy().start.replace(month=8))]
    people[1] = people[1].model_copy(update={"municipality": "1804"})
    round = a_round(
        people, [vacancy("V"), vacancy("W", site="Bodø")], wishes=a_round(people).wishes
    )
    fewer = one_fewer(solved(round)[1], clock=Clock(), work=None)
    assert fewer is not None
    assert [p.candidate_id for p in fewer] == ["A"]  # B is one month late


def test_questions_stop_when_their_work_is_used_up() -> None:
    case = make_case(a_round([candidate("A"), candidate("B")]))
    solution = solve(case, lot_work=0.0)
    assert not solution.lot_examined
    assert one_fewer(solution, clock=Clock(), work=0.0) is None
    assert compare(case, None, clock=Clock(), workers=1, work=0.0).figures is None


def test_the_other_principle_swaps_turns_and_the_most_placed() -> None:
    nord = policy()
    turns = other_principle(nord)
    assert turns.goals == ("last-chance", "order", "unchanged", "lot")
    assert other_principle(turns).goals == nord.goals
    ranks = policy(goals=("municipal-rank", "lot"))
    assert other_principle(ranks).goals == ("municipal-rank", "order", "lot")


def test_a_comparison_is_the_other_policys_own_plan() -> None:
    for seed, round, _ in rounds(30):
        case = make_case(round)
        other = other_principle(round.policy)
        plan = solve(make_case(round.changed(policy=other))).placements
        for asked in (None, OtherPolicy("x", other)):
            entry = compare(case, asked, clock=Clock(), workers=1, work=None)
            assert entry.figures is not None
            assert entry.figures.placed == len(plan), seed
            assert entry.figures.total_points == sum(p.points for p in plan), seed
            assert entry.policy == ("" if asked is None else "x")


@pytest.fixture(scope="module")
def plan() -> tuple[Plan, Round]:
    for seed in itertools.count(3000):
        round = random_round(seed)
        found = made(make_case(round))
        if len(found.lot.groups) > 1:
            return found, round
    raise AssertionError


def test_a_false_statement_about_another_plan_is_caught(plan: tuple[Plan, Round]) -> None:
    whole, round = plan
    case = make_case(round)
    assert verify(whole, case) == []
    groups = whole.lot.groups
    group = groups[0]
    worse = [group[0].model_copy(update={"placement": None}), *group[1:]]
    for false in ([], worse):
        lot = whole.lot.model_copy(update={"groups": [false, *groups[1:]]})
        assert verify(whole.model_copy(update={"lot": lot}), case)
    stranger = group[0].model_copy(update={"candidate_id": "X"})
    placement = next(e.placement for e in group if e.placement is not None)
    nowhere = placement.segments[0].model_copy(update={"vacancy_id": "X"})
    lost = placement.model_copy(update={"segments": [nowhere]})
    moved = [
        e.model_copy(update={"placement": lost}) if e.placement == placement else e for e in group
    ]
    for false in ([stranger], moved):
        lot = whole.lot.model_copy(update={"groups": [false]})
        (found,) = verify(whole.model_copy(update={"lot": lot}), case)
        assert found.value("candidates") == ", ".join(e.candidate_id for e in false)
    # A plan that only the lot puts after is no plan that is as good by every goal.
    same = whole.model_copy(update={"other_plan": group, "unique": False})
    assert verify(same, case)
    assert verify(whole.model_copy(update={"other_plan": worse}), case)
    assert verify(whole.model_copy(update={"unique": False}), case)


def test_changes_tell_a_plan_and_can_be_undone() -> None:
    def solution(seed: int) -> Solution:
        return solve(make_case(random_round(seed)))

    for seed in range(10):
        one, two = solution(seed).placements, solution(seed + 1).placements
        assert changed(one, changes(one, two)) == two
        assert changes(one, one) == []


def test_nobody_is_not_called_the_worst_of_nobody(plan: tuple[Plan, Round]) -> None:
    nobody = FiguresEntry(placed=0, total_points=0, worst_points=0)
    own, round = plan
    comparison = own.comparison.model_copy(update={"figures": nobody})
    told = own.model_copy(update={"one_fewer": nobody, "comparison": comparison})
    (line,) = other_lines(Delivery(told, round, Translator("en")))
    assert line == "A strict queue by waiting time would have placed nobody."
    named = comparison.model_copy(update={"policy": "vest-2023"})
    told = told.model_copy(update={"comparison": named})
    (line,) = other_lines(Delivery(told, round, Translator("en")))
    assert line == "The policy vest-2023 would have placed nobody."


def test_a_pair_that_serves_together_or_not_at_all_makes_it_two_fewer() -> None:
    both = pair("A", "B", PairKind.SAME_SITE, alone_ok=False)
    case = make_case(
        a_round([candidate("A"), candidate("B")], [vacancy(positions=2)], pairs=[both])
    )
    plan = make_plan(case).plan
    assert (len(plan.placements), plan.one_fewer and plan.one_fewer.placed) == (2, 0)
    assert verify(plan, case) == []
