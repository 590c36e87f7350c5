"""Many rounds together: how long people waited, what they were offered and what they answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from statistics import median_low

from models.finding import N_, Finding, finding
from models.grouped import grouped
from models.history import History, OfferAnswer, Outcome
from models.lock import LockStatus
from models.plan import Plan

_TWO_PLANS = N_(
    "There are two different plans with the run date {day}; name the one that was carried out."
)


@dataclass(frozen=True, slots=True)
class Record:
    """What one round was for one candidate. `answer` and `quarters`, the quarters waited at the run
    date, are None where they are not known; so is a blank municipality.
    """

    round: str
    run_date: date
    candidate_id: str
    municipality: str
    outcome: Outcome
    vacancies: str = ""
    points: int | None = None
    wish_rank: int | None = None
    answer: OfferAnswer | None = None
    quarters: int | None = None

    @property
    def waits(self) -> bool:
        """Whether they had no place after the round."""
        return self.outcome not in (Outcome.PLACED, Outcome.LOCKED)


@dataclass(frozen=True, slots=True)
class Tally:
    """Some records counted: offers, and how they were answered as far as that is known; rounds
    without a place; points and wish ranks of what was offered.
    """

    rounds: int
    waited: int
    offers: int
    yes: int
    no: int
    department_no: int
    withdrawn: int
    unknown: int
    points: tuple[int, ...]
    ranks: tuple[int, ...]

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Tally":
        """Count the records."""
        rows = list(records)
        offered = [r for r in rows if r.outcome is Outcome.PLACED]
        answers = [r.answer for r in offered]
        return cls(
            rounds=len({r.run_date for r in rows}),
            waited=sum(r.waits for r in rows),
            offers=len(offered),
            yes=answers.count(OfferAnswer.YES),
            no=answers.count(OfferAnswer.NO),
            department_no=answers.count(OfferAnswer.DEPARTMENT_NO),
            withdrawn=answers.count(OfferAnswer.WITHDRAWN),
            unknown=answers.count(None) + answers.count(OfferAnswer.NO_ANSWER),
            points=tuple(r.points for r in offered if r.points is not None),
            ranks=tuple(r.wish_rank for r in offered if r.wish_rank is not None),
        )


@dataclass(frozen=True)
class Ledger:
    """The records in the order of time and candidates."""

    records: tuple[Record, ...]

    @cached_property
    def by_candidate(self) -> Mapping[str, tuple[Record, ...]]:
        """Each candidate's records in the order of time."""
        found = grouped(self.records, lambda r: r.candidate_id)
        return {who: found[who] for who in sorted(found)}

    @cached_property
    def by_municipality(self) -> Mapping[str, tuple[Record, ...]]:
        """The records by the municipality they name; blank where it is not known."""
        found = grouped(self.records, lambda r: r.municipality)
        return {number: found[number] for number in sorted(found)}

    def waiting(self, records: Sequence[Record]) -> list[int]:
        """How many quarters each candidate in the records had waited when last told of, as far as
        that is known.
        """
        last: dict[str, int] = {}
        for record in records:
            if record.quarters is not None:
                last[record.candidate_id] = record.quarters
        return sorted(last.values())

    def middle_wait(self, records: Sequence[Record]) -> int | None:
        """The middle one of these numbers (the lower, of two); None where none is known."""
        waits = self.waiting(records)
        return median_low(waits) if waits else None


def make_ledger(plans: Sequence[Plan], history: Sequence[History]) -> Ledger | Finding:
    """The ledger of plans and of what was recorded in inputs, or why they do not go together.

    Of a round that both tell of, the history tells the answers, and the plan how long people had
    waited. What a plan does not tell, whether an offer was accepted, is seen from the promises of
    the plan after it.
    """
    in_order: dict[date, Plan] = {}
    for plan in plans:
        day = plan.round.run_date
        if day in in_order and in_order[day].placements != plan.placements:
            return finding(_TWO_PLANS, day=day)
        in_order[day] = plan
    days = sorted(in_order)
    found: dict[tuple[date, str], Record] = {}
    for day, following in zip(days, [*days[1:], None], strict=False):
        after = None if following is None else in_order[following]
        for record in _of_plan(in_order[day], after):
            found[day, record.candidate_id] = record
    for row in history:
        key = (row.run_date, row.candidate_id)
        found[key] = _joined(found.get(key), row)
    homes = {r.candidate_id: r.municipality for r in found.values() if r.municipality}
    records = (
        replace(r, municipality=r.municipality or homes.get(r.candidate_id, ""))
        for r in found.values()
    )
    return Ledger(tuple(sorted(records, key=lambda r: (r.run_date, r.candidate_id))))


def _of_plan(plan: Plan, after: Plan | None) -> Iterator[Record]:
    """What the plan's round was for everybody in it."""
    people = {p.candidate_id: p for p in plan.people}
    promised = {
        (k.candidate_id, k.vacancy_id, k.start)
        for k in (() if after is None else after.locks)
        if k.status != LockStatus.OFFERED
    }
    placed = {p.candidate_id: p for p in plan.placements}
    parts = {u.candidate_id: Outcome(u.part) for u in plan.unplaced}
    locks = grouped(plan.locks, lambda k: k.candidate_id)
    for who in sorted({*placed, *parts, *locks}):
        person = people.get(who)
        record = Record(
            plan.round.name,
            plan.round.run_date,
            who,
            "" if person is None else person.municipality,
            parts.get(who, Outcome.LOCKED),
            ", ".join(k.vacancy_id for k in locks.get(who, ())),
            quarters=None if person is None else person.quarters_waited,
        )
        new = placed.get(who)
        if new is not None:
            ranks = [s.wish_rank for s in new.segments if s.wish_rank is not None]
            yes = all((who, s.vacancy_id, s.start) in promised for s in new.segments)
            record = replace(
                record,
                outcome=Outcome.PLACED,
                vacancies=", ".join(s.vacancy_id for s in new.segments),
                points=new.points,
                wish_rank=min(ranks, default=None),
                answer=OfferAnswer.YES if yes else None,
            )
        yield record


def _joined(known: Record | None, row: History) -> Record:
    """What a plan and a row of the history tell of the same candidate and round."""
    answer = row.answer if row.answer is not None else known.answer if known else None
    return Record(
        row.round,
        row.run_date,
        row.candidate_id,
        row.municipality or (known.municipality if known else ""),
        row.outcome,
        row.vacancies,
        row.points,
        row.wish_rank,
        answer,
        known.quarters if known else None,
    )
