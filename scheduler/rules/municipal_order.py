"""Rule municipal-order."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from models.finding import N_, Finding, finding
from models.placement import Placement, Segment, Shape
from scheduler.problem.case import Case
from scheduler.problem.option import Option
from scheduler.problem.priority import ranked_after
from scheduler.program.program import Program
from scheduler.rules.base import Rule
from scheduler.rules.obstacles import Obstacles, by_points
from scheduler.rules.occupancy import Stays
from scheduler.rules.order_cuts import OrderCuts
from scheduler.rules.order_line import RULE, those_after
from scheduler.rules.order_rows import write_order

Clause = Literal["first in line", "the better of two", "takeover"]


class MunicipalOrder(Rule):
    """Nobody is left without a place that somebody after them in the municipality's order could
    have left to them; and of two whole places that both could have had, the one who goes first
    has the one they would rather have, unless they would have to begin before their wished start.
    """

    id = RULE
    name = N_("the municipality's order of priority")
    waivable = True

    def __init__(self, others: Sequence[Rule]) -> None:
        self._others = others

    def constrain(self, program: Program) -> None:
        if program.round.policy.municipal_order != "off":
            cuts = OrderCuts(program)  # looks at the rows of all other rules
            write_order(program, self.id, self._others)
            program.separators.append(cuts.separated)

    def violations(self, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
        for broken in self.broken(case, placements):
            yield self._told(broken)

    def broken(
        self,
        case: Case,
        placements: Sequence[Placement],
        among: Collection[str] | None = None,
        stays: Stays | None = None,
    ) -> Iterator["BrokenOrder"]:
        """Every pair whose order the plan breaks (SPEC 4c), each with the claim of fewest points;
        or only those whose first is `among` some people. `stays` are the placements', if known.
        """
        if case.round.policy.municipal_order != "off":
            telling = _Telling(self._others, case, placements, stays)
            for first, after in those_after(case.round).items():
                if among is None or first in among:
                    yield from telling.broken_towards(first, after)

    def gave_way(self, case: Case, placements: Sequence[Placement]) -> list[tuple[str, str]]:
        """Those who let somebody ranked after them have what they would rather have had themselves
        (SPEC 4c, *Gave way*), with who that is.
        """
        telling = _Telling(self._others, case, placements, None)
        return [
            (first, second)
            for first, after in ranked_after(case.round).items()
            for second in sorted(after)
            if telling.would_rather(first, second)
        ]

    def _told(self, broken: "BrokenOrder") -> Finding:
        place = broken.place.bare[0]
        if broken.now is None:
            claim = broken.claim.segments[0]
            return finding(
                N_(
                    "{first} goes before {second} and is not placed, but could have had {vacancy} "
                    "from {day} if {second} had not been placed in {place} from {since}."
                ),
                rule=self.id,
                first=broken.first,
                second=broken.second,
                vacancy=claim.vacancy_id,
                day=claim.start,
                place=place.vacancy_id,
                since=place.start,
            )
        now = broken.now.bare[0]
        return finding(
            N_(
                "{first} goes before {second} and has {own} from {day}, but would rather have had "
                "{place} from {since}, which {second} has."
            )
            if broken.clause == "takeover"
            else N_(
                "{first} goes before {second} and has {own} from {day}, but would rather have had "
                "{place} from {since}, which {second} has; {second} could have had {own} from "
                "{day}."
            ),
            rule=self.id,
            first=broken.first,
            second=broken.second,
            own=now.vacancy_id,
            day=now.start,
            place=place.vacancy_id,
            since=place.start,
        )


@dataclass(frozen=True, slots=True)
class BrokenOrder:
    """An order that a plan breaks: `first` goes before `second`, who is in `place`.

    `claim` is what `first` could have had, with these points; `now` is what they have, None for
    somebody unplaced.
    """

    first: str
    second: str
    clause: Clause
    claim: Option
    points: int
    now: Placement | None
    place: Placement


class _Telling:
    """The rule told from finished placements, without rows."""

    def __init__(
        self,
        others: Sequence[Rule],
        case: Case,
        placements: Sequence[Placement],
        stays: Stays | None,
    ) -> None:
        self._others = others
        self._case = case
        self._placed: Mapping[str, Placement] = {p.candidate_id: p for p in placements}
        self._known_stays = stays
        self._placements = placements
        self._claims: dict[str, dict[tuple[Segment, ...], tuple[Option, int]]] = {}
        self._paired = {w for p in case.round.pairs for w in (p.candidate_a, p.candidate_b)}

    @cached_property
    def _stays(self) -> Stays:
        return self._known_stays or Stays(self._case.round, self._placements)

    def broken_towards(self, first: str, after: Collection[str]) -> Iterator[BrokenOrder]:
        """What the plan breaks towards one who goes before others."""
        now = self._placed.get(first)
        for second in sorted(after & self._placed.keys()):
            place = self._placed[second]
            if now is None:
                found = self._left_to(first, second)
                clause: Clause = "first in line"
            else:
                found, clause = self._better(first, second)
            if found is not None:
                yield BrokenOrder(first, second, clause, *found, now, place)

    def _left_to(self, first: str, second: str) -> tuple[Option, int] | None:
        """A claim of somebody unplaced that has room when the second gives up what they have, and
        breaks no pair then.
        """
        if self._needed(second):
            return None
        obstacles = Obstacles(self._others, self._case.round, first, self._stays, {second})
        return next(
            (
                (option, points)
                for option, points in by_points(self._case, first, obstacles.has_room)
                if self._is_claim(first, option) and obstacles.has_room(option)
            ),
            None,
        )

    def _needed(self, second: str) -> bool:
        """Whether somebody placed may not be without the second, who has no lock."""
        round = self._case.round
        return second not in round.locks_of and any(
            not pair.alone_ok and partner in self._placed
            for pair in round.pairs
            for mine, partner in (
                (pair.candidate_a, pair.candidate_b),
                (pair.candidate_b, pair.candidate_a),
            )
            if mine == second
        )

    def _better(self, first: str, second: str) -> tuple[tuple[Option, int] | None, Clause]:
        """A claim to the very place of the second, better than what the first has, where both have
        whole places and are in no pair.
        """
        now, place = self._placed[first], self._placed[second]
        whole = now.shape is not Shape.SPLIT and place.shape is not Shape.SPLIT
        strict = self._case.round.policy.municipal_order == "strict"
        if not whole or {first, second} & self._paired:
            return None, "takeover"
        could = any(c.option.segments == now.bare for c in self._case.choices[second].whole)
        if could or strict:
            clause: Clause = "the better of two" if could else "takeover"
            return self.would_rather(first, second), clause
        return None, "takeover"

    def would_rather(self, first: str, second: str) -> tuple[Option, int] | None:
        """A claim of the first, placed, to the very whole place of the second with fewer points
        than what the first has.
        """
        if first not in self._placed or second not in self._placed:
            return None
        place = self._placed[second]
        claim = None if place.shape is Shape.SPLIT else self._claims_of(first).get(place.bare)
        return claim if claim is not None and claim[1] < self._placed[first].points else None

    def _claims_of(self, first: str) -> Mapping[tuple[Segment, ...], tuple[Option, int]]:
        """The whole claims by their segments, with their points."""
        if first not in self._claims:
            self._claims[first] = {
                c.option.segments: (c.option, c.points)
                for c in self._case.choices[first].whole
                if self._is_claim(first, c.option)
            }
        return self._claims[first]

    def _is_claim(self, first: str, option: Option) -> bool:
        """Whether an option begins no sooner than the candidate wished."""
        wished = self._case.round.candidate[first].wished_start
        return option.segments[0].start >= wished
