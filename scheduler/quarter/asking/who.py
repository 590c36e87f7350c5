"""Who could take a vacancy that came, with everybody else where the plan has them.

Each proposal is tried against the rules on the round itself. They are told in the order that the
policy's goals give to the plans they would make: first those of people without a place, then those
that would improve a place. Whoever would pass over somebody in their municipality comes after those
who would not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from math import inf

from models.finding import N_, Finding, finding
from models.placement import Placement
from models.vacancy import Vacancy
from scheduler.explanations.answers.obstacles import best_of
from scheduler.explanations.standing import Standing
from scheduler.explanations.wording.obstacle_words import obstacle_findings
from scheduler.goals.base import Goal, Value
from scheduler.goals.catalogue import goals_of
from scheduler.problem.case import Case
from scheduler.problem.option import Option, Part
from scheduler.problem.placing import make_placement
from scheduler.rules.catalogue import ORDER, TOGETHER
from scheduler.rules.obstacles import by_points
from scheduler.rules.order_line import those_after

# So many placements are looked at for each person, the best first: whoever may split everywhere has
# millions.
_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Freed:
    """What somebody without a place could have in what a move would leave."""

    candidate_id: str
    placement: Placement


@dataclass(frozen=True, slots=True)
class Ahead:
    """Somebody who goes before in the municipality's order, and why they do not come first here."""

    candidate_id: str
    why: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody could have, and has `now` (None: nothing); the vacancies that they would leave
    for others, and who would best come there; whom they would pass over in their municipality.
    """

    candidate_id: str
    placement: Placement
    now: Placement | None
    left: tuple[str, ...]
    freed: Freed | None
    passes_over: tuple[str, ...]
    ahead: tuple[Ahead, ...] = ()


@dataclass(frozen=True, slots=True)
class Unable:
    """Somebody without a place who cannot take the vacancy, and why."""

    candidate_id: str
    why: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class WhoCould:
    """Everybody who could take the vacancy, in order; those without a place who cannot; and those
    who could, but have a place that is at least as good.
    """

    vacancy: Vacancy
    proposals: tuple[Proposal, ...]
    unable: tuple[Unable, ...] = ()
    content: tuple[str, ...] = ()

    @property
    def without_place(self) -> tuple[Proposal, ...]:
        """Those who have no place."""
        return tuple(p for p in self.proposals if p.now is None)

    @property
    def improved(self) -> tuple[Proposal, ...]:
        """Those who would come nearer to their wishes."""
        return tuple(p for p in self.proposals if p.now is not None)


def who_could(case: Case, placements: Sequence[Placement], vacancy_id: str) -> WhoCould:
    """Who could take a vacancy of the round, beside these placements.

    Their points are counted anew: a wish that nothing could meet before may count now.
    """
    measured = [_measured_anew(case, placement) for placement in placements]
    return _Asking(case, measured, case.round.vacancy[vacancy_id]).answer()


def _measured_anew(case: Case, placement: Placement) -> Placement:
    who = placement.candidate_id
    if who not in case.choices:
        return placement
    return make_placement(case, Option(who, placement.shape, Part.WHOLE, placement.bare))


class _Asking:
    def __init__(self, case: Case, placements: Sequence[Placement], vacancy: Vacancy) -> None:
        self._case = case
        self._standing = Standing(case, placements)
        self._vacancy = vacancy
        self._goals = goals_of(case)
        self._broken = frozenset(self._violations(placements))

    def answer(self) -> WhoCould:
        """All proposals in order, with those who go before each."""
        found = [p for who in self._case.choices if (p := self._proposal(who)) is not None]
        found.sort(key=self._place)
        places = {p.candidate_id: n for n, p in enumerate(found, 1)}
        told = [
            replace(p, ahead=tuple(self._ahead(p.candidate_id, n, places)))
            for n, p in enumerate(found, 1)
        ]
        others = [who for who in self._case.choices if who not in places]
        return WhoCould(
            self._vacancy,
            tuple(told),
            tuple(
                Unable(who, tuple(self._why_not(who, places)))
                for who in others
                if who not in self._standing.placed
            ),
            tuple(who for who in others if self._is_content(who) and not self._has_it(who)),
        )

    def _place(self, proposal: Proposal) -> tuple[object, ...]:
        placements = [proposal.placement]
        if proposal.freed is not None:
            placements.append(proposal.freed.placement)
        return (
            proposal.now is not None,
            bool(proposal.passes_over),
            self._worth(self._standing, placements),
            proposal.candidate_id,
        )

    def _worth(self, standing: Standing, placements: Sequence[Placement]) -> tuple[object, ...]:
        """How good the plan is with these placements as well, the least the best."""
        new = {p.candidate_id: p for p in placements}
        plan = list({**standing.placed, **new}.values())
        return tuple(_measured(goal, goal.value(self._case, plan)) for goal in self._goals)

    def _proposal(self, who: str) -> Proposal | None:
        now = self._standing.placed.get(who)
        placement = self._best(self._standing, who, (self._vacancy.vacancy_id,), now)
        if placement is None:
            return None
        then = self._standing.instead(placement)
        kept = {s.vacancy_id for s in placement.bare}
        left = tuple(s.vacancy_id for s in now.bare if s.vacancy_id not in kept) if now else ()
        freed = self._freed(then, left) if left else None
        over = tuple(self._passed_over(then, who))
        return Proposal(who, placement, now, left, freed, over)

    def _best(
        self, standing: Standing, who: str, vacancies: Sequence[str], now: Placement | None
    ) -> Placement | None:
        """The best placement with a segment in one of the vacancies that the rules about several
        allow, better than what somebody has; of those with as few points, the best by the goals.
        """
        obstacles = standing.obstacles(who)
        below = None if now is None else now.points
        best: list[Placement] = []
        for option, points in islice(
            by_points(self._case, who, obstacles.has_room, below), _LOOKED_AT
        ):
            if best and points > best[0].points:
                break
            there = any(s.vacancy_id in vacancies for s in option.segments)
            if there and obstacles.has_room(option):
                placement = make_placement(self._case, option)
                if self._allowed(standing, placement):
                    best.append(placement)
        return min(best, key=lambda p: (self._worth(standing, [p]), p.bare), default=None)

    def _allowed(self, standing: Standing, placement: Placement) -> bool:
        """Whether no rule about several is broken that the plan itself keeps."""
        then = standing.instead(placement)
        return self._broken.issuperset(self._violations(then.placements))

    def _violations(self, placements: Sequence[Placement]) -> Iterator[Finding]:
        return (f for rule in TOGETHER for f in rule.violations(self._case, placements))

    def _freed(self, then: Standing, left: Sequence[str]) -> Freed | None:
        """The best of those without a place who could come where somebody leaves."""
        found = []
        for who in self._case.choices:
            if who not in then.placed:
                placement = self._best(then, who, left, None)
                if placement is not None and not any(
                    self._passed_over(then.instead(placement), who)
                ):
                    found.append(Freed(who, placement))
        return min(
            found, key=lambda f: (self._worth(then, [f.placement]), f.candidate_id), default=None
        )

    def _passed_over(self, then: Standing, who: str) -> Iterator[str]:
        """Those whose order what somebody would have breaks."""
        before = [one for one, after in self._after.items() if who in after]
        for broken in ORDER.broken(self._case, then.placements, before, then.stays):
            if broken.second == who:
                yield broken.first

    @cached_property
    def _after(self) -> Mapping[str, frozenset[str]]:
        return those_after(self._case.round)

    def _ahead(self, who: str, place: int, places: Mapping[str, int]) -> Iterator[Ahead]:
        """Those who go before somebody and do not stand before them in the list, in order."""
        priority = self._case.round.priority_of
        before = [one for one, after in self._after.items() if who in after]
        for one in sorted(before, key=lambda w: priority[w]):
            if places.get(one, place) >= place:
                yield Ahead(one, tuple(self._why_not(one, places)))

    def _why_not(self, who: str, places: Mapping[str, int]) -> Iterator[Finding]:
        """Why somebody does not stand before those after them."""
        there = list(self._in_vacancy(who))
        if who in places:
            yield finding(
                N_("{candidate} goes before, and is number {n} here."), candidate=who, n=places[who]
            )
        elif not there:
            round = self._case.round
            yield self._standing.refusals.why_no_option(round.candidate[who], self._vacancy)
        elif self._is_content(who):
            yield finding(
                N_("{candidate} goes before, but has a place that is at least as good."),
                candidate=who,
            )
        else:
            best = best_of(self._standing, self._case, there, self._standing.obstacles(who))
            for obstacle in best.obstacles:
                yield from obstacle_findings(obstacle)

    def _is_content(self, who: str) -> bool:
        """Whether somebody could serve in the vacancy, and has a place that is at least as good."""
        now, there = self._standing.placed.get(who), list(self._in_vacancy(who))
        return now is not None and bool(there) and all(p >= now.points for _, p in there)

    def _has_it(self, who: str) -> bool:
        number = self._vacancy.vacancy_id
        return any(s.vacancy_id == number for s in self._standing.placed[who].bare)

    def _in_vacancy(self, who: str) -> Iterator[tuple[Option, int]]:
        number = self._vacancy.vacancy_id
        return (
            (option, points)
            for option, points in islice(by_points(self._case, who), _LOOKED_AT)
            if any(s.vacancy_id == number for s in option.segments)
        )


def _measured(goal: Goal, value: Value) -> object:
    """A value of a goal as a number or a list of which less is better."""
    sign = -1 if goal.maximise else 1
    if isinstance(value, int):
        return sign * value
    return tuple(inf if v is None else sign * v for v in value)
