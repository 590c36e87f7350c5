"""What somebody has already, and where they stand without anything new."""

from collections.abc import Iterator, Mapping

from models.candidate import CandidateStatus
from models.finding import N_, Finding, finding
from models.lock import Lock, LockStatus
from models.plan import Plan
from models.round import Round
from models.vacancy import Certainty, Vacancy
from scheduler.explanations.letter.content import Text, in_words
from scheduler.explanations.letter.offers import EXPECTED, lock_place
from scheduler.problem.calendar import add_months

# What is told of a promise, by how far it has come.
_LOCKS: Mapping[LockStatus, str] = {
    LockStatus.OFFERED: N_(
        "You have been offered a place at {department}, {site} ({trust}), from {first} to {last}. "
        "It has not been answered."
    ),
    LockStatus.ACCEPTED: N_(
        "You have accepted a place at {department}, {site} ({trust}), from {first} to {last}."
    ),
    LockStatus.CONTRACT: N_(
        "You have a contract for a place at {department}, {site} ({trust}), from {first} to {last}."
    ),
    LockStatus.IN_SERVICE: N_(
        "You are registered as in service at {department}, {site} ({trust}), from {first} to "
        "{last}."
    ),
}
_VANISHED_OFFER = N_(
    "You have been offered a place from {first} to {last}, but its vacancy is no longer listed; "
    "you will hear from the coordinator."
)
_VANISHED = N_(
    "You have a place from {first} to {last}, but its vacancy is no longer listed; you will hear "
    "from the coordinator."
)
# What is told of a promise whose days are over: of an offer, and of a place that was accepted.
_WAS_OFFERED = N_(
    "You were offered a place at {department}, {site} ({trust}), from {first} to {last}. It was "
    "not answered, and that time has passed."
)
_HAD = N_(
    "You had a place at {department}, {site} ({trust}), from {first} to {last}. That service has "
    "ended."
)
_WAS_OFFERED_SOMEWHERE = N_(
    "You were offered a place from {first} to {last}. It was not answered, and that time has "
    "passed."
)
_HAD_SOMEWHERE = N_("You had a place from {first} to {last}. That time has passed.")
_STANDS = N_("The place stands as it is.")
_HOLDS = N_("The offer still holds.")
_UNSURE = N_("The place is subject to the department confirming the vacancy.")
_TO_DECIDE = N_("Something about it has to be decided; you will hear from the coordinator.")

_STATUSES: Mapping[CandidateStatus, str] = {
    CandidateStatus.WITHDRAWN: N_(
        "You have withdrawn, and are not considered for a new place in this round."
    ),
    CandidateStatus.MUNICIPAL: N_(
        "You are to serve in a municipal institution, and are not considered for a new place in "
        "this round."
    ),
    CandidateStatus.DONE: N_("Your hospital service is registered as completed."),
}

_NOT_PLANNED = Text(
    N_("After this, one month of your service remains. It is not planned in this round."),
    several=N_(
        "After this, {number} months of your service remain. They are not planned in this round."
    ),
)
_NEXT_ROUND = N_("You are considered again in the next round, on {day}.")


def lock_findings(round: Round, plan: Plan, lock: Lock) -> Iterator[Finding]:
    """A promise, and whether it stands, or that its days are over."""
    vacancy = round.vacancy.get(lock.vacancy_id)
    ended, offered = lock.end < round.run_date, lock.status is LockStatus.OFFERED
    if vacancy is None:
        if offered:
            message = _WAS_OFFERED_SOMEWHERE if ended else _VANISHED_OFFER
        else:
            message = _HAD_SOMEWHERE if ended else _VANISHED
        yield finding(message, first=lock.start, last=lock.end)
        return
    over = _WAS_OFFERED if offered else _HAD
    yield lock_place(lock, vacancy, over if ended else _LOCKS[lock.status])
    if in_conflict(plan, lock):
        yield finding(_TO_DECIDE)
    elif not ended:
        yield from _standing(lock, vacancy)


def _standing(lock: Lock, vacancy: Vacancy) -> Iterator[Finding]:
    """Whether a promise stands, or what it depends on until there is a contract."""
    expected = vacancy.certainty is Certainty.EXPECTED
    if lock.status is LockStatus.OFFERED:
        yield finding(_HOLDS)
        if expected:
            yield finding(EXPECTED)
    elif expected and lock.status is LockStatus.ACCEPTED:
        yield finding(_UNSURE)
    else:
        yield finding(_STANDS)


def in_conflict(plan: Plan, lock: Lock) -> bool:
    """Whether something about a promise has to be decided."""
    return any(
        lock.candidate_id in conflict.candidate_ids
        and lock.vacancy_id in conflict.vacancy_ids
        and lock.start <= conflict.last
        and conflict.first <= lock.end
        for conflict in plan.conflicts
    )


def status_finding(round: Round, who: str) -> Finding | None:
    """Why somebody is not considered; None for those who wait, or are on hold."""
    message = _STATUSES.get(round.candidate[who].status)
    return None if message is None else finding(message)


def waiting_findings(round: Round, part: str) -> Iterator[Finding]:
    """Where somebody without a new place stands, by the part of the waiting list."""
    match part:
        case "past_limit":
            yield finding(
                N_("The time that you wished for can no longer be kept, so you have no place.")
            )
            yield finding(
                N_("Your municipality must confirm a new wish. You keep the time you have waited.")
            )
        case "not_yet_ready":
            yield finding(
                N_(
                    "You can begin only after the time that is planned now, which ends on {day}. "
                    "You keep the time you have waited."
                ),
                day=add_months(round.run_date, round.policy.horizon_months),
            )
            yield finding(_NEXT_ROUND, day=round.next_round_date)
        case "on_hold":
            yield finding(N_("You are on hold, and are not considered in this round."))
            yield finding(N_("Your municipality can say when you are to be considered again."))
        case _:
            yield finding(
                N_(
                    "Unfortunately you have not been given a place in this round. You keep the "
                    "time you have waited."
                )
            )
            yield finding(_NEXT_ROUND, day=round.next_round_date)


def remaining_finding(round: Round, who: str) -> Iterator[Finding]:
    """What is left of the service of somebody who waits, where nothing more is planned for them;
    nothing if no months are left.
    """
    candidate = round.candidate[who]
    if candidate.status is CandidateStatus.WAITING and candidate.remaining_months:
        yield _NOT_PLANNED.filled(
            n=candidate.remaining_months, number=in_words(candidate.remaining_months)
        )


def promised_finding() -> Finding:
    """Why somebody after the candidate in the municipality's order has a place."""
    return finding(
        N_(
            "Places that were promised before this round are kept, also where your "
            "municipality has put you before the one who has the place."
        )
    )
