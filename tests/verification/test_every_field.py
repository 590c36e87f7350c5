"""Every field of plan.json is checked, or said to be unchecked.

Each value is changed, each key and item left out, each list told twice and turned round, in some
plans; then everything is asked that `alis verify PLAN INPUT --proof --explanations` asks. Nothing
is compared with the copy of the plan that its workbook keeps: a forger would change both.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from models.certificate import Certificates
from models.plan import Plan
from scheduler.input import read_round
from scheduler.input.reader import Origin
from scheduler.listing.options import make_case
from scheduler.planning import make_plan
from scheduler.problem.case import Case
from scheduler.report.delivered.checking import DeliveredPlan, check_delivered
from scheduler.support.resources import data_folder
from scheduler.verification.certificates.checking import check_proof
from scheduler.verification.figures import check_set_aside
from scheduler.verification.replay import replay
from tests.random_rounds import random_case
from tools.build_docs import DOCS
from tools.plan_page import name, plan_schema, title, unchecked

# What of which field may be changed unnoticed in the plans below; docs/plan-json.md says why.
UNCHECKED = {
    "help.examined": {"value"},
    "lot.examined": {"value"},
    "lot.groups": {"left out", "twice", "turned round"},
    "need.examined": {"value"},
    "plan.comparison": {
        "comparison.figures: figures.placed: value",
        "comparison.figures: figures.total_points: value",
        "comparison.figures: figures.worst_points: value",
        "comparison.figures: null",
        "comparison.policy: value",
    },
    "plan.files": {"left out"},
    "plan.need": {"left out", "null"},
    "plan.one_fewer": {
        *("figures.placed: value", "figures.total_points: value", "figures.worst_points: value"),
        "null",
    },
    "plan.product": {"value"},
    "plan.since": {"left out"},
    "plan.solver": {"solver.name: value", "solver.seconds: value", "solver.version: value"},
    "plan.unique": {"null"},
    "round.language": {"value"},
}
# What the page says more, and where it is shown.
ELSEWHERE = {
    "plan.input": "a note of alis verify",
    "explanation.harm": "JUSTIFIED in tests/explanations/test_mutations.py",
    "harm.proof": "JUSTIFIED in tests/explanations/test_mutations.py",
    "harm.after": "JUSTIFIED in tests/explanations/test_mutations.py",
}

PLANS = ("small", "conflict", "random")

# A change: the fields on the way to it, each as the page calls it, and what was done.
Way = tuple[str, ...]


@cache
def _plan(of: str) -> tuple[Case, Origin, Plan, Certificates]:
    origin = Origin()
    match of:
        case "random":
            case = random_case(22)
        case _:
            read = read_round(data_folder() / "samples" / of)
            assert read.round is not None
            case, origin = make_case(read.round), read.origin
    made = make_plan(case, origin=origin)
    return case, origin, made.plan, made.proof


def _is_noticed(of: str, data: dict[str, Any]) -> bool:
    case, origin, _, proof = _plan(of)
    try:
        plan = Plan.from_json(json.dumps(data))
    except ValueError:
        return True
    return bool(
        list(check_set_aside(plan, origin.set_aside))
        or check_delivered(DeliveredPlan(plan), case)
        or check_proof(case, plan, proof).findings
        or replay(plan, case).findings
        or plan.input != dict(origin.files)  # a note of `alis verify`
    )


def _changes(of: BaseModel, data: dict[str, Any]) -> Iterator[tuple[Way, dict[str, Any]]]:
    """Every change of an entry."""
    for key, info in type(of).model_fields.items():
        told, value = name(key, info), getattr(of, key)
        here = f"{title(type(of))}.{told}"
        yield (here, "left out"), {k: v for k, v in data.items() if k != told}
        for way, other in _others(value, data[told], info.annotation):
            yield (here, *way), {**data, told: other}


def _others(value: Any, data: Any, kind: Any) -> Iterator[tuple[Way, Any]]:
    """Every change of a value, of which `data` is the JSON."""
    if data is not None:
        yield ("null",), None
    match value:
        case BaseModel():
            yield from _changes(value, data)
        case dict():
            for key, own in data.items():
                yield ("left out",), {k: v for k, v in data.items() if k != key}
                yield from ((way, {**data, key: v}) for way, v in _others(own, own, str))
        case list() | tuple():
            yield from _other_lists(value, data)
        case _:
            words: tuple[Any, ...] = get_args(kind) if get_origin(kind) is Literal else ()
            if isinstance(value, Enum):
                words = tuple(word.value for word in type(value))
            yield from ((("value",), v) for v in words or _other_values(data) if v != data)


def _other_lists(value: Any, data: list[Any]) -> Iterator[tuple[Way, list[Any]]]:
    for n, one in enumerate(data):
        yield ("left out",), [*data[:n], *data[n + 1 :]]
        for way, other in _others(value[n], one, str):
            yield way, [*data[:n], other, *data[n + 1 :]]
    for what, other in (("twice", [*data, *data[:1]]), ("turned round", data[::-1])):
        if other != data:
            yield (what,), other


def _other_values(data: Any) -> list[Any]:
    match data:
        case bool():
            return [not data]
        case int() | float():
            return [data + 1, data - 1]
        case None:
            return [0, 1, True, False, "", "X", []]
        case _:
            try:
                days = [date.fromisoformat(data) + timedelta(days=n) for n in (1, -1)]
            except ValueError:
                return [f"{data}X", ""]
            return [str(day) for day in days]


def _missed(of: str) -> dict[str, set[str]]:
    """What was changed unnoticed, by the nearest field on the way that is said to be unchecked."""
    plan = _plan(of)[2]
    data = json.loads(plan.to_json())
    assert not _is_noticed(of, data)
    marked, missed = unchecked(), defaultdict[str, set[str]](set)
    tried = 0
    for way, changed in _changes(plan, data):
        tried += 1
        if not _is_noticed(of, changed):
            at = max((n for n, field in enumerate(way) if field in marked), default=len(way) - 2)
            missed[way[at]].add(": ".join(way[at + 1 :]))
    assert tried > 500
    return missed


def test_whatever_is_changed_is_noticed_but_for_what_is_said_to_be_unchecked() -> None:
    missed = defaultdict[str, set[str]](set)
    for of in PLANS:
        for field, what in _missed(of).items():
            missed[field] |= what
    assert missed == UNCHECKED


def test_the_page_says_of_exactly_these_fields_why_they_are_unchecked() -> None:
    page = (DOCS / "plan-json.md").read_text(encoding="utf-8")
    _, told = page.split("## What is not checked")
    fields = [line.split("`")[1] for line in told.splitlines() if line.startswith("| `")]
    assert sorted(fields) == sorted([*UNCHECKED, *ELSEWHERE])


def test_the_page_and_the_schema_tell_of_every_key() -> None:
    page = (DOCS / "plan-json.md").read_text(encoding="utf-8")
    schema = json.loads(plan_schema())
    told = {key for of in schema["$defs"].values() for key in of.get("properties", ())}
    told |= schema["properties"].keys()
    plans = [json.loads(_plan(of)[2].to_json()) for of in ("small", "conflict")]
    for plan in plans:
        for name_of in ("policy", "input", "files"):  # what is in these are not fields
            plan[name_of] = {}
    keys = {key for plan in plans for key in _keys(plan)}
    assert keys <= told
    assert all(f"| `{key}` |" in page for key in told)


def _keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
        for key, value in data.items():
            yield from _keys(value) if key != "values" else ()
    elif isinstance(data, list):
        for value in data:
            yield from _keys(value)
