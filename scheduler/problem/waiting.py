"""How long a candidate has waited (SPEC section 5)."""

from datetime import date

from models.round import Round
from scheduler.problem.calendar import add_months

QUARTER_DAYS = 91


def waits_from(round: Round, candidate_id: str) -> date:
    """The day from which waiting time counts (SPEC section 5)."""
    candidate = round.candidate[candidate_id]
    return max(candidate.registered_on, add_months(candidate.first_wish, -12))


def waiting_quarters(round: Round, candidate_id: str) -> int:
    """Whole 91-day periods waited at the run date, at least 0."""
    return max(0, (round.run_date - waits_from(round, candidate_id)).days // QUARTER_DAYS)
