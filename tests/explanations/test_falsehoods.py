"""Planted falsehoods: whatever an explanation says that is not true is found."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from models.entry import Entry, PlacementEntry
from models.explanation import RemedyEntry
from models.plan import Plan
from scheduler.explanations import standing
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.support.workers import Lost, Workers
from scheduler.verification import statements
from scheduler.verification.replay import replay
from scheduler.verification.statements import check_statements
from tests.builders import vacancy
from tests.explanations.test_gave_way import STRICT, fourteen_days, with_a_third
from tests.explanations.test_turns import offered
from tests.random_rounds import random_case
from tests.verification.test_plan import made


def _dearer(remedy: RemedyEntry) -> RemedyEntry:
    placement = remedy.placement.model_copy(update={"points": 10**6})
    return remedy.model_copy(update={"placement": placement})


def _elsewhere(placement: PlacementEntry) -> PlacementEntry:
    """The same on another first day."""
    segments = [s.model_copy(update={"start": date(2026, 10, 2)}) for s in placement.segments]
    return placement.model_copy(update={"segments": segments})


Change = Callable[[Any], dict[str, object]]
# A false statement made from a true one, by the list it is in.
FALSEHOODS: dict[str, list[Change]] = {
    "explanations": [
        lambda e: {"outcome": "given" if e.outcome != "given" else "own_better"},
        lambda e: {"refusals": e.refusals[:-1]} if e.refusals else {"rank": e.rank + 50},
        lambda e: (
            {"harm": e.harm.model_copy(update={"after": 10**6})}
            if e.harm and e.harm.kind == "goal"
            else {"harm": None, "outcome": "taken" if e.outcome != "taken" else "rule"}
        ),
        lambda e: (
            {"harm": e.harm.model_copy(update={"kind": "nothing"})}
            if e.harm
            else {"outcome": "taken" if e.outcome != "taken" else "rule"}
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
        lambda e: {"needing": [*e.needing, "X"]},
        lambda e: {"start": date(2039, 1, 1)},
        lambda e: {"outcome": "not_examined"},
        lambda e: {"withdrawn": _elsewhere(e.withdrawn)} if e.withdrawn else {"first": e.second},
        lambda e: {"withdrawn": None} if e.withdrawn else {"second": e.first},
    ],
    "gave_way": [
        lambda e: {"points": e.points + 2},
        lambda e: {"there": e.there.model_copy(update={"points": e.there.points - 2})},
        lambda e: {"there": _elsewhere(e.there)},
        lambda e: {"waived": not e.waived},
        lambda e: {"outcome": "no_place" if e.outcome != "no_place" else "not_examined"},
        lambda e: {"outcome": "rule", "then": None, "finding": None, "harm": None},
        lambda e: {"then": _elsewhere(e.then)} if e.then else {"then": e.there},
        lambda e: (
            {"harm": e.harm.model_copy(update={"after": 10**6})} if e.harm else {"finding": None}
        ),
        lambda e: {"harm": None} if e.harm else {"first": e.second},
        lambda e: {"second": e.first},
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
    monkeypatch.setattr(Workers, "map", lambda _self, _f, tasks, **_: [Lost() for _ in tasks])
    assert check_statements(wrong, case, 2) == found


def _count_found(case: Case) -> int:
    """How many falsehoods there are, all of which are found."""
    plan = made(case)
    count = 0
    for wrong in spoiled(plan):
        count += 1
        assert check_statements(wrong, case) or replay(wrong, case).findings
    return count


@pytest.mark.parametrize("seed", [3, 16, 31])
def test_planted_falsehoods_are_all_found(seed: int) -> None:
    assert _count_found(random_case(seed)) > 10


@pytest.mark.parametrize("name", ["no place", "another place", "a rule", "strict", "an offer"])
def test_planted_falsehoods_about_a_municipalitys_order_are_all_found(name: str) -> None:
    later = vacancy("X", date(2027, 1, 1), date(2027, 6, 30), site="Bodø", department="Kirurgi")
    rounds = {
        "no place": (fourteen_days(), "gave_way"),
        "another place": (fourteen_days(later), "gave_way"),
        "a rule": (with_a_third(), "gave_way"),
        "strict": (fourteen_days(policy=STRICT), "consents"),
        "an offer": (offered(), "turns"),
    }
    round, told = rounds[name]
    case = make_case(round)
    plan = made(case)
    assert getattr(plan, told)
    assert replay(plan, case).findings == ()
    assert _count_found(case) > 10


def test_what_a_takeover_would_cost_may_be_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    later = vacancy("X", date(2027, 1, 1), date(2027, 6, 30), site="Bodø", department="Kirurgi")
    case = make_case(fourteen_days(later))
    monkeypatch.setattr(standing, "_TRIED", 0)
    plan = made(case)
    assert [e.outcome for e in plan.gave_way] == ["not_examined"]
    assert (replay(plan, case).findings, replay(plan, case).not_examined) == ((), 1)
