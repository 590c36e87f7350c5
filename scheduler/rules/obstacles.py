"""What stands in the way of one candidate's options, counted day by day: no rows, no solver."""

from collections.abc import Callable, Collection, Iterator, Sequence
from math import inf
from typing import Any

from models.grouped import grouped
from models.placement import Segment, Shape
from models.round import Round
from scheduler.problem.case import Case, Choice
from scheduler.problem.option import Option, Part, pairs_with
from scheduler.rules.base import Obstacle, Rule
from scheduler.rules.ceiling import Ceiling
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import Beside, Stays


class Obstacles:
    """Whether rules about several leave room for an option of one candidate beside given stays.

    `stays` are everybody's locks and new placements; the candidate's own new placement is not
    looked at, nor are those of the people it is to be `without`.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        round: Round,
        candidate_id: str,
        stays: Stays,
        without: Collection[str] = (),
    ) -> None:
        self._beside = Beside(round, candidate_id, stays, frozenset({candidate_id, *without}))
        self._limits = [rule for rule in rules if isinstance(rule, LimitRule)]
        asked = (rule.in_the_way(self._beside) for rule in rules)
        self._others = [in_the_way for in_the_way in asked if in_the_way is not None]
        self._known: dict[tuple[Segment, ...], tuple[Obstacle, ...]] = {}

    def has_room(self, option: Option) -> bool:
        """Whether nothing is in the option's way."""
        return not any(True for _ in self._found(option.segments, option.shape))

    def of(self, option: Option) -> tuple[Obstacle, ...]:
        """Everything that is in the option's way, each limit once."""
        people: dict[tuple[str, Any], frozenset[str]] = {}
        for one in self._found(option.segments, option.shape):
            key = (one.rule, one.where)
            people[key] = people.get(key, frozenset()) | one.people
        return tuple(Obstacle(rule, where, own) for (rule, where), own in people.items())

    def _found(self, segments: tuple[Segment, ...], shape: Shape | None) -> Iterator[Obstacle]:
        alone = len(segments) == 1 or shape is Shape.JOINED
        for own in (segments,) if alone else tuple((segment,) for segment in segments):
            yield from self._crowd(own)
        for in_the_way in self._others:
            yield from in_the_way(segments)

    def _crowd(self, segments: tuple[Segment, ...]) -> tuple[Obstacle, ...]:
        """The limits that are reached where segments of unbroken service are."""
        if segments not in self._known:
            found = (
                rule.crowd(self._beside, segment, [s for s in segments if s is not segment])
                for segment in segments
                for rule in self._limits
            )
            self._known[segments] = tuple(one for one in found if one is not None)
        return self._known[segments]


def by_points(
    case: Case, who: str, room: Callable[[Option], bool] | None = None, below: int | None = None
) -> Iterator[tuple[Option, int]]:
    """The candidate's options as whole placements with their points, the fewest points first, and
    of fewer points than `below`: those of one column as they are listed, of the pairs of halves
    those of which each has `room` (all, where that is not asked). They are put together only as far
    as they are asked for.
    """
    own, round = case.choices[who], case.round
    limit = inf if below is None else below

    def half(choices: Sequence[Choice], partners: Sequence[Choice]) -> list[Choice]:
        most = limit - min((c.points for c in partners), default=0)
        few = (c for c in choices if c.points < most)
        return [c for c in few if room is None or room(c.option)]

    firsts, seconds = half(own.firsts, own.seconds), half(own.seconds, own.firsts)
    starts = [(one, pairs_with(round, one.option.segments[0])) for one in firsts]
    whole, second = (grouped(part, lambda c: c.points) for part in (own.whole, seconds))
    first = grouped(starts, lambda start: start[0].points)
    for points in sorted({*whole, *(a + b for a in first for b in second)}):
        if points >= limit:
            break
        found = [c.option for c in whole.get(points, ())]
        if _CEILING.refuses_points(round, who, points) is None:
            found += [
                Option(who, one.option.shape, Part.WHOLE, one.option.segments + two.option.segments)
                for own_points, ones in first.items()
                for two in second.get(points - own_points, ())
                for one, fits in ones
                if fits(two.option.segments[0])
            ]
        for option in sorted(found, key=lambda o: o.segments):
            yield option, points


_CEILING = Ceiling()
