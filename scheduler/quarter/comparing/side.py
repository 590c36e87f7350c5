"""One of two plans that are compared: who has what in it, and what is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, Self

from models.entry import GoalNumber
from models.grouped import grouped
from models.placement import Placement
from models.plan import LockEntry, Plan, policy_entry
from models.round import Round
from scheduler.goals.base import Value, as_number
from scheduler.listing.waiting_list import waiting_list


@dataclass(frozen=True, slots=True, order=True)
class Service:
    """Days in a vacancy, promised or newly placed."""

    start: date
    end: date
    vacancy_id: str

    def meets(self, other: "Service") -> bool:
        """Whether both are in one vacancy on some day."""
        same = self.vacancy_id == other.vacancy_id
        return same and self.start <= other.end and other.start <= self.end


class Reached(Protocol):
    """A goal and what it came to."""

    @property
    def goal_id(self) -> str: ...
    @property
    def value(self) -> Value: ...


class Solved(Protocol):
    """What a search found; the search itself is not needed here."""

    @property
    def goals(self) -> Sequence[Reached]: ...
    @property
    def placements(self) -> Sequence[Placement]: ...
    @property
    def optimal(self) -> bool: ...


@dataclass(frozen=True)
class Side:
    """A plan, as comparing needs it; `round` is its input, if that is known.

    `known` are all days of vacancies that the plan tells of, used or not, if it tells of all.
    `parts` are the parts of the waiting list, by candidate; `proved` says whether the plan is
    proved best.
    """

    name: str
    run_date: date
    policy_name: str
    policy: Mapping[str, object]
    goals: Mapping[str, GoalNumber]
    placements: tuple[Placement, ...]
    locks: tuple[LockEntry, ...]
    parts: Mapping[str, str]
    set_aside: tuple[str, ...]
    proved: bool
    round: Round | None = None
    known: frozenset[Service] | None = None

    @classmethod
    def of_plan(cls, plan: Plan, round: Round | None = None) -> Self:
        """A plan that was delivered, and its input if that is known."""
        return cls(
            name=plan.round.name,
            run_date=plan.round.run_date,
            policy_name=plan.round.policy,
            policy=plan.policy,
            goals={g.id: g.value for g in plan.goals},
            placements=plan.answer(),
            locks=tuple(plan.locks),
            parts={u.candidate_id: u.part for u in plan.unplaced},
            set_aside=tuple(plan.set_aside),
            proved=plan.status == "optimal",
            round=round,
            known=frozenset(_known(plan)),
        )

    @classmethod
    def of_solution(cls, round: Round, solution: Solved) -> Self:
        """A plan that was just found for a round."""
        return cls(
            name=round.name,
            run_date=round.run_date,
            policy_name=round.policy_name,
            policy=policy_entry(round),
            goals={g.goal_id: as_number(g.value) for g in solution.goals},
            placements=tuple(solution.placements),
            locks=tuple(LockEntry.from_lock(k) for k in round.locks),
            parts={
                c.candidate_id: part.value for c, part in waiting_list(round, solution.placements)
            },
            set_aside=(),
            proved=solution.optimal,
            round=round,
        )

    @cached_property
    def placed(self) -> Mapping[str, Placement]:
        """The new placements, by candidate."""
        return {p.candidate_id: p for p in self.placements}

    @cached_property
    def locks_of(self) -> Mapping[str, tuple[LockEntry, ...]]:
        """The promises, by candidate."""
        return grouped(self.locks, lambda k: k.candidate_id)

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody the plan tells something of."""
        return frozenset((*self.placed, *self.locks_of, *self.parts, *self.set_aside))

    def service(self, who: str, since: date) -> frozenset[Service]:
        """All that somebody has and that ends on that day or later, promised or new."""
        new = self.placed.get(who)
        found = [Service(s.start, s.end, s.vacancy_id) for s in (new.bare if new else ())]
        found += [Service(k.start, k.end, k.vacancy_id) for k in self.locks_of.get(who, ())]
        return frozenset(s for s in found if s.end >= since)


def _known(plan: Plan) -> Iterator[Service]:
    """The days of vacancies from the run date on, as the plan tells of them."""
    for unused in plan.unused:
        yield Service(unused.first, unused.last, unused.vacancy_id)
    for lock in plan.locks:
        yield Service(lock.start, lock.end, lock.vacancy_id)
    for placement in plan.placements:
        for segment in placement.segments:
            yield Service(segment.start, segment.end, segment.vacancy_id)
