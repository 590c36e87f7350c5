"""What a candidate might get: whole placements, halves of three plus three, and locks.

Halves are options of their own, because pairs of halves are too many to list; the rules look
at each half alone, and rows of the programme tie two halves together.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from models.candidate import Candidate, SplitWish
from models.lock import Lock
from models.placement import Segment, Shape
from models.round import Round
from models.vacancy import DepartmentKey, Vacancy
from models.wish import Wish
from scheduler.problem.calendar import DAY, add_months, first_days, last_day, wished_period


class Part(Enum):
    """How much of a placement an option is."""

    WHOLE = "whole"
    FIRST = "first"
    SECOND = "second"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate's possible service: its segments in the order of time.

    `shape` is None for the candidate's locks, which have any length.
    """

    candidate_id: str
    shape: Shape | None
    part: Part
    segments: tuple[Segment, ...]

    @property
    def first_day(self) -> date | None:
        """First day of the placement; None for a second half, which has none of its own."""
        return None if self.part is Part.SECOND else self.segments[0].start

    def vacancies(self, round: Round) -> tuple[Vacancy, ...]:
        """The vacancies of the segments; a vanished one (only of a lock) is left out."""
        return tuple(
            round.vacancy[s.vacancy_id] for s in self.segments if s.vacancy_id in round.vacancy
        )


# The shapes of unbroken service in one vacancy, by months; any other length is `other`.
_UNBROKEN: Mapping[int, Shape] = {6: Shape.SIX, 3: Shape.REST}


def segment_of(vacancy: Vacancy, day: date, months: int) -> Segment:
    """So many months in the vacancy from a first day on."""
    return Segment(day, last_day(day, months), vacancy.vacancy_id, months)


def unbroken(
    candidate_id: str, vacancy: Vacancy, day: date, months: int, part: Part = Part.WHOLE
) -> Option:
    """So many months in one vacancy from a first day on, as a whole placement or as a half."""
    whole = part is Part.WHOLE
    shape = _UNBROKEN.get(months, Shape.OTHER) if whole else Shape.SPLIT
    return Option(candidate_id, shape, part, (segment_of(vacancy, day, months),))


def may_split(round: Round, candidate: Candidate) -> bool:
    """Whether three plus three months are open to the candidate."""
    willing = candidate.split is not SplitWish.NO
    return candidate.remaining_months == 6 and round.policy.allow_split and willing


def shortest_service(round: Round) -> int:
    """The fewest months that anybody who is open can serve in one vacancy."""
    months = (
        3 if may_split(round, c) else c.remaining_months
        for c in round.open_candidates
        if c.remaining_months
    )
    return min(months, default=6)


def deviations(round: Round, option: Option) -> tuple[int | None, ...]:
    """Months of deviation per segment, early negative; None where it is not judged.

    Not judged: the second of a joined placement, and locks after the first.
    """
    wished = wished_period(round.candidate[option.candidate_id])
    days = [s.start for s in option.segments]
    if option.part is Part.SECOND:
        return (wished.moved(3).deviation(days[0]),)
    first = wished.deviation(days[0])
    if option.shape is Shape.SPLIT and len(days) == 2:
        return (first, wished.moved(3).deviation(days[1]))
    return (first, *([None] * (len(days) - 1)))


def possible_first_days(
    round: Round, candidate_id: str, vacancy: Vacancy, months: int, *, second_half: bool = False
) -> list[date]:
    """The possible first days of the candidate in the vacancy for that many months, in order."""
    wished = round.candidate[candidate_id].wished_start
    extra = [add_months(wished, 3) if second_half else wished]
    extra.extend(lock.end + DAY for lock in round.locks_in.get(vacancy.vacancy_id, ()))
    return first_days(vacancy.start, vacancy.end, months, round.policy.start_days, extra)


def may_pair(round: Round, first: Segment, second: Segment) -> bool:
    """Whether two halves make three plus three: in order, within the gap, not one service."""
    return pairs_with(round, first)(second)


def pairs_with(round: Round, first: Segment) -> Callable[[Segment], bool]:
    """Whether a second half makes three plus three with this first half."""
    end, latest, place = first.end, latest_second(round, first), department_of(round, first)
    follow = end + DAY

    def fits(second: Segment) -> bool:
        if not end < second.start <= latest:
            return False
        return second.start != follow or department_of(round, second) != place

    return fits


def latest_second(round: Round, first: Segment) -> date:
    """The last day on which the second half may begin."""
    return add_months(first.end + DAY, round.policy.max_gap_months)


def department_of(round: Round, segment: Segment) -> DepartmentKey:
    """The department of a new segment."""
    return round.vacancy[segment.vacancy_id].department_key


def site_of(round: Round, vacancy_id: str) -> tuple[str, str]:
    """The site of a vacancy that has not vanished."""
    vacancy = round.vacancy[vacancy_id]
    return (vacancy.trust, vacancy.site)


def departments_of(round: Round, options: Iterable[Option]) -> set[DepartmentKey]:
    """The departments of all new segments of the options."""
    return {department_of(round, segment) for option in options for segment in option.segments}


def meets(round: Round, wish: Wish, segment: Segment) -> bool:
    """Whether the wish matches a new segment's department."""
    return wish.matches(*department_of(round, segment))


def locked_options(round: Round, candidate_id: str, *, together: bool) -> list[Option]:
    """The candidate's locks in the order of time, as one service or each by itself."""
    locks = round.locks_of[candidate_id]
    groups = [locks] if together else [(lock,) for lock in locks]
    return [locked_option(candidate_id, group) for group in groups]


def locked_option(candidate_id: str, locks: Iterable[Lock]) -> Option:
    """These locks, in the order of time, as one service."""
    segments = tuple(Segment(k.start, k.end, k.vacancy_id, 0) for k in locks)
    return Option(candidate_id, None, Part.LOCKED, segments)
