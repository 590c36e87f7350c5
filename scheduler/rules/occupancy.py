"""Counting people day by day, for the plain telling of rules: no rows, no solver."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from models.conflict import Conflict
from models.finding import Finding
from models.placement import Placement
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
    """All service: the locks and the new segments."""
    stays = [Stay(k.start, k.end, k.candidate_id, k.vacancy_id, new=False) for k in round.locks]
    for placement in placements:
        for segment in placement.bare:
            who = placement.candidate_id
            stays.append(Stay(segment.start, segment.end, who, segment.vacancy_id, new=True))
    return sorted(stays)


class Stays:
    """All service, the locks and the new segments, to be looked up by place and by home."""

    def __init__(self, round: Round, placements: Iterable[Placement]) -> None:
        self.in_vacancy: defaultdict[str, list[Stay]] = defaultdict(list)
        self.in_department: defaultdict[DepartmentKey, list[Stay]] = defaultdict(list)
        self.from_home: defaultdict[str, list[Stay]] = defaultdict(list)
        self.of: defaultdict[str, list[Stay]] = defaultdict(list)
        for stay in stays_of(round, placements):
            for known, key in self._lists(round, stay):
                known[key].append(stay)

    def _lists(self, round: Round, stay: Stay) -> Iterator[tuple[dict[Any, list[Stay]], object]]:
        """Where a stay is to be found."""
        yield self.in_vacancy, stay.vacancy_id
        if stay.vacancy_id in round.vacancy:
            yield self.in_department, round.vacancy[stay.vacancy_id].department_key
        yield self.from_home, round.candidate[stay.candidate_id].municipality
        yield self.of, stay.candidate_id

    def instead(self, round: Round, placement: Placement) -> "Stays":
        """With this new placement of its candidate and no other; `round` has the same people and
        places.
        """
        who, other = placement.candidate_id, copy(self)
        other.in_vacancy, other.in_department = self.in_vacancy.copy(), self.in_department.copy()
        other.from_home, other.of = self.from_home.copy(), self.of.copy()
        for stay in [s for s in self.of.get(who, ()) if s.new]:
            for known, key in other._lists(round, stay):
                known[key] = [s for s in known[key] if s != stay]
        for segment in placement.bare:
            stay = Stay(segment.start, segment.end, who, segment.vacancy_id, new=True)
            for known, key in other._lists(round, stay):
                known[key] = sorted([*known[key], stay])
        return other


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
