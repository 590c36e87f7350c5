"""What each rule says, word by word and number by number, when it refuses or is broken."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.placement import Placement, Segment, Shape
from models.round import Round
from scheduler.listing.options import first_refusal, make_case
from scheduler.locale import Translator
from scheduler.problem.calendar import last_day
from scheduler.problem.option import Option, Part
from scheduler.rules.catalogue import CEILING, PLAN_RULES
from tests.builders import (
    Agreement,
    Decline,
    Department,
    Municipality,
    PairKind,
    Priority,
    a_round,
    candidate,
    lock,
    pair,
    policy,
    solved,
    vacancy,
    wish,
)

EXPECTED = json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))
SEP1, DEC1, MAR1 = date(2026, 9, 1), date(2026, 12, 1), date(2027, 3, 1)


def said(round: Round, *parts: tuple[date, int, str], shape: Shape = Shape.SIX) -> str:
    """The first refusal of the option that these segments (first day, months, vacancy) are."""
    where = parts or ((SEP1, 6, "V"),)
    segments = tuple(Segment(d, last_day(d, n), name, n) for d, n, name in where)
    found = first_refusal(round, Option("A", shape, Part.WHOLE, segments))
    return "" if found is None else f"{found.rule}: {Translator('en').finding(found)}"


def one(**facts: Any) -> Round:
    return a_round([candidate(**facts)])


def town(**facts: object) -> list[Municipality]:
    return [Municipality.model_validate({"municipality": "1865", "name": "x", **facts})]


AVAILABLE = {
    "too early": one(earliest_start=date(2026, 10, 1)),
    "too late": one(latest_start=date(2026, 8, 1)),
    "away": one(unavailable=((date(2026, 11, 1), date(2026, 11, 30)),)),
}
CLOSED = Department(
    trust=vacancy().trust, site=vacancy().site, department=vacancy().department, approved=False
)
HELD = [lock("A", "W", date(2026, 3, 1), date(2026, 11, 30))]
HALF = candidate(remaining_months=3, plan_rest=True)
HALVES = [vacancy("V", end=date(2026, 11, 30)), vacancy("W", start=DEC1, end=date(2027, 2, 28))]
TWICE = ((SEP1, 3, "V"), (DEC1, 3, "W"))
SAYINGS: dict[str, tuple[Round, tuple[tuple[date, int, str], ...], Shape]] = {}


def case(name: str, round: Round, *parts: tuple[date, int, str], shape: Shape = Shape.SIX) -> None:
    SAYINGS[name] = (round, parts, shape)


case("nothing", one())
case("scheme", one(scheme="old"))
case("practice", one(practice_met_on=date(2026, 10, 1)))
case("practice counted", one(practice_met_on=None, practice_start=date(2024, 10, 1)))
case("not registered", a_round(municipalities=town()))
case("registered later", a_round(municipalities=town(registered_from=date(2026, 9, 2))))
case("no agreement", a_round(agreements=[]))
case(
    "agreement too late",
    a_round(
        agreements=[
            Agreement(municipality="1865", trust=vacancy().trust, valid_from=date(2027, 1, 1))
        ]
    ),
)
case("approved", a_round(departments=[CLOSED]))
case("duration", one(remaining_months=4), (SEP1, 4, "V"), shape=Shape.OTHER)
case("duration of all", one(remaining_months=4))
case("part-time candidate", one(fte=80.0))
case("part-time vacancy", a_round(vacancies=[vacancy(fte=50.0)]))
case("outside", one(), (date(2026, 9, 2), 6, "V"))
case(
    "not a first day",
    a_round(vacancies=[vacancy(end=date(2027, 8, 31))]),
    (date(2026, 9, 2), 6, "V"),
)
case("not a shape", one(), (SEP1, 3, "V"))
case(
    "not a pair", a_round([candidate(split="accept")], HALVES), *reversed(TWICE), shape=Shape.SPLIT
)
case("split refused", a_round([candidate()], HALVES), *TWICE, shape=Shape.SPLIT)
case(
    "before the lock ends",
    a_round([HALF], [vacancy("V"), vacancy("W")], locks=HELD),
    (SEP1, 3, "V"),
    shape=Shape.REST,
)
case(
    "long after the lock",
    a_round(
        [HALF],
        [vacancy("V"), vacancy("W")],
        locks=[lock("A", "W", date(2025, 1, 1), date(2025, 6, 30))],
    ),
    (SEP1, 3, "V"),
    shape=Shape.REST,
)
case("wished earlier", one(wished_start=date(2026, 2, 1)))
case("wished later", one(wished_start=date(2027, 4, 1)))
case(
    "lead-time",
    a_round([candidate(wished_start=date(2026, 5, 1))], [vacancy(start=date(2026, 5, 1))]),
    (date(2026, 5, 1), 6, "V"),
)
case(
    "lead-time of a month",
    a_round([candidate()], [vacancy(start=date(2026, 3, 31))], policy=policy(lead_months=1)),
    (date(2026, 3, 31), 6, "V"),
)
case(
    "run date",
    a_round(
        [candidate(wished_start=date(2026, 2, 1))],
        [vacancy(start=date(2026, 2, 1), short_notice=True)],
    ),
    (date(2026, 2, 1), 6, "V"),
)
case(
    "horizon",
    a_round(
        [candidate(wished_start=date(2028, 4, 1))],
        [vacancy(start=date(2028, 4, 1), end=date(2028, 9, 30))],
    ),
    (date(2028, 4, 1), 6, "V"),
)
for name, round_ in AVAILABLE.items():
    case(f"availability {name}", round_)
case("never", a_round(wishes=[wish(), wish(rank="never", site="Lofoten")]))
OTHER = vacancy("X", site="Bodø", department="Kirurgi")
case("site", a_round(vacancies=[vacancy(), OTHER], wishes=[wish(site="Bodø")]))
case("department", a_round(vacancies=[vacancy(), OTHER], wishes=[wish(department="Kirurgi")]))
case(
    "neither",
    a_round(vacancies=[vacancy(), OTHER], wishes=[wish(site="Bodø", department="Kirurgi")]),
)
case("on-call", a_round([candidate(on_call=False)], [vacancy(on_call=True)]))
case("declined", a_round(declines=[Decline(candidate_id="A", vacancy_id="V")]))


@pytest.mark.parametrize("name", SAYINGS)
def test_a_refusal_says_exactly_this(name: str) -> None:
    round, parts, shape = SAYINGS[name]
    assert said(round, *parts, shape=shape) == EXPECTED["refusals"][name]


TWO = [candidate("A"), candidate("B", registered_on=date(2025, 1, 1))]
BOTH = [vacancy("V"), vacancy("W", site="Bodø")]
ORDER = [Priority(municipality="1865", priority=n, candidate_id=w) for n, w in enumerate("AB", 1)]


def plan(round: Round) -> tuple[Placement, ...]:
    return solved(round)[1].placements


def told(round: Round, placements: tuple[Placement, ...]) -> list[str]:
    """Everything that the rules about several say about the placements."""
    case = make_case(round)
    found = [f for r in (*PLAN_RULES, CEILING) for f in r.violations(case, placements)]
    return [f"{f.rule}: {Translator('en').finding(f)}" for f in found]


def clash(round: Round) -> list[str]:
    """Everything that the rules say about the locks."""
    found = [c for r in (*PLAN_RULES, CEILING) for c in r.conflicts(round)]
    return [
        f"{c.finding.rule}: {Translator('en').finding(c.finding)} "
        f"{c.candidate_ids} {c.vacancy_ids} {c.first} {c.last}"
        for c in found
    ]


def rowed(kind: PairKind, *, alone_ok: bool = True) -> Round:
    return a_round(TWO, BOTH, pairs=[pair("A", "B", kind, alone_ok=alone_ok)])


ROOMY = plan(a_round(TWO, [vacancy("V", positions=2)]))
APART = plan(a_round(TWO, BOTH, wishes=[wish("A"), wish("B", site="Bodø"), wish("B", 2)]))
CAP = Department(
    trust=vacancy().trust, site=vacancy().site, department=vacancy().department, max_concurrent=1
)
SEPARATE = [vacancy("V"), vacancy("W")]
LOCKED = [lock("A", "V", SEP1, date(2027, 2, 28)), lock("B", "W", DEC1, date(2027, 5, 31))]
LATER_PLACE = vacancy("W", start=MAR1, end=date(2027, 8, 31))
# B could not have the later place.
HASTY = [TWO[0], candidate("B", latest_start=SEP1)]
VIOLATIONS = {
    "twice": (a_round(), plan(a_round()) * 2),
    "not open": (a_round([candidate(status="on_hold")]), plan(a_round())),
    "capacity": (a_round(TWO), ROOMY),
    "cap": (a_round(TWO, SEPARATE, departments=[CAP]), plan(a_round(TWO, SEPARATE))),
    "cover": (
        a_round(TWO, SEPARATE, municipalities=town(registered_from=True, max_away=1)),
        plan(a_round(TWO, SEPARATE)),
    ),
    "together": (rowed(PairKind.NOT_TOGETHER), APART),
    "two sites": (rowed(PairKind.SAME_SITE), APART),
    "alone": (rowed(PairKind.NOT_TOGETHER, alone_ok=False), APART[:1]),
    "ceiling": (
        a_round(vacancies=[LATER_PLACE], policy=policy(max_points=82)),
        plan(a_round(vacancies=[LATER_PLACE])),
    ),
    "unplaced before": (a_round(TWO, priority=ORDER), plan(a_round(TWO))),
    "served worse": (
        a_round(TWO, [vacancy("V"), LATER_PLACE], priority=ORDER),
        plan(a_round(TWO, [vacancy("V"), LATER_PLACE])),
    ),
    "taken over": (
        a_round(
            HASTY,
            [vacancy("V"), LATER_PLACE],
            priority=ORDER,
            policy=policy(municipal_order="strict"),
        ),
        plan(a_round(HASTY, [vacancy("V"), LATER_PLACE])),
    ),
}
CONFLICTS = {
    "capacity": a_round(TWO, locks=[lock(w, "V", SEP1, date(2027, 2, 28)) for w in "AB"]),
    "cap": a_round(TWO, SEPARATE, departments=[CAP], locks=LOCKED),
    "cover": a_round(
        TWO, SEPARATE, municipalities=town(registered_from=True, max_away=1), locks=LOCKED
    ),
    "together": a_round(TWO, BOTH, pairs=rowed(PairKind.NOT_TOGETHER).pairs, locks=LOCKED),
    "two sites": a_round(TWO, BOTH, pairs=rowed(PairKind.SAME_SITE).pairs, locks=LOCKED),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_violation_says_exactly_this(name: str) -> None:
    assert told(*VIOLATIONS[name]) == EXPECTED["violations"][name]


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_says_exactly_this(name: str) -> None:
    assert clash(CONFLICTS[name]) == EXPECTED["conflicts"][name]
