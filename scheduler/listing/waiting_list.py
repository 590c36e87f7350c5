"""The waiting list: everybody without a new placement, in four parts (SPEC section 8)."""

from collections.abc import Iterable, Iterator
from datetime import date

from models.candidate import Candidate, CandidateStatus
from models.placement import Placement
from models.plan import WaitingPart
from models.round import Round
from scheduler.problem.calendar import add_months, wished_period
from scheduler.rules.practice import practice_met


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
    lead = 0 if round.waives(candidate.candidate_id, "lead-time") else round.policy.lead_months
    soonest = add_months(round.run_date, lead)
    if min(_latest(round, candidate), default=date.max) < soonest:
        return WaitingPart.PAST_LIMIT
    horizon = add_months(round.run_date, round.policy.horizon_months)
    if max(soonest, *_earliest(round, candidate)) > horizon:
        return WaitingPart.NOT_YET_READY
    return WaitingPart.UNPLACED


def _latest(round: Round, candidate: Candidate) -> Iterator[date]:
    """The limits on how late the candidate may begin."""
    if not round.waives(candidate.candidate_id, "deviation"):
        late_from = wished_period(candidate).late_from
        yield add_months(late_from, round.policy.max_late_months)
    if candidate.latest_start is not None:
        yield candidate.latest_start


def _earliest(round: Round, candidate: Candidate) -> Iterator[date]:
    """The limits on how early the candidate may begin; the run date as the least of them."""
    yield round.run_date
    who = candidate.candidate_id
    if not round.waives(who, "deviation"):
        yield add_months(candidate.wished_start, -round.policy.max_early_months)
    if candidate.earliest_start is not None:
        yield candidate.earliest_start
    if not round.waives(who, "practice"):
        yield practice_met(candidate, round.policy)
    since = round.municipality[candidate.municipality].registered_from
    if isinstance(since, date) and not round.waives(who, "registered"):
        yield since
