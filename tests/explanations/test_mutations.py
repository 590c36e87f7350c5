"""Mutation over explanations: whatever is changed in a statement, the checks find it.

The changes follow from the models, so that no field of no kind of statement can be forgotten.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import Enum
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from models.department import Department
from models.entry import Entry, FindingEntry
from models.plan import Plan
from models.round import Round
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.verification.replay import replay
from scheduler.verification.statements import check_statements
from tests.builders import SITE, TRUST, PairKind, a_round, candidate, pair, vacancy
from tests.explanations.test_gave_way import fourteen_days, with_a_third
from tests.explanations.test_turns import offered
from tests.random_rounds import random_case
from tests.verification.test_plan import made

# So many random rounds; `make night` asks for more.
ROUNDS = int(os.environ.get("ALIS_MUTATED", "2"))
LISTS = ("explanations", "help", "unused", "turns", "gave_way", "consents", "open_wishes")

# What may be changed without becoming false, by the kind of entry and its field, and why.
JUSTIFIED = {
    ("explanations", "harm"): "then it counts as not found out, and is counted as such",
    ("help", "examined"): "then it counts as not examined, and is counted as such",
    ("explanations", "harm.proof"): "less is said to be proved than is",
    ("explanations", "harm.after"): "that a wish costs at least less is true too",
}


class Ids:
    """Other existing ids, to put in place of one."""

    def __init__(self, case: Case) -> None:
        round = case.round
        self._people = [c.candidate_id for c in round.candidates]
        self._vacancies = [v.vacancy_id for v in round.vacancies]
        self._towns = [m.municipality for m in round.municipalities]

    def others(self, text: str) -> Iterator[str]:
        for known in (self._people, self._vacancies, self._towns):
            if text in known:
                yield from [one for one in known if one != text][:2]
                return
        yield f"{text}X"


def mutants(value: Any, kind: Any, ids: Ids) -> Iterator[tuple[str, Any]]:
    """Other values of a type, each with the field that differs."""
    match value:
        case FindingEntry():
            yield from _of_finding(value, ids)
        case BaseModel():
            yield from _of_entry(value, ids)
        case bool():
            yield "", not value
        case int():
            yield from (("", value + step) for step in (1, -1, 2))
        case date():
            yield from (("", value + timedelta(days=step)) for step in (1, -1, 31))
        case Enum():
            yield from (("", other) for other in type(value) if other is not value)
        case str() if get_origin(kind) is Literal:
            yield from (("", other) for other in get_args(kind) if other != value)
        case str():
            yield from (("", other) for other in ids.others(value))
        case list() | tuple():
            yield from _of_list(value, kind, ids)
        case None:
            pass
        case _:
            raise AssertionError(f"no falsehood of {value!r} is known")


def _of_entry(entry: BaseModel, ids: Ids) -> Iterator[tuple[str, Any]]:
    for name, field in type(entry).model_fields.items():
        value, kind = getattr(entry, name), field.annotation
        constant = get_origin(kind) is Literal and len(get_args(kind)) == 1
        if constant:
            continue  # it says which kind of entry this is
        if value is not None and type(None) in get_args(kind):
            yield name, entry.model_copy(update={name: None})
        kinds = [k for k in get_args(kind) if get_origin(k) is Literal] or [kind]
        for path, other in mutants(value, kinds[0], ids):
            told = f"{name}.{path}" if path else name
            yield told, entry.model_copy(update={name: other})


def _of_list(values: Any, kind: Any, ids: Ids) -> Iterator[tuple[str, Any]]:
    own, of = list(values), (get_args(kind) or (str,))[0]
    whole = type(values)
    if own:
        yield "", whole(own[1:])
        yield "", whole([*own, own[0]])
    if len(own) > 1:
        yield "", whole([own[1], own[0], *own[2:]])
    if of is str and own and whole is list:
        yield "", whole([*own, *list(ids.others(own[0]))[:1]])
    for n, one in enumerate(own[:2]):
        for path, other in mutants(one, of, ids):
            yield path, whole([*own[:n], other, *own[n + 1 :]])


def _of_finding(entry: FindingEntry, ids: Ids) -> Iterator[tuple[str, Any]]:
    """The numbers, days and names in a sentence, and which sentence it is."""
    for name, value in entry.values.items():
        others: Sequence[object] = ()
        if isinstance(value, int):
            others = [value + 1]
        elif isinstance(value, str):
            others = list(ids.others(value))[:1]
        elif isinstance(value, dict) and "date" in value:
            others = [{"date": "2031-01-31"}]
        for other in others:
            yield (
                f"values.{name}",
                entry.model_copy(update={"values": {**entry.values, name: other}}),
            )
    yield "message", entry.model_copy(update={"message": f"{entry.message} "})


def spoiled(plan: Plan, case: Case) -> Iterator[tuple[tuple[str, str], Plan]]:
    """The plan with one statement left out, told twice or changed in one field."""
    ids = Ids(case)
    for name in LISTS:
        entries: list[Entry] = getattr(plan, name)
        kinds: Counter[str] = Counter()
        for n, entry in enumerate(entries):
            kind = str(getattr(entry, "outcome", getattr(entry, "reason", "")))
            kinds[kind] += 1
            if kinds[kind] > 1:
                continue  # one of each kind of each round is enough
            rest = [*entries[:n], *entries[n + 1 :]]
            yield (name, "left out"), plan.model_copy(update={name: rest})
            for path, other in mutants(entry, type(entry), ids):
                if other == entry:
                    continue  # two equal values in each other's place
                changed = [*entries[:n], other, *entries[n + 1 :]]
                yield (name, path), plan.model_copy(update={name: changed})


def _found(plan: Plan, case: Case) -> bool:
    try:
        Plan.model_validate_json(plan.model_dump_json(by_alias=True))
    except ValidationError:
        return True  # no such plan is read
    return bool(check_statements(plan, case) or replay(plan, case).findings)


def _missed(case: Case) -> tuple[int, Counter[tuple[str, str]]]:
    """How many statements were changed, and which of them are not found."""
    plan = made(case)
    assert not _found(plan, case)
    tried, missed = 0, Counter[tuple[str, str]]()
    for what, wrong in spoiled(plan, case):
        tried += 1
        missed[what] += not _found(wrong, case)
    return tried, +missed


def _apart() -> Round:
    """A pair that is in the way, and a limit."""
    people = [
        candidate("D"),
        candidate("F", registered_on=date(2025, 1, 1)),
        candidate("K", municipality="1804"),
    ]
    places = [Department(trust=TRUST, site=SITE, department="Indremedisin", max_concurrent=1)]
    apart = [pair("D", "F", PairKind.NOT_TOGETHER)]
    return a_round(people, [vacancy(positions=3)], pairs=apart, departments=places)


BY_HAND = {
    "a place given up": fourteen_days,
    "a takeover that a rule forbids": with_a_third,
    "an offer": offered,
    "a pair and a limit": _apart,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_what_is_changed_in_a_round_made_by_hand_is_found(name: str) -> None:
    tried, missed = _missed(make_case(BY_HAND[name]()))
    assert tried > 20
    assert missed.keys() <= JUSTIFIED.keys(), missed


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_is_changed_in_a_random_round_is_found(number: int) -> None:
    tried, missed = _missed(random_case(9 * number))
    assert tried > 20
    assert missed.keys() <= JUSTIFIED.keys(), missed
    assert sum(missed.values()) <= max(2, tried / 100)


def test_every_kind_of_statement_is_changed() -> None:
    cases = [make_case(build()) for build in BY_HAND.values()]
    changed = {what for case in cases for what, _ in spoiled(made(case), case)}
    assert {name for name, _ in changed} >= {*LISTS} - {"consents", "open_wishes"}
