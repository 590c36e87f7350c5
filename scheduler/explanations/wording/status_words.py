"""What somebody has already, and whether they can get anything new, as sentences."""

from collections.abc import Iterator
from functools import partial

from models.candidate import CandidateStatus
from models.finding import N_, Finding, Header, SheetName, finding
from models.lock import Lock
from models.round import Round


def status_findings(round: Round, who: str) -> Iterator[Finding]:
    """The promises that somebody has, and why they get nothing new; nothing, if there are none and
    they can.
    """
    for lock in round.locks_of.get(who, ()):
        yield _promise(round, lock)
    status = round.candidate[who].status
    if status is not CandidateStatus.WAITING:
        yield finding(
            N_("{candidate} gets nothing new: the status is {status}."),
            candidate=who,
            status=status,
        )
    elif not round.is_open(who):
        yield finding(
            N_(
                "{candidate} gets nothing new, as there is a place already; the rest of the "
                "service is only planned where the column {column} says so and months remain."
            ),
            candidate=who,
            column=Header("plan_rest"),
        )


def _promise(round: Round, lock: Lock) -> Finding:
    told = partial(
        finding,
        candidate=lock.candidate_id,
        vacancy=lock.vacancy_id,
        first=lock.start,
        last=lock.end,
        status=lock.status,
    )
    vacancy = round.vacancy.get(lock.vacancy_id)
    if vacancy is None:
        return told(
            N_(
                "{candidate} has a place in {vacancy}, which is no longer in the sheet {sheet}, "
                "from {first} to {last} ({status})."
            ),
            sheet=SheetName("vacancies"),
        )
    return told(
        N_(
            "{candidate} has a place in {vacancy} ({site}, {department}) from {first} to {last} "
            "({status})."
        ),
        site=vacancy.site,
        department=vacancy.department,
    )
