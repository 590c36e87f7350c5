"""Counting people day by day, for the plain telling of rules: no rows, no solver."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from models.base import Noun
from models.conflict import Conflict
from models.finding import Finding
from models.lock import Lock
from models.placement import Placement, Segment
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.problem.calendar import DAY


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """Somebody's service from first to last day; `new` if it is not a lock."""

    first: date
    last: date
    candidate_id: str
    vacancy_id: str
    new: bool

    @classmethod
    def of_lock(cls, lock: Lock) -> "Stay":
        """The service that is promised or running."""
        return cls(lock.start, lock.end, lock.candidate_id, lock.vacancy_id, new=False)

    @classmethod
    def of_segment(cls, candidate_id: str, segment: Segment) -> "Stay":
        """New service of a candidate."""
        return cls(segment.start, segment.end, candidate_id, segment.vacancy_id, new=True)


@dataclass(frozen=True, slots=True, eq=False)  # known by identity: looked up a great deal
class Place:
    """A kind of place where service counts: of a round, a candidate and a vacancy, which place of
    the kind (None if the vacancy has vanished and it counts nowhere); and the row of that.
    """

    where: Callable[[Round, str, str], Any]
    row: Callable[[Round, Any], Noun]


def _vacancy(round: Round, candidate_id: str, vacancy_id: str) -> str | None:
    return vacancy_id if vacancy_id in round.vacancy else None


def _department(round: Round, candidate_id: str, vacancy_id: str) -> DepartmentKey | None:
    vacancy = round.vacancy.get(vacancy_id)
    return None if vacancy is None else vacancy.department_key


VACANCY = Place(_vacancy, lambda round, number: round.vacancy[number])
DEPARTMENT = Place(_department, lambda round, key: round.department[key])
# The candidate's municipality, which is without them wherever they are.
HOME = Place(
    lambda round, who, _: round.candidate[who].municipality,
    lambda round, number: round.municipality[number],
)
CANDIDATE = Place(lambda round, who, _: who, lambda round, who: round.candidate[who])


@dataclass(frozen=True, slots=True)
class Overfull:
    """Days on which more people are there than allowed."""

    first: date
    last: date
    stays: tuple[Stay, ...]

    @property
    def candidate_ids(self) -> tuple[str, ...]:
        """Who is there, by id."""
        return tuple(sorted({s.candidate_id for s in self.stays}))

    @property
    def new(self) -> bool:
        """Whether a new placement has a part in it."""
        return any(s.new for s in self.stays)

    def conflict(self, finding: Finding) -> Conflict:
        """The same as a conflict between locks."""
        vacancies = tuple(sorted({s.vacancy_id for s in self.stays}))
        return Conflict(finding, self.candidate_ids, vacancies, self.first, self.last)


def stays_of(round: Round, placements: Iterable[Placement]) -> list[Stay]:
    """All service, in order: the locks and the new segments."""
    stays = [Stay.of_lock(k) for k in round.locks]
    stays += [Stay.of_segment(p.candidate_id, s) for p in placements for s in p.bare]
    return sorted(stays)


class Stays:
    """All service, the locks and the new segments, to be looked up by place and by candidate."""

    def __init__(self, round: Round, placements: Iterable[Placement]) -> None:
        self._round = round
        self._stays = stays_of(round, placements)
        self._at: dict[Place, defaultdict[Any, list[Stay]]] = {}

    def at(self, place: Place) -> defaultdict[Any, list[Stay]]:
        """The service at each place, in order."""
        if place not in self._at:
            found: defaultdict[Any, list[Stay]] = defaultdict(list)
            for stay in self._stays:
                where = place.where(self._round, stay.candidate_id, stay.vacancy_id)
                if where is not None:
                    found[where].append(stay)
            self._at[place] = found
        return self._at[place]

    @property
    def by_candidate(self) -> defaultdict[str, list[Stay]]:
        """The service of each candidate, in order."""
        return self.at(CANDIDATE)

    def instead(self, round: Round, placement: Placement) -> "Stays":
        """With this new placement of its candidate and no other; `round` has the same people and
        places.
        """
        who, other = placement.candidate_id, copy(self)
        gone = [s for s in self.by_candidate.get(who, ()) if s.new]
        new = [Stay.of_segment(who, segment) for segment in placement.bare]
        other._stays = sorted([*(s for s in self._stays if s not in gone), *new])
        other._round = round
        other._at = {}
        for place, known in self._at.items():
            moved = known.copy()
            for stay in gone:
                where = place.where(round, who, stay.vacancy_id)
                moved[where] = [s for s in moved[where] if s != stay]
            for stay in new:
                where = place.where(round, who, stay.vacancy_id)
                moved[where] = sorted([*moved[where], stay])
            other._at[place] = moved
        return other


@dataclass(frozen=True, slots=True)
class Beside:
    """What one candidate's new service is to stand beside: everybody's locks and new placements,
    but for their own new one and those of the people who are `gone`.
    """

    round: Round
    candidate_id: str
    stays: Stays
    gone: frozenset[str]

    def standing(self, stays: Iterable[Stay]) -> list[Stay]:
        """Those of some stays that stand."""
        return [s for s in stays if not (s.new and s.candidate_id in self.gone)]


def overfull(stays: Sequence[Stay], limit: int, *, heads: bool = False) -> Iterator[Overfull]:
    """The stretches of days with more than `limit` stays (people, if `heads`), in order.

    A stretch is as long as the same stays are there.
    """
    edges = sorted({s.first for s in stays} | {s.last + DAY for s in stays})
    for day, following in pairwise(edges):
        there = tuple(s for s in stays if s.first <= day <= s.last)
        count = len({s.candidate_id for s in there}) if heads else len(there)
        if count > limit:
            yield Overfull(day, following - DAY, there)


def together(one: Sequence[Stay], two: Sequence[Stay]) -> Iterator[tuple[Stay, Stay]]:
    """The stays of one that share a day with stays of the other."""
    for a in one:
        for b in two:
            if a.first <= b.last and b.first <= a.last:
                yield a, b
