"""What is to be solved, and facts about a candidate's waiting that goals share."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.placement import Placement, Segment
from models.round import Round
from scheduler.listing.options import Choices, list_choices
from scheduler.problem.calendar import add_months, wished_period

QUARTER_DAYS = 91


@dataclass(frozen=True, slots=True)
class Case:
    """The round, every open candidate's choices and, if given, the plan before it."""

    round: Round
    choices: Mapping[str, Choices]
    previous: tuple[Placement, ...] | None = None


def make_case(round: Round, previous: tuple[Placement, ...] | None = None) -> Case:
    """The case of a round: its options listed, with the plan before it if there is one."""
    return Case(round, list_choices(round), previous)


def waits_from(round: Round, candidate_id: str) -> date:
    """The day from which waiting time counts (SPEC section 5)."""
    candidate = round.candidate[candidate_id]
    return max(candidate.registered_on, add_months(candidate.first_wish, -12))


def waiting_quarters(round: Round, candidate_id: str) -> int:
    """Whole 91-day periods waited at the run date, at least 0."""
    return max(0, (round.run_date - waits_from(round, candidate_id)).days // QUARTER_DAYS)


def has_last_chance(round: Round, candidate_id: str) -> bool:
    """Whether this is the last round that can keep the limit for the candidate."""
    if round.waives(candidate_id, "last-chance"):
        return True
    late_from = wished_period(round.candidate[candidate_id]).late_from
    return add_months(late_from, round.policy.max_late_months) < add_months(
        round.next_round_date, round.policy.lead_months
    )


def lot(text: str) -> int:
    """A number from 0 to 65535 that nobody chose: two bytes of SHA-256, big-endian."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:2], "big")


def segment_lot(round: Round, candidate_id: str, segment: Segment) -> int:
    """The lot of a new segment."""
    return lot(
        f"{round.seed}|{candidate_id}|{segment.vacancy_id}"
        f"|{segment.start.isoformat()}|{segment.end.isoformat()}"
    )
