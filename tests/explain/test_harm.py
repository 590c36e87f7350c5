"""What a wish would cost agrees with brute force, which knows all plans."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from models.explanation import ExplanationEntry
from models.round import Round
from scheduler.case import Case, make_case
from scheduler.engine import forced, solve
from scheduler.engine.clock import Clock
from scheduler.explain.asking import Harm
from scheduler.explain.standing import Standing
from scheduler.explain.wishes import Wishes
from scheduler.goals import goals_of
from tests.oracle import TooManyError, all_plans, goal_values, keeps_order, open_candidates
from tests.oracle_options import Place, options, row_matches
from tests.random_rounds import enough, few, random_round
from tests.test_verify import made

Every = list[tuple[Place, ...]]

LOW = {"hard-hit", "wishes", "lot"}


def rounds_with_all_plans() -> Iterator[tuple[Case, Every]]:
    """Small rounds whose goals are numbers, with every plan that keeps the rules."""
    for seed in range(5000, 5000 + few(120)):
        case = make_case(random_round(seed))
        round = case.round
        try:
            every = list(all_plans(round, 20_000))
        except TooManyError:
            continue
        if {g.id for g in goals_of(case)} <= {*LOW, "last-chance", "placed", "waiting"}:
            lists = {c.candidate_id: options(round, c) for c in open_candidates(round)}
            yield case, [plan for plan in every if keeps_order(round, plan, lists)]


def with_wish(plans: Every, round: Round, e: ExplanationEntry) -> Every:
    """Those that meet a wish."""
    rows = [w for w in round.wishes if w.candidate_id == e.candidate_id and w.rank == e.rank]
    vacancies = {v.vacancy_id: v for v in round.vacancies}
    return [
        plan
        for plan in plans
        if any(
            row_matches(row, vacancies[s.vacancy])
            for row in rows
            for p in plan
            if p.who == e.candidate_id
            for s in p.segs
        )
    ]


def bests(case: Case, plans: Every, goals: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """The best that each goal can be in the plans that are best by the goals before it."""
    for goal in goals if plans else ():
        values: list[Any] = [goal_values(case.round, p)[goal] for p in plans]
        best = min(values) if goal in LOW else max(values)
        yield goal, best
        plans = [p for p, v in zip(plans, values, strict=True) if v == best]


def test_what_would_get_worse_agrees_with_brute_force() -> None:
    kinds: Counter[str] = Counter()
    for case, kept in rounds_with_all_plans():
        plan = made(case)
        own = {g.id: g.value for g in plan.goals}
        for entry in plan.explanations:
            if entry.harm is None:
                continue
            kinds[entry.harm.kind] += 1
            left = with_wish(kept, case.round, entry)
            worse = [(g, best) for g, best in bests(case, left, list(own)) if best != own[g]]
            if entry.harm.kind == "rules":
                assert left == [], entry
            elif entry.harm.proof != "none" and worse:
                assert worse[0] == (entry.harm.goal, entry.harm.after), entry
            elif not worse:
                assert entry.harm.kind == "nothing", entry
    assert enough(kinds["goal"], 19)
    assert enough(kinds["rules"], 20)


def test_what_is_proved_without_looking_for_plans_agrees_with_brute_force(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forced, "_NEAR", 0.0)
    floors: Counter[str] = Counter()
    for case, kept in rounds_with_all_plans():
        solution = solve(case)
        own = {g.id: g.value(case, solution.placements) for g in goals_of(case)}
        wishes = Wishes(Standing(case, solution.placements))
        for row in wishes.rows():
            entry = wishes.entry(row)
            harm = Harm(solution, Clock(), 0.0).of(row) if entry.outcome == "taken" else None
            if harm is None:
                continue
            assert harm.kind == "floor"
            floors[harm.goal] += 1
            for goal, best in bests(case, with_wish(kept, case.round, entry), list(own)):
                if goal == harm.goal:
                    assert isinstance(harm.after, int)
                    assert best >= harm.after if goal in LOW else best <= harm.after, entry
                if best != own[goal]:
                    break
                assert goal != harm.goal, entry
    assert enough(len(floors), 2), floors
    assert enough(sum(floors.values()), 20), floors
