"""Every explanation is replayed, and what is said to be proved is proved again."""

import os
from collections import Counter
from datetime import date

import pytest

from models.proved import Proved
from models.round import Round
from scheduler import planning
from scheduler.input import ReadResult, read_round
from scheduler.listing.options import make_case
from scheduler.planning import make_plan
from scheduler.solver.clock import Clock
from scheduler.solver.questions import counterfactual_plan
from scheduler.support.resources import data_folder
from scheduler.support.watch import Watch
from scheduler.verification import replay as replaying
from scheduler.verification.replay import replay
from scheduler.verification.retelling import retell
from scheduler.verification.statements import check_statements
from tests.builders import a_round, candidate, vacancy, wish
from tests.explanations.test_gave_way import STRICT, fourteen_days
from tests.random_rounds import random_case
from tests.verification.test_plan import made

SAMPLES = data_folder() / "samples"
# `make night` asks for 200.
ROUNDS = int(os.environ.get("ALIS_EXPLAINED", "24"))


@pytest.mark.parametrize("start", range(0, ROUNDS, 8))
def test_every_explanation_replays(start: int) -> None:
    for seed in range(start, start + 8):
        case = random_case(seed)
        plan = made(case)
        replayed = replay(plan, case)
        assert (check_statements(plan, case), replayed.findings) == ([], ()), seed
        assert replayed.total > 0


@pytest.mark.parametrize("name", ["small", "vest"])
def test_every_explanation_of_the_samples_replays(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "_WORTH", -1)
    found = read_round(SAMPLES / name).round
    assert found is not None
    case = make_case(found)
    plan = made(case)
    replayed = replay(plan, case, workers=2)
    assert (replayed.findings, replayed.not_examined) == ((), 0)
    assert {e.outcome for e in plan.explanations} >= {"given", "rule"}


def test_the_small_sample_says_what_its_page_derives() -> None:
    found = read_round(SAMPLES / "small").round
    assert found is not None
    plan = made(make_case(found))
    helped = {
        e.candidate_id: [
            ([c.model_dump(exclude={"kind"}) for c in r.changes], r.placement.points)
            for r in e.remedies
        ]
        for e in plan.help
    }
    v02 = {"vacancy_id": "V02", "first": date(2027, 2, 1), "last": date(2027, 8, 31)}
    v06 = {"vacancy_id": "V06", "first": date(2026, 9, 1), "last": date(2027, 2, 28)}
    assert helped == {
        "K01": [([v02], 60)],
        "K08": [([v06], 0)],
        "K09": [([{"rule": "agreement"}, {"vacancy_id": "V03"}], 0)],
    }
    assert [(u.vacancy_id, u.reason, u.people) for u in plan.unused] == [
        ("V03", "nobody_wants", []),
        ("V06", "too_short", ["K08"]),
    ]


def test_every_kind_of_explanation_comes_up() -> None:
    expected = {
        "given", "rule", "own_better", "taken", "goal", "rules", "too_short", "nobody_eligible",
        "nobody_wants", "better_placed", "held_back", "position", "window", "openness", "waiver",
        "wish", "pair", "open wish", "gave way", "turn promised", "turn rule", "turn taken",
    }  # fmt: skip
    seen: Counter[str] = Counter()
    for seed in range(90):
        if expected <= seen.keys():
            break
        plan = made(random_case(seed))
        seen.update(e.outcome for e in plan.explanations)
        seen.update(e.harm.kind for e in plan.explanations if e.harm)
        seen.update(e.reason for e in plan.unused)
        seen.update(c.kind for e in plan.help for r in e.remedies for c in r.changes)
        seen.update("pair" for e in plan.help for r in e.remedies if len(r.changes) == 2)
        seen.update("open wish" for _ in plan.open_wishes)
        seen.update("gave way" for _ in plan.gave_way)
        seen.update(f"turn {e.outcome}" for e in plan.turns)
    assert expected <= seen.keys()


def test_the_reader_is_told_how_far_it_has_come() -> None:
    case = random_case(8)
    read = ReadResult((), "nb", case.round, ())
    steps: list[tuple[int, int]] = []
    checks: list[tuple[int, int]] = []

    class Noting(Watch):
        def explaining(self, done: int, of: int) -> None:
            steps.append((done, of))

        def checking(self, done: int, of: int) -> None:
            checks.append((done, of))

    plan = make_plan(case, origin=read.origin, watch=Noting()).plan
    taken = sum(e.outcome == "taken" for e in plan.explanations)
    asked = [(n + 1, count) for count in (len(plan.help), taken) for n in range(count)]
    assert steps == asked
    lists = (plan.explanations, plan.help, plan.unused, plan.turns, plan.consents, plan.gave_way)
    said = len(plan.open_wishes) + sum(len(own) for own in lists)
    assert checks[-1] == (said, said)


