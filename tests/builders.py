"""Rounds in a few words: everything that is not named is ordinary and in nobody's way."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.candidate import Candidate
from models.department import Department
from models.explanation import BestEntry
from models.lock import Decline, Lock, LockStatus
from models.municipality import Agreement, Municipality, Priority
from models.placement import Placement, Shape
from models.policy import Policy
from models.round import Round
from models.vacancy import Vacancy
from models.waiver import Pair, PairKind, Waiver
from models.wish import Wish
from scheduler.listing.options import first_refusal, list_choices, make_case
from scheduler.planning import Made, make_plan
from scheduler.problem.case import Case
from scheduler.problem.option import Option, Part
from scheduler.solver.solve import Solution, solve
from scheduler.support.resources import shipped_policies

TRUST, SITE, DEPARTMENT = "Nordlandssykehuset HF", "Lofoten", "Indremedisin"
RUN_DATE = date(2026, 3, 1)


def policy(**changes: object) -> Policy:
    """nord-2024 with changes."""
    shipped = Policy.from_toml(shipped_policies()["nord-2024"].read_text(encoding="utf-8"))
    return Policy.model_validate({**shipped.model_dump(), **changes})


def candidate(who: str = "A", **facts: object) -> Candidate:
    """Wishes 1 September 2026 and is ready for anything."""
    return Candidate.model_validate(
        {
            "candidate_id": who,
            "municipality": "1865",
            "wished_start": date(2026, 9, 1),
            "practice_met_on": date(2025, 1, 1),
            "registered_on": date(2026, 2, 1),
            **facts,
        }
    )


def wish(who: str = "A", rank: object = 1, **place: object) -> Wish:
    """A wish for anything, unless a place is named."""
    return Wish.model_validate({"candidate_id": who, "rank": rank, **place})


def vacancy(
    name: str = "V",
    start: date = date(2026, 9, 1),
    end: date = date(2027, 2, 28),
    **facts: object,
) -> Vacancy:
    """Six months from 1 September 2026 in Lofoten."""
    return Vacancy.model_validate(
        {
            "vacancy_id": name,
            "trust": TRUST,
            "site": SITE,
            "department": DEPARTMENT,
            "start": start,
            "end": end,
            **facts,
        }
    )


def lock(who: str, name: str, start: date, end: date, **facts: object) -> Lock:
    """A promise that was accepted."""
    return Lock.model_validate(
        {
            "candidate_id": who,
            "vacancy_id": name,
            "start": start,
            "end": end,
            "status": LockStatus.ACCEPTED,
            **facts,
        }
    )


def waiver(who: str, rule: str) -> Waiver:
    """A waiver of the rule."""
    return Waiver(candidate_id=who, rule=rule, approved_by="X", approved_on=RUN_DATE, reason="test")


def pair(a: str, b: str, kind: PairKind, *, alone_ok: bool = True) -> Pair:
    """Two who belong together or apart."""
    return Pair(candidate_a=a, candidate_b=b, kind=kind, alone_ok=alone_ok)


def a_round(
    candidates: Sequence[Candidate] = (),
    vacancies: Sequence[Vacancy] = (),
    *,
    wishes: Sequence[Wish] | None = None,
    **facts: Any,
) -> Round:
    """A round of these; who has no wishes given wishes anything."""
    people = list(candidates) or [candidate()]
    windows = list(vacancies) or [vacancy()]
    towns = sorted({c.municipality for c in people})
    places = sorted({v.department_key for v in windows})
    own = {
        "name": "Test",
        "run_date": RUN_DATE,
        "next_round_date": date(2026, 6, 1),
        "policy_name": "test",
        "policy": policy(),
        "seed": "20260301",
        "candidates": people,
        "vacancies": windows,
        "wishes": [wish(c.candidate_id) for c in people] if wishes is None else list(wishes),
        "departments": [Department(trust=t, site=s, department=d) for t, s, d in places],
        "municipalities": [
            Municipality(municipality=m, name=m, registered_from=True) for m in towns
        ],
        "agreements": [
            Agreement(municipality=m, trust=t)
            for m in towns
            for t in sorted({p.trust for p in places})
        ],
    }
    return Round.build(**{**own, **facts})


def first_days(round: Round, who: str = "A") -> list[date]:
    """The first days of the candidate's whole options and first halves."""
    own = list_choices(round)[who]
    return sorted({c.option.segments[0].start for c in (*own.whole, *own.firsts)})


def refusal(round: Round, day: date, name: str = "V", who: str = "A", months: int = 6) -> str:
    """The id of the first rule that refuses a whole placement there; empty if none does."""
    from models.placement import Segment
    from scheduler.problem.calendar import last_day

    shape = {6: Shape.SIX, 3: Shape.REST}.get(months, Shape.OTHER)
    segment = Segment(day, last_day(day, months), name, months)
    found = first_refusal(round, Option(who, shape, Part.WHOLE, (segment,)))
    return found.rule if found else ""


def in_the_way(best: BestEntry | None) -> list[tuple[str, list[str]]]:
    """By which rules somebody is kept from the best, and who is there."""
    assert best is not None
    return [(o.finding.rule, o.people) for o in best.obstacles]


def made_of(case: Case) -> Made:
    """What `alis plan` makes of a case that was read without a message."""
    return make_plan(case)


def solved(round: Round, previous: tuple[Placement, ...] | None = None) -> tuple[Case, Solution]:
    """The case and its best plan."""
    case = make_case(round, previous)
    return case, solve(case)


def outcome(round: Round) -> dict[str, tuple[str, date]]:
    """Who is placed where: vacancy and first day of the first segment."""
    _, solution = solved(round)
    return {p.candidate_id: (p.bare[0].vacancy_id, p.first_day) for p in solution.placements}


__all__ = [
    "DEPARTMENT",
    "RUN_DATE",
    "SITE",
    "TRUST",
    "Agreement",
    "Decline",
    "Department",
    "Municipality",
    "PairKind",
    "Priority",
    "a_round",
    "candidate",
    "first_days",
    "in_the_way",
    "lock",
    "outcome",
    "pair",
    "policy",
    "refusal",
    "solved",
    "vacancy",
    "waiver",
    "wish",
]
