"""Deadlines of placements, locks and vacancies (SPEC section 8, after Avtale-2024)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from models.candidate import CandidateStatus
from models.finding import CodeWord
from models.lock import LockStatus
from models.placement import Placement
from models.round import Round
from models.vacancy import Vacancy
from scheduler.problem.calendar import DAY, add_months
from scheduler.rules.occupancy import VACANCY, Stay, Stays

COURSE_DAYS = 5


class DeadlineKind(CodeWord):
    """What must be done."""

    RECONFIRM = "reconfirm"
    CONTRACT = "sign_contract"
    RELEASE = "release"
    ASK_AGAIN = "ask_again"


class DeadlineState(CodeWord):
    """How it stands at the run date. `at_once`: already past when the placement was made."""

    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    AT_ONCE = "at_once"
    DONE = "deadline_done"


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """Something to do from one day until another, about a candidate or a vacancy."""

    until: date
    since: date
    kind: DeadlineKind
    candidate_id: str
    vacancy_id: str
    first_day: date | None
    state: DeadlineState


def contract_window(first_day: date) -> tuple[date, date]:
    """When the contract is made: six to three months before the first day."""
    return add_months(first_day, -6), add_months(first_day, -3)


def reconfirm_window(first_day: date) -> tuple[date, date]:
    """When the municipality re-confirms: nine to six months before the first day."""
    return add_months(first_day, -9), add_months(first_day, -6)


def reply_by(round: Round) -> date:
    """The last day to answer what is offered with the plan."""
    return round.run_date + timedelta(days=round.policy.reply_days)


def course_days(months: int) -> int:
    """Course days within so many months of service: five per six months, whole days."""
    return COURSE_DAYS * months // 6


def deadlines(round: Round, placements: Sequence[Placement]) -> list[Deadline]:
    """All deadlines, the soonest first; what is done already comes last."""
    found = [
        *_new(round, placements),
        *_locked(round),
        *_vacancies(round, placements),
        *_asked_again(round, placements),
    ]
    return sorted(
        found,
        key=lambda d: (
            d.state is DeadlineState.DONE,
            d.until,
            d.since,
            d.kind,
            d.candidate_id,
            d.vacancy_id,
        ),
    )


def state_of(run_date: date, since: date, until: date) -> DeadlineState:
    """Coming before `since`, due to `until`, overdue after it."""
    if run_date < since:
        return DeadlineState.COMING
    return DeadlineState.DUE if run_date <= until else DeadlineState.OVERDUE


def _new(round: Round, placements: Sequence[Placement]) -> Iterator[Deadline]:
    for placement in placements:
        first = placement.first_day
        vacancy_id = placement.bare[0].vacancy_id
        for kind, (since, until) in _windows(first):
            state = state_of(round.run_date, since, until)
            if state is DeadlineState.OVERDUE:
                state = DeadlineState.AT_ONCE
            yield Deadline(until, since, kind, placement.candidate_id, vacancy_id, first, state)


def _windows(first: date) -> tuple[tuple[DeadlineKind, tuple[date, date]], ...]:
    return (
        (DeadlineKind.RECONFIRM, reconfirm_window(first)),
        (DeadlineKind.CONTRACT, contract_window(first)),
    )


def _asked_again(round: Round, placements: Sequence[Placement]) -> Iterator[Deadline]:
    """Those who wait without a place, while it is time to ask whether the wish still holds."""
    served = {p.candidate_id for p in placements} | {k.candidate_id for k in round.locks}
    for candidate in round.candidates:
        wished = candidate.wished_start
        since, until = reconfirm_window(wished)
        state = state_of(round.run_date, since, until)
        waits = candidate.status is CandidateStatus.WAITING and candidate.candidate_id not in served
        if waits and state is DeadlineState.DUE:
            who, kind = candidate.candidate_id, DeadlineKind.ASK_AGAIN
            yield Deadline(until, since, kind, who, "", wished, state)


SIGNED = (LockStatus.CONTRACT, LockStatus.IN_SERVICE)


def _locked(round: Round) -> Iterator[Deadline]:
    """Of promises whose days are not over: then nothing is left to be done."""
    for lock in (k for k in round.locks if k.end >= round.run_date):
        for kind, (since, until) in _windows(lock.start):
            state = state_of(round.run_date, since, until)
            # Only a contract tells that the municipality has confirmed; a candidate's yes does not.
            if lock.status in SIGNED:
                state = DeadlineState.DONE
            yield Deadline(
                until, since, kind, lock.candidate_id, lock.vacancy_id, lock.start, state
            )


def release_day(vacancy: Vacancy) -> date | None:
    """The day when the department may give the vacancy to others."""
    return None if vacancy.advertised_on is None else add_months(vacancy.advertised_on, 2)


def _vacancies(round: Round, placements: Sequence[Placement]) -> Iterator[Deadline]:
    stays = Stays(round, placements).at(VACANCY)
    for vacancy in round.vacancies:
        day = release_day(vacancy)
        if day is not None and free_stretches(round.run_date, vacancy, stays[vacancy.vacancy_id]):
            state = state_of(round.run_date, day, day)
            if state is DeadlineState.OVERDUE:
                state = DeadlineState.DUE  # from that day on it may be released, at any time
            assert vacancy.advertised_on is not None
            yield Deadline(
                day,
                vacancy.advertised_on,
                DeadlineKind.RELEASE,
                "",
                vacancy.vacancy_id,
                vacancy.start,
                state,
            )


@dataclass(frozen=True, slots=True)
class Free:
    """Days with unused positions in a vacancy."""

    first: date
    last: date
    positions: int


def free_stretches(run_date: date, vacancy: Vacancy, stays: Sequence[Stay]) -> list[Free]:
    """The stretches of days from the run date on when positions are unused, in order; `stays` are
    all those in the vacancy.
    """
    start = max(vacancy.start, run_date)
    edges = {start, vacancy.end + DAY}
    edges.update(day for s in stays for day in (s.first, s.last + DAY))
    days = sorted(d for d in edges if start <= d <= vacancy.end + DAY)
    found: list[Free] = []
    for day, following in pairwise(days):
        free = vacancy.positions - sum(s.first <= day <= s.last for s in stays)
        if free > 0:
            if found and found[-1].positions == free and found[-1].last + DAY == day:
                found[-1] = Free(found[-1].first, following - DAY, free)
            else:
                found.append(Free(day, following - DAY, free))
    return found
