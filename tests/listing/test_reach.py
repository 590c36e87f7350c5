"""Generated rounds reach every rule and every goal, and the solver keeps its word on them."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.round import Round
from scheduler.listing.options import make_case, trials
from scheduler.problem.case import Case
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import CEILING, OPTION_RULES, PLAN_RULES, RULES
from scheduler.solver.solve import solve
from scheduler.verification.plan import verify
from tests.plans import every_plan
from tests.random_rounds import random_round
from tests.strategies import rounds
from tests.verification.test_plan import made

ROUNDS = 300


def reached(case: Case) -> set[str]:
    """The rules that refuse an option of the round, or that some choice of options breaks."""
    round = case.round
    found = set()
    for person in round.open_candidates:
        for option in (o for g in trials(round, person, Windows(round.vacancies).all) for o in g):
            found |= {r.id for r in OPTION_RULES if r.refuses(round, option) is not None}
        own = case.choices[person.candidate_id]
        if len(own.whole) + len(own.firsts) > 1:
            found.add("one-placement")
    plans = every_plan(case, 400)[::5]
    for rule in (*PLAN_RULES, CEILING):
        if any(True for plan in plans for _ in rule.violations(case, plan)):
            found.add(rule.id)
    low = round.policy.max_points
    if low is not None:
        free = make_case(round.changed(policy=round.policy.model_copy(update={"max_points": None})))
        if any(c.points > low for own in free.choices.values() for c in (*own.whole, *own.firsts)):
            found.add("ceiling")
    return found


def test_every_rule_refuses_or_binds_in_at_least_five_per_cent_of_rounds() -> None:
    seen: Counter[str] = Counter()
    for seed in range(ROUNDS):
        seen.update(reached(make_case(random_round(seed))))
    rare = {r.id: seen[r.id] for r in RULES if seen[r.id] < ROUNDS // 20}
    assert rare == {}


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(rounds)
def test_a_plan_of_any_round_passes_the_check(round: Round) -> None:
    case = make_case(round)
    assert verify(made(case), case) == []


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(rounds, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(round: Round, random: object) -> None:
    assert hasattr(random, "shuffle")
    shuffled: dict[str, object] = {}
    for sheet, rows in round.sheets().items():
        own = list(rows)
        random.shuffle(own)
        shuffled[sheet] = own
    again = round.changed(**shuffled)
    one, two = solve(make_case(round)), solve(make_case(again))
    assert (one.placements, one.unique) == (two.placements, two.unique)
