"""Tiny rounds with every plan that keeps the rules: what is true is known."""

from collections.abc import Iterator, Sequence
from typing import Any

from models.explanation import ExplanationEntry
from models.round import Round
from scheduler.goals.catalogue import goals_of
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from tests.oracle import TooManyError, all_plans, goal_values, keeps_order
from tests.oracle_options import Place, options, row_matches
from tests.oracle_rules import open_candidates
from tests.random_rounds import few, random_round

Every = list[tuple[Place, ...]]

LOW = {"hard-hit", "wishes", "lot"}


def rounds_with_all_plans() -> Iterator[tuple[Case, Every]]:
    """Small rounds whose goals are numbers, with every plan that keeps the rules."""
    for seed in range(5000, 5000 + few(80)):
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
