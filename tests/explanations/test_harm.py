"""What a wish would cost agrees with brute force, which knows all plans."""

from collections import Counter

import pytest

from scheduler.explanations.answers.wishes import Wishes
from scheduler.explanations.asking import Harm
from scheduler.explanations.standing import Standing
from scheduler.goals.catalogue import goals_of
from scheduler.solver.clock import Clock
from scheduler.solver.questions import counterfactual_plan
from scheduler.solver.solve import solve
from tests.all_plans import LOW, bests, rounds_with_all_plans, with_wish
from tests.random_rounds import enough
from tests.verification.test_plan import made


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
    monkeypatch.setattr(counterfactual_plan, "_NEAR_UNITS", 0.0)
    leasts: Counter[str] = Counter()
    for case, kept in rounds_with_all_plans():
        solution = solve(case)
        own = {g.id: g.value(case, solution.placements) for g in goals_of(case)}
        wishes = Wishes(Standing(case, solution.placements))
        for row in wishes.rows():
            entry = wishes.entry(row)
            harm = Harm(solution, Clock(), 0.0).of_wish(row) if entry.outcome == "taken" else None
            if harm is None:
                continue
            assert harm.kind == "least"
            leasts[harm.goal] += 1
            for goal, best in bests(case, with_wish(kept, case.round, entry), list(own)):
                if goal == harm.goal:
                    assert isinstance(harm.after, int)
                    assert best >= harm.after if goal in LOW else best <= harm.after, entry
                if best != own[goal]:
                    break
                assert goal != harm.goal, entry
    assert enough(len(leasts), 2), leasts
    assert enough(sum(leasts.values()), 20), leasts
