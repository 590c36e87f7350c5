"""What certificates prove of wishes: all that is said is shown, and nothing more."""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from models.explanation import HarmEntry
from models.plan import Plan
from models.proved import Proved
from scheduler import planning
from scheduler.input import read_round
from scheduler.input.writing import write_input
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.problem.case import Case
from scheduler.samples.region import make_sample
from scheduler.solver.questions import counterfactual_plan
from scheduler.verification.certificates.checking import check_proof
from tests.all_plans import LOW, bests, rounds_with_all_plans, with_wish
from tests.builders import made_of
from tests.random_rounds import enough, random_case


@pytest.fixture
def _little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """No search for plans with a wish, so that leasts are told."""
    monkeypatch.setattr(counterfactual_plan, "_NEAR_UNITS", 0.0)
    monkeypatch.setattr(planning, "QUICK", 0.0)


def by_certificate(plan: Plan) -> list[int]:
    """The explanations that rest on one."""
    return [
        n for n, e in enumerate(plan.explanations) if e.harm is not None and e.harm.proof == "bound"
    ]


def with_harm(plan: Plan, number: int, **update: object) -> Plan:
    entries = [*plan.explanations]
    harm = entries[number].harm
    assert harm is not None
    changed = harm.model_copy(update=update)
    entries[number] = entries[number].model_copy(update={"harm": changed})
    return plan.model_copy(update={"explanations": entries})


def spoiled(plan: Plan, number: int) -> Iterator[Plan]:
    """The plan with something else said of a wish, which no certificate proves."""
    entry = plan.explanations[number]
    assert entry.harm is not None
    before, after = entry.harm.before, entry.harm.after
    if isinstance(before, int) and isinstance(after, int):
        yield with_harm(plan, number, after=before)
        yield with_harm(plan, number, after=before - (after - before))
    yield with_harm(plan, number, goal="X")
    ranks = [*plan.explanations]
    ranks[number] = entry.model_copy(update={"rank": 99})
    yield plan.model_copy(update={"explanations": ranks})


def one_worse(plan: Plan, number: int) -> Plan:
    """The plan with more said of a wish than was known when it was made."""
    harm = plan.explanations[number].harm
    assert harm is not None
    if not isinstance(harm.before, int) or not isinstance(harm.after, int):
        return with_harm(plan, number, goal="X")
    return with_harm(plan, number, after=harm.after + (1 if harm.after > harm.before else -1))


def check(cases: Iterable[Case]) -> int:
    """How many wishes were shown, all of those told."""
    shown = tried = caught = 0
    for case in cases:
        made = made_of(case)
        own = by_certificate(made.plan)
        checked = check_proof(case, made.plan, made.proof)
        assert checked.findings == ()
        assert checked.wishes == len(own)
        shown += checked.wishes
        for number in own[:3]:
            tried += 1
            wrong = one_worse(made.plan, number)
            caught += bool(check_proof(case, wrong, made.proof).findings)
            for wrong in spoiled(made.plan, number):
                found = check_proof(case, wrong, made.proof)
                assert [f.message for f in found.findings] == [
                    "The proofs do not prove what is said of wish {rank} of {candidate}."
                ]
    # A goal may get a certificate when those after it are done: then it proves more of them.
    assert caught > 0.9 * tried
    return shown


def test_what_certificates_prove_of_exchanges_is_shown(tmp_path: Path) -> None:
    cases = []
    for seed in (7, 8, 9):
        write_input(
            tmp_path / "input.xlsx",
            make_sample("nord", 40, 33, seed),
            Translator("nb"),
            overwrite=True,
        )
        round = read_round(tmp_path / "input.xlsx").round
        assert round is not None
        cases.append(make_case(round))
    assert check(cases) > 3


@pytest.mark.usefixtures("_little_work")
def test_what_certificates_prove_without_an_exchange_is_shown() -> None:
    assert check(random_case(seed) for seed in range(40)) > 20


def test_what_a_search_proved_is_not_said_to_be_by_certificate() -> None:
    caught = 0
    for seed in range(40):
        case = random_case(seed)
        made = made_of(case)
        for number, entry in enumerate(made.plan.explanations):
            harm = entry.harm
            if harm is not None and harm.kind == "goal" and harm.proof == "search":
                wrong = with_harm(made.plan, number, proof=Proved.BOUND)
                caught += bool(check_proof(case, wrong, made.proof).findings)
    assert caught > 3


def test_what_is_shown_is_true_of_all_plans() -> None:
    shown = refused = 0
    for case, kept in rounds_with_all_plans():
        made = made_of(case)
        entries = [e for e in made.plan.explanations if e.outcome == "taken"]
        own = {g.id: g.value for g in made.plan.goals}
        for goal, more in itertools.product(own if entries else (), (1, 2, 7, 40)):
            value = own[goal]
            assert isinstance(value, int)
            after = value + (more if goal in LOW else -more)
            harm = HarmEntry(
                kind="least", goal=goal, before=value, after=after, proof=Proved.BOUND, changes=[]
            )
            said = [e.model_copy(update={"harm": harm}) for e in entries]
            plan = made.plan.model_copy(update={"explanations": said})
            found = check_proof(case, plan, made.proof)
            wrong = {(f.value("candidate"), f.value("rank")) for f in found.findings}
            refused += len(wrong)
            for entry in said:
                if (entry.candidate_id, entry.rank) in wrong:
                    continue
                shown += 1
                for name, best in bests(case, with_wish(kept, case.round, entry), list(own)):
                    if name == goal:
                        assert best >= after if goal in LOW else best <= after, entry
                    if best != own[name]:
                        break
                    assert name != goal, entry
    assert enough(shown, 100)
    assert enough(refused, 100)
