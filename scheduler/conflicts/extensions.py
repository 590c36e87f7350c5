"""The promises that a conflict is about, and which of them were extended into it."""

from collections.abc import Iterator, Mapping

from models.conflict import Conflict
from models.finding import N_, Finding, SheetName, finding
from models.lock import Lock
from models.round import Round

# What ground an extension needs, by what the policy says.
_GROUNDS: Mapping[str, str] = {
    "goals": N_(
        "The place of {candidate} in {vacancy} was extended from {first} to {last}. The policy "
        "allows that where learning goals are not reached; the reason stands in the sheet {sheet}."
    ),
    "weighty": N_(
        "The place of {candidate} in {vacancy} was extended from {first} to {last}. The policy "
        "allows that for long illness or other weighty reasons; the reason stands in the sheet "
        "{sheet}."
    ),
}


def locks_of(round: Round, conflict: Conflict) -> list[Lock]:
    """The locks that the conflict is about."""
    return [
        k
        for who in conflict.candidate_ids
        for k in round.locks_of[who]
        if k.vacancy_id in conflict.vacancy_ids
        and k.start <= conflict.last
        and conflict.first <= k.end
    ]


def extensions(round: Round, conflict: Conflict) -> Iterator[Finding]:
    """What ground the policy asks for, of each service that was extended into the conflict."""
    for lock in locks_of(round, conflict):
        if lock.extended_from is not None and lock.extended_from < conflict.last:
            yield finding(
                _GROUNDS[round.policy.extension],
                candidate=lock.candidate_id,
                vacancy=lock.vacancy_id,
                first=lock.extended_from,
                last=lock.end,
                sheet=SheetName(Lock.sheet),
            )
