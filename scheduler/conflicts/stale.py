"""Promises to somebody who has stopped."""

from collections.abc import Iterator

from models.candidate import CandidateStatus
from models.conflict import Conflict
from models.finding import N_, finding
from models.round import Round
from scheduler.rules.base import Rule


class Stale(Rule):
    """A place is promised to somebody who has withdrawn, is done, serves in the municipality or is
    on hold; it is kept for them all the same.
    """

    id = "stale"
    name = N_("promises to somebody who has stopped")
    judges_locks = True

    def conflicts(self, round: Round) -> Iterator[Conflict]:
        for lock in round.locks:
            status = round.candidate[lock.candidate_id].status
            if status is CandidateStatus.WAITING or lock.end <= round.run_date:
                continue
            told = finding(
                N_(
                    "{candidate} has the status {status}, but still has the place in {vacancy} "
                    "from {first} to {last}; nobody else can have it."
                ),
                rule=self.id,
                candidate=lock.candidate_id,
                status=status,
                vacancy=lock.vacancy_id,
                first=lock.start,
                last=lock.end,
            )
            people, vacancies = (lock.candidate_id,), (lock.vacancy_id,)
            yield Conflict(told, people, vacancies, lock.start, lock.end)
