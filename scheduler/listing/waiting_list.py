"""The waiting list: everybody without a new placement, in four parts (SPEC section 8)."""

from collections.abc import Iterable
from datetime import date

from models.candidate import Candidate, CandidateStatus
from models.placement import Placement
from models.plan import WaitingPart
from models.round import Round
from scheduler.rules.catalogue import HORIZON, LEAD_TIME, OPTION_RULES


def waiting_list(
    round: Round, placements: Iterable[Placement]
) -> list[tuple[Candidate, WaitingPart]]:
    """Every open candidate without a new placement and everyone on hold, by id."""
    placed = {p.candidate_id for p in placements}
    return [
        (candidate, waiting_part(round, candidate))
        for candidate in round.candidates
        if candidate.status is CandidateStatus.ON_HOLD
        or (round.is_open(candidate.candidate_id) and candidate.candidate_id not in placed)
    ]


def waiting_part(round: Round, candidate: Candidate) -> WaitingPart:
    """Why the candidate waits: on hold, past limit, not yet ready, or unplaced."""
    if candidate.status is CandidateStatus.ON_HOLD:
        return WaitingPart.ON_HOLD
    who = candidate.candidate_id
    limits = {
        rule: rule.may_begin(round, candidate)
        for rule in OPTION_RULES
        if not round.waives(who, rule.id)
    }
    _, horizon = limits.pop(HORIZON)
    soonest = max(round.run_date, limits.get(LEAD_TIME, (date.min, date.max))[0])
    if min(latest for _, latest in limits.values()) < soonest:
        return WaitingPart.PAST_LIMIT
    if max(soonest, *(earliest for earliest, _ in limits.values())) > horizon:
        return WaitingPart.NOT_YET_READY
    return WaitingPart.UNPLACED
