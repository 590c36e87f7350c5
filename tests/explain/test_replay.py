"""Every explanation is replayed; planted falsehoods are found; proofs agree with brute force."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from models.entry import Entry
from models.explanation import RemedyEntry
from models.plan import Plan
from scheduler import planning
from scheduler.case import make_case
from scheduler.crew import Crew, Lost
from scheduler.engine import forced
from scheduler.engine.clock import Clock
from scheduler.explain import replay as replaying
from scheduler.explain import statements
from scheduler.explain.replay import replay
from scheduler.explain.statements import check_statements
from scheduler.planning import make_plan
from scheduler.resources import data_folder
from scheduler.tables import ReadResult, read_round
from scheduler.watch import Watch
from tests.random_rounds import random_case
from tests.test_verify import made

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
    seen: Counter[str] = Counter()
    for seed in range(40):
        plan = made(random_case(seed))
        seen.update(e.outcome for e in plan.explanations)
        seen.update(e.harm.kind for e in plan.explanations if e.harm)
        seen.update(e.reason for e in plan.unused)
        seen.update(c.kind for e in plan.help for r in e.remedies for c in r.changes)
        seen.update("pair" for e in plan.help for r in e.remedies if len(r.changes) == 2)
        seen.update("open wish" for _ in plan.open_wishes)
    expected = {
        "given", "rule", "own_better", "taken", "goal", "rules", "too_short", "nobody_eligible",
        "nobody_wants", "better_placed", "held_back", "position", "window", "openness", "waiver",
        "wish", "pair", "open wish",
    }  # fmt: skip
    assert expected <= seen.keys()


def _dearer(remedy: RemedyEntry) -> RemedyEntry:
    placement = remedy.placement.model_copy(update={"points": 10**6})
    return remedy.model_copy(update={"placement": placement})


Change = Callable[[Any], dict[str, object]]
# A false statement made from a true one, by the list it is in.
FALSEHOODS: dict[str, list[Change]] = {
    "explanations": [
        lambda e: {"outcome": "given" if e.outcome != "given" else "own_better"},
        lambda e: {"holders": [*e.holders, "nobody"]},
        lambda e: {"refusals": e.refusals[:-1]} if e.refusals else {"rank": e.rank + 50},
        lambda e: (
            {"harm": e.harm.model_copy(update={"after": 10**6})}
            if e.harm and e.harm.kind == "goal"
            else {"harm": None, "outcome": "taken", "holders": ["X"]}
        ),
        lambda e: (
            {"harm": e.harm.model_copy(update={"kind": "nothing"})}
            if e.harm
            else {"outcome": "taken"}
        ),
    ],
    "help": [
        lambda e: {"remedies": e.remedies[1:]} if e.remedies else {"candidate_id": "X"},
        lambda e: (
            {"remedies": [_dearer(r) for r in e.remedies]} if e.remedies else {"candidate_id": "Y"}
        ),
        lambda e: (
            {"remedies": [r.model_copy(update={"changes": []}) for r in e.remedies]}
            if e.remedies
            else {"candidate_id": "Z"}
        ),
    ],
    "unused": [
        lambda e: {"reason": "not_examined" if e.reason != "not_examined" else "too_short"},
        lambda e: {"people": [*e.people, "X"]},
        lambda e: {"last": date(2039, 1, 1)},
    ],
    "turns": [
        lambda e: {"holders": [*e.holders, "X"]},
        lambda e: {"start": date(2039, 1, 1)},
        lambda e: {"outcome": "not_examined"},
    ],
    "consents": [lambda e: {"second": e.first}, lambda e: {"instead": e.then}],
    "open_wishes": [lambda e: {"quarters": e.quarters + 1}, lambda e: {"holder": "X"}],
}


def spoiled(plan: Plan) -> Iterator[Plan]:
    """The plan with one statement made false, or left out."""
    for name, falsehoods in FALSEHOODS.items():
        entries: list[Entry] = getattr(plan, name)
        for number, entry in enumerate(entries[:3]):
            rest = [*entries[:number], *entries[number + 1 :]]
            yield plan.model_copy(update={name: rest})
            for falsehood in falsehoods:
                changed = entry.model_copy(update=falsehood(entry))
                yield plan.model_copy(update={name: [*rest[:number], changed, *rest[number:]]})


def test_statements_are_checked_side_by_side_as_in_this_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = random_case(3)
    plan = made(case)
    several = [plan, *spoiled(plan)]
    alone = [check_statements(p, case) for p in several]
    assert sum(map(bool, alone)) > 3
    monkeypatch.setattr(statements, "_WORTH", -1)
    monkeypatch.setattr(statements, "_AT_ONCE", 3)
    assert [check_statements(p, case, 2) for p in several[:8]] == alone[:8]


def test_what_a_process_leaves_unchecked_is_checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    case = random_case(3)
    wrong = next(p for p in spoiled(made(case)) if check_statements(p, case))
    found = check_statements(wrong, case)
    monkeypatch.setattr(statements, "_WORTH", -1)
    monkeypatch.setattr(Crew, "map", lambda _self, _f, tasks, **_: [Lost() for _ in tasks])
    assert check_statements(wrong, case, 2) == found


@pytest.mark.parametrize("seed", [3, 16, 31])
def test_planted_falsehoods_are_all_found(seed: int) -> None:
    case = random_case(seed)
    plan = made(case)
    count = 0
    for wrong in spoiled(plan):
        count += 1
        assert check_statements(wrong, case) or replay(wrong, case).findings
    assert count > 10


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

    plan = make_plan(read, case, watch=Noting()).plan
    taken = sum(e.outcome == "taken" for e in plan.explanations)
    asked = [(n + 1, count) for count in (len(plan.help), taken) for n in range(count)]
    assert steps == asked
    said = len(plan.explanations) + len(plan.help) + len(plan.consents)
    assert checks[-1] == (said, said)


def test_what_a_wish_costs_at_least_replays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made with no work for it at all; replayed with as much as it takes, and with none."""
    floors = 0
    for seed in range(5000, 5012):
        case = random_case(seed)
        with monkeypatch.context() as patched:
            patched.setattr(forced, "_NEAR", 0.0)
            patched.setattr(planning, "QUICK", 0.0)
            patched.setattr(replaying, "QUICK", 0.0)
            plan = made(case)
            told = [e for e in plan.explanations if e.harm and e.harm.kind == "floor"]
            assert replay(plan, case).findings == ()
        assert replay(plan, case).findings == ()
        true = {(e.candidate_id, e.rank): e.harm for e in made(case).explanations}
        for entry in told:
            cost = true[entry.candidate_id, entry.rank]
            if entry.harm is None or cost is None or not isinstance(entry.harm.after, int):
                continue
            if cost.goal != entry.harm.goal:
                continue  # it costs something that counts for more: of this goal all is true
            floors += 1
            for false in (
                {"before": 77}, {"after": entry.harm.before}, {"after": 10**6},
                {"after": -(10**6)}, {"after": None}, {"goal": "X"}, {"proof": "none"},
            ):  # fmt: skip
                harm = entry.harm.model_copy(update=false)
                others = [e for e in plan.explanations if e is not entry]
                false_entry = entry.model_copy(update={"harm": harm})
                wrong = plan.model_copy(update={"explanations": [*others, false_entry]})
                found = check_statements(wrong, case) or replay(wrong, case).findings
                assert found, (seed, false)
    assert floors > 2


def test_out_of_time_nothing_is_claimed() -> None:
    case = random_case(8)
    done = make_plan(ReadResult((), "nb", case.round, ()), case, clock=Clock.after(0.0)).plan
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
        plan = make_plan(ReadResult((), "nb", case.round, ()), case, clock=clock).plan
        if plan.status == "optimal":
            continue
        assert all(e.examined for e in plan.help)
        harms = [e.harm for e in plan.explanations if e.harm is not None]
        assert all(h.kind == "goal" and h.proof == "none" for h in harms)
        assert replay(plan, case).findings == ()
        told += len(harms)
    assert told
