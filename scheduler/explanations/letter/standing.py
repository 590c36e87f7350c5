"""What somebody has already, and where they stand without anything new."""

from collections.abc import Iterator, Mapping

from models.candidate import CandidateStatus
from models.finding import N_, Finding, finding
from models.lock import Lock, LockStatus
from models.plan import Plan
from models.round import Round
from scheduler.explanations.letter.offers import lock_place
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
_VANISHED = N_(
    "You have a place from {first} to {last}, but its vacancy is no longer listed; you will hear "
    "from the coordinator."
)
_STANDS = N_("The place stands as it is.")
_HOLDS = N_("The offer still holds.")
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

_NEXT_ROUND = N_("You are considered again in the next round, on {day}.")


def in_conflict(plan: Plan, lock: Lock) -> bool:
    """Whether a promise is part of a conflict."""
    return any(
        lock.candidate_id in one.candidate_ids and lock.vacancy_id in one.vacancy_ids
        for one in plan.conflicts
    )


def lock_findings(round: Round, plan: Plan, lock: Lock) -> Iterator[Finding]:
    """A promise, and whether it stands."""
    vacancy = round.vacancy.get(lock.vacancy_id)
    if vacancy is None:
        yield finding(_VANISHED, first=lock.start, last=lock.end)
        return
    yield lock_place(lock, vacancy, _LOCKS[lock.status])
    if in_conflict(plan, lock):
        yield finding(_TO_DECIDE)
    else:
        yield finding(_HOLDS if lock.status is LockStatus.OFFERED else _STANDS)


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


def promised_finding() -> Finding:
    """Why somebody after the candidate in the municipality's order has a place."""
    return finding(
        N_(
            "Places that were promised before this round are kept, also where your "
            "municipality has put you before the one who has the place."
        )
    )