def test_what_a_wish_costs_at_least_replays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made with no work for it at all; replayed with as much as it takes, and with none."""
    leasts = 0
    for seed in range(5000, 5012):
        case = random_case(seed)
        with monkeypatch.context() as patched:
            patched.setattr(counterfactual_plan, "_NEAR_UNITS", 0.0)
            patched.setattr(planning, "QUICK", 0.0)
            patched.setattr(replaying, "QUICK", 0.0)
            plan = made(case)
            told = [e for e in plan.explanations if e.harm and e.harm.kind == "least"]
            assert replay(plan, case).findings == ()
        assert replay(plan, case).findings == ()
        true = {(e.candidate_id, e.rank): e.harm for e in made(case).explanations}
        for entry in told:
            cost = true[entry.candidate_id, entry.rank]
            if entry.harm is None or cost is None or not isinstance(entry.harm.after, int):
                continue
            if cost.goal != entry.harm.goal:
                continue  # it costs something that counts for more: of this goal all is true
            leasts += 1
            for false in (
                {"before": 77}, {"after": entry.harm.before}, {"after": 10**6},
                {"after": -(10**6)}, {"after": None}, {"goal": "X"}, {"proof": Proved.NONE},
            ):  # fmt: skip
                harm = entry.harm.model_copy(update=false)
                others = [e for e in plan.explanations if e is not entry]
                false_entry = entry.model_copy(update={"harm": harm})
                wrong = plan.model_copy(update={"explanations": [*others, false_entry]})
                found = check_statements(wrong, case) or replay(wrong, case).findings
                assert found, (seed, false)
    assert leasts > 2


def test_out_of_time_nothing_is_claimed() -> None:
    case = random_case(8)
    done = make_plan(case, clock=Clock.after(0.0)).plan
    assert done.status == "feasible"
    assert not any(e.examined or e.remedies for e in done.help)
    assert all(e.harm is None for e in done.explanations)
    replayed = replay(done, case)
    assert replayed.findings == ()
    assert replayed.not_examined >= len(done.help) > 0


def test_of_a_plan_that_is_not_proved_the_best_exchanges_found_are_told() -> None:
    told = 0
    for seed in range(12):
        case = random_case(seed)
        clock = Clock.after(None, 1e-9)
        plan = make_plan(case, clock=clock).plan
        if plan.status == "optimal":
            continue
        assert all(e.examined for e in plan.help)
        harms = [e.harm for e in plan.explanations if e.harm is not None]
        assert all(h.kind == "goal" and h.proof == "none" for h in harms)
        assert replay(plan, case).findings == ()
        told += len(harms)
    assert told


# What is worked out again without being asked for.
RETOLD = ("explanations", "unused", "turns", "gave_way", "consents", "open_wishes")


def _open_wish() -> Round:
    """B has what A wishes, who has waited longer and could take more."""
    people = [
        candidate("A", registered_on=date(2025, 1, 1), open_to_other_sites=True),
        candidate("B", registered_on=date(2026, 2, 1), municipality="1860"),
    ]
    wishes = [wish("A", site="Lofoten"), wish("B", site="Lofoten")]
    return a_round(people, [vacancy("V"), vacancy("W", site="Bodø")], wishes=wishes)


def test_what_is_left_out_told_twice_or_turned_round_is_found_without_searching(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds = [fourteen_days(), fourteen_days(policy=STRICT), _open_wish()]
    several = [(case, made(case)) for case in (random_case(3), *map(make_case, rounds))]
    monkeypatch.setattr(replaying, "solve", None)
    tried: Counter[str] = Counter()
    for case, plan in several:
        assert retell(plan, case) == []
        for name in RETOLD:
            own = getattr(plan, name)
            for wrong in (own[1:], [*own, *own[:1]], own[::-1]):
                if wrong != own:
                    tried[name] += 1
                    assert retell(plan.model_copy(update={name: wrong}), case), name
    assert tried.keys() == {*RETOLD}


def test_a_forged_refusal_is_found_without_searching() -> None:
    read = read_round(SAMPLES / "small").round
    assert read is not None
    case = make_case(read)
    plan = made(case)
    entry = next(e for e in plan.explanations if e.refusals)
    told = entry.refusals[0].finding.model_copy(update={"message": "V{vacancy} is closed."})
    forged = entry.model_copy(
        update={"refusals": [entry.refusals[0].model_copy(update={"finding": told})]}
    )
    several = [forged if e is entry else e for e in plan.explanations]
    wrong = plan.model_copy(update={"explanations": several})
    assert [dict(f.values)["candidate"] for f in retell(wrong, case)] == [entry.candidate_id]


def test_whom_help_is_told_of_is_worked_out_without_searching() -> None:
    read = read_round(SAMPLES / "small").round
    assert read is not None
    case = make_case(read)
    plan = made(case)
    assert plan.help
    assert retell(plan.model_copy(update={"help": plan.help[1:]}), case)
    assert retell(plan.model_copy(update={"help": plan.help * 2}), case)
