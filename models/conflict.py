"""What existing promises break: kept, reported, for people to resolve."""

from dataclasses import dataclass
from datetime import date

from models.finding import Finding


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that locks break: the days, the people and the vacancies (SPEC section 4d)."""

    finding: Finding
    candidate_ids: tuple[str, ...]
    vacancy_ids: tuple[str, ...]
    first: date
    last: date
