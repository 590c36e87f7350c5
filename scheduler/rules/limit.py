"""What a rule about how many there may be in one place is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from models.conflict import Conflict
from models.finding import Finding
from models.grouped import grouped
from models.placement import Placement, Segment
from models.round import Round
from scheduler.problem.calendar import DAY
from scheduler.problem.case import Case
from scheduler.program.program import Column, Load, Program
from scheduler.rules.base import MoreRoom, Obstacle, Rule
from scheduler.rules.occupancy import Beside, Overfull, Place, Stay, Stays, overfull


class LimitRule(Rule):
    """On no day more in one place than a limit says; new placements and locks count alike.

    A rule says where service counts (`place`), in which `column` of the place's row the limit
    stands, which days of service count (`counted`), how too many are told (`sentence`) and what
    would be room for them (`room`). Rows, violations, conflicts, who stands in the way and what
    widens the limit follow.
    """

    judges_locks = True
    # Whether people are counted, not services: of one person only one counts on a day.
    heads: ClassVar[bool] = False
    place: ClassVar[Place]
    # The column of the place's row where the limit stands.
    column: ClassVar[str]

    def limit(self, round: Round, where: Any) -> int | None:
        """How many there may be in a place; None if any number."""
        found: int | None = getattr(self.place.row(round, where), self.column)
        return found

    def counted(self, round: Round, stay: Stay, others: Sequence[Stay]) -> Stay | None:
        """The days of some service that count, as service; None if none do. `others` are the
        other services of the same candidate.
        """
        return stay

    def sentence(self, where: Any, limit: int, there: Overfull) -> Finding:
        """What is said of days on which too many are in a place."""
        raise NotImplementedError

    def room(self, where: Any, there: Overfull) -> Finding:
        """What is said of a limit that is just wide enough for all who are there."""
        raise NotImplementedError

    def _widened(self, round: Round, where: Any, there: Overfull) -> MoreRoom:
        """The round with such a limit."""
        row = self.place.row(round, where)
        wider = row.model_copy(update={self.column: self.count(there)})
        return MoreRoom(self.room(where, there), round.with_row(row.sheet, row, wider))

    def count(self, there: Overfull) -> int:
        """How many of those that the rule counts."""
        return len(there.candidate_ids if self.heads else there.stays)

    def constrain(self, program: Program) -> None:
        round = program.round
        loads: defaultdict[Any, list[Load]] = defaultdict(list)
        for who, own in program.candidates.items():
            for column in own.all:
                for where, stay in self._new(round, who, column.segments):
                    loads[where].append(Load(stay.first, stay.last, column))
        locked = self._locked(round)
        for where in sorted(loads):
            limit = self.limit(round, where)
            assert limit is not None  # `_new` is about limited places
            program.limit_load(f"{self.id} {where}", loads[where], locked[where], limit)

    def _new(
        self, round: Round, who: str, segments: Sequence[Segment]
    ) -> Iterator[tuple[Any, Stay]]:
        """What counts of somebody's new segments beside their locks, in places with a limit."""
        for segment in segments:
            where = self.place.where(round, who, segment.vacancy_id)
            if self.limit(round, where) is None:
                continue
            others = [Stay.of_lock(k) for k in round.locks_of.get(who, ())]
            others += [Stay.of_segment(who, s) for s in segments if s is not segment]
            counted = self.counted(round, Stay.of_segment(who, segment), others)
            if counted is not None:
                yield where, counted

    def _locked(self, round: Round) -> defaultdict[Any, list[tuple[date, date]]]:
        """The days on which locks count in each place; of one person each day once, if people
        are counted.
        """
        found: defaultdict[Any, list[tuple[date, date]]] = defaultdict(list)
        for where, _, stays in self._limited(round, Stays(round, ())):
            if not self.heads:
                found[where] = [(stay.first, stay.last) for stay in stays]
                continue
            for own in grouped(stays, lambda stay: stay.candidate_id).values():
                last = date.min
                for stay in own:
                    if stay.last > last:
                        found[where].append((max(stay.first, last + DAY), stay.last))
                        last = stay.last
        return found

    def _limited(self, round: Round, stays: Stays) -> Iterator[tuple[Any, int, list[Stay]]]:
        """The places that have a limit, in order, with that and the service that counts."""
        for where, here in sorted(stays.at(self.place).items()):
            limit = self.limit(round, where)
            if limit is not None:
                counted = (self.counted(round, s, stays.by_candidate[s.candidate_id]) for s in here)
                yield where, limit, [stay for stay in counted if stay is not None]

    def too_many(self, round: Round, stays: Stays) -> Iterator[tuple[Any, int, Overfull]]:
        """The days on which there are too many, with the place and its limit."""
        for where, limit, here in self._limited(round, stays):
            for there in overfull(here, limit, heads=self.heads):
                yield where, limit, there

    def violations(self, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
        for where, limit, there in self.too_many(case.round, Stays(case.round, placements)):
            if there.new:
                yield self.sentence(where, limit, there)

    def conflicts(self, round: Round) -> Iterator[Conflict]:
        for where, limit, there in self.too_many(round, Stays(round, ())):
            yield there.conflict(self.sentence(where, limit, there))

    def more_room(self, round: Round, conflict: Conflict) -> Iterator[MoreRoom]:
        for where, limit, there in self.too_many(round, Stays(round, ())):
            if there.conflict(self.sentence(where, limit, there)) == conflict:
                yield self._widened(round, where, there)

    def makes_way(self, round: Round, held: Column, claim: Column) -> bool:
        """Whether a claim to what somebody has counts on no day on which theirs does not."""

        def new(column: Column) -> list[tuple[Any, Stay]]:
            assert column.option is not None
            return list(self._new(round, column.option.candidate_id, column.segments))

        given = new(held)
        return all(
            any(w == where and g.first <= own.first and own.last <= g.last for w, g in given)
            for where, own in new(claim)
        )

    def crowd(self, beside: Beside, segment: Segment, others: Sequence[Segment]) -> Obstacle | None:
        """The limit that is reached on some days of a segment, with who is there then; None if all
        have room for one more. `others` are the other segments of the same placement.
        """
        round, who = beside.round, beside.candidate_id
        where = self.place.where(round, who, segment.vacancy_id)
        limit = self.limit(round, where)
        if limit is None:
            return None
        own = [
            *beside.standing(beside.stays.by_candidate[who]),
            *(Stay.of_segment(who, s) for s in others),
        ]
        stay = self.counted(round, Stay.of_segment(who, segment), own)
        if stay is None:
            return None
        there = [
            counted
            for s in beside.standing(beside.stays.at(self.place)[where])
            if not (self.heads and s.candidate_id == who)
            and (counted := self.counted(round, s, beside.stays.by_candidate[s.candidate_id]))
            is not None
        ]
        people = _full(stay, there, limit, heads=self.heads)
        return None if people is None else Obstacle(self.id, where, people)


def _full(stay: Stay, stays: Sequence[Stay], limit: int, *, heads: bool) -> frozenset[str] | None:
    """Who is there on the days that have no room for one more; None if all have."""
    beside = [s for s in stays if s.first <= stay.last and stay.first <= s.last]
    # More people are only ever there from somebody's first day on.
    days = {stay.first, *(s.first for s in beside if s.first > stay.first)}
    full = False
    people: set[str] = set()
    for day in days:
        there = [s.candidate_id for s in beside if s.first <= day <= s.last]
        if len(set(there) if heads else there) >= limit:
            full = True
            people.update(there)
    return frozenset(people) if full else None
