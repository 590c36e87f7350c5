"""Every explanation is replayed; planted falsehoods are found; proofs agree with brute force."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from models.entry import Entry
from models.explanation import ExplanationEntry, HarmEntry, RemedyEntry
from models.plan import Plan
from scheduler import planning
from scheduler.case import make_case
from scheduler.engine import forced
from scheduler.engine.clock import Clock
from scheduler.explain import replay as replaying
from scheduler.explain.replay import replay
from scheduler.explain.statements import check_statements
from scheduler.explain.words import wish_findings
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.resources import data_folder
from scheduler.tables import ReadResult, read_round
from tests.builders import a_round, candidate, policy, vacancy, wish
from tests.random_rounds import random_case
from tests.test_verify import made

SAMPLES = data_folder() / "samples"
# `make night` asks for 200.
ROUNDS = int(os.environ.get("ALIS_EXPLAINED", "24"))


@pytest.mark.parametrize("start", range(0, ROUNDS, 8))
def test_every_explanation_replays(start: int) -> None:
    for seed in range(start, start + 8):
        case = random_case(seed)
        replayed = replay(made(case), case)
        assert replayed.findings == (), seed
        assert replayed.total > 0


@pytest.mark.parametrize("name", ["small", "vest"])
def test_every_explanation_of_the_samples_replays(name: str) -> None:
    found = read_round(SAMPLES / name).round
    assert found is not None
    case = make_case(found)
    plan = made(case)
    replayed = replay(plan, case)
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


@pytest.mark.parametrize("seed", [3, 16, 31])
def test_planted_falsehoods_are_all_found(seed: int) -> None:
    case = random_case(seed)
    plan = made(case)
    count = 0
    for wrong in spoiled(plan):
        count += 1
        assert replay(wrong, case).findings
    assert count > 10


def test_the_reader_is_told_how_far_it_has_come() -> None:
    case = random_case(8)
    steps: list[tuple[int, int]] = []
    read = ReadResult((), "nb", case.round, ())
    plan = make_plan(read, case, explaining=lambda *step: steps.append(step)).plan
    taken = sum(e.outcome == "taken" for e in plan.explanations)
    asked = [(n + 1, count) for count in (len(plan.help), taken) for n in range(count)]
    assert steps == asked


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
                assert replay(wrong, case).findings, (seed, false)
    assert floors > 2


def test_what_a_wish_costs_at_least_in_words() -> None:
    harm = HarmEntry(kind="floor", goal="placed", before=9, after=8, proof="bound", changes=[])
    entry = ExplanationEntry(
        candidate_id="A", rank=1, outcome="taken", refusals=[], holders=[], harm=harm
    )
    by_lot = entry.model_copy(
        update={"harm": harm.model_copy(update={"goal": "lot", "proof": "search"})}
    )
    for language, texts in (
        ("nb", (
            "Færre ville fått plass: 8 i stedet for 9. Det er bevist med planens sertifikat at det "
            "koster minst så mye å oppfylle ønsket, eller noe som teller mer. Det er ikke "
            "undersøkt ferdig hva det ville bli.",
            "Det er bevist ved et søk at ingen plan som er like god, oppfyller ønsket. Det er ikke "
            "undersøkt ferdig hva som ville blitt dårligere.",
        )),
        ("nn", (
            "Færre ville fått plass: 8 i staden for 9. Det er bevist med sertifikatet til planen "
            "at det kostar minst så mykje å oppfylle ønsket, eller noko som tel meir. Det er ikkje "
            "undersøkt ferdig kva det ville bli.",
            "Det er bevist ved eit søk at ingen plan som er like god, oppfyller ønsket. Det er "
            "ikkje undersøkt ferdig kva som ville blitt dårlegare.",
        )),
    ):  # fmt: skip
        told = [
            " ".join(Translator(language).finding(f) for f in wish_findings(e))
            for e in (entry, by_lot)
        ]
        assert told == list(texts)


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


def test_a_taken_wish_in_words() -> None:
    people = [
        candidate("A"),
        candidate("B", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    round = a_round(people, [vacancy()], wishes=[wish("A", site="Lofoten"), wish("B")])
    plan = made(make_case(round))
    assert check_statements(plan, make_case(round)) == []
    entry = next(e for e in plan.explanations if e.candidate_id == "A")

    def told(language: str) -> str:
        t = Translator(language)
        return " ".join(t.finding(f) for f in wish_findings(entry))

    assert told("nb") == (
        "Det beste som var mulig, er opptatt av B. De som fikk plass, ville ha ventet færre "
        "kvartaler til sammen: 0 i stedet for 1. Det ville endre noe for B. Det er bevist med "
        "planens sertifikat at ingen plan som oppfyller ønsket, er bedre."
    )
    assert told("nn") == (
        "Det beste som var mogleg, er oppteke av B. Dei som fekk plass, ville ha venta færre "
        "kvartal til saman: 0 i staden for 1. Det ville endre noko for B. Det er bevist med "
        "sertifikatet til planen at ingen plan som oppfyller ønsket, er betre."
    )


def test_goals_that_are_lists_are_named() -> None:
    turn = policy(goals=["last-chance", "order", "lot"])
    people = [
        candidate("A"),
        candidate("B", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    round = a_round(people, [vacancy()], policy=turn)
    plan = made(make_case(round))
    entry = next(e for e in plan.explanations if e.candidate_id == "A")
    assert entry.harm is not None
    assert (entry.harm.kind, entry.harm.goal, entry.harm.proof) == ("goal", "order", "none")
    texts = [Translator("nb").finding(f) for f in wish_findings(entry)]
    assert "Målet order ville blitt dårligere nådd." in texts
