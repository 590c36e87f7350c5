"""What stands in the way of one candidate's options, counted day by day: no rows, no solver."""

from collections.abc import Collection, Iterator, Sequence
from math import inf

from models.grouped import grouped
from models.placement import Segment
from models.round import Round
from models.waiver import PairKind
from scheduler.problem.case import Case, Choice
from scheduler.problem.option import Option, Part, pairs_with
from scheduler.rules.ceiling import Ceiling
from scheduler.rules.occupancy import Stay, Stays

Way = frozenset[str]


class Obstacles:
    """Whether capacity, caps, cover and pairs leave room for an option beside given stays.

    `stays` are everybody's locks and new placements; the candidate's own new placement is not
    looked at, nor are those of the people it is to be `without`.
    """

    def __init__(
        self, round: Round, candidate_id: str, stays: Stays, without: Collection[str] = ()
    ) -> None:
        self._round = round
        self._stays = stays
        self._gone = {candidate_id, *without}
        self._home = round.municipality[round.candidate[candidate_id].municipality]
        neighbours = self._standing(stays.from_home[self._home.municipality])
        self._away = [s for s in neighbours if s.candidate_id != candidate_id]
        self._own_sites = self._sites(self._standing(stays.of[candidate_id]))
        self._pairs = [
            (pair, partner, self._standing(stays.of[partner]))
            for pair in round.pairs
            for mine, partner in (
                (pair.candidate_a, pair.candidate_b),
                (pair.candidate_b, pair.candidate_a),
            )
            if mine == candidate_id
        ]
        self._known: dict[Segment, Way | None] = {}

    def _standing(self, stays: Sequence[Stay]) -> list[Stay]:
        return [s for s in stays if not (s.new and s.candidate_id in self._gone)]

    def of(self, option: Option) -> Way | None:
        """Who stands in the option's way (nobody, where a limit is 0); None if it has room."""
        found = [self._crowd(segment) for segment in option.segments]
        found.append(self._partners(option.segments))
        ways = [way for way in found if way is not None]
        return frozenset().union(*ways) if ways else None

    def _crowd(self, segment: Segment) -> Way | None:
        if segment not in self._known:
            vacancy = self._round.vacancy[segment.vacancy_id]
            key = vacancy.department_key
            limits = (
                (self._stays.in_vacancy[segment.vacancy_id], vacancy.positions),
                (self._stays.in_department[key], self._round.department[key].max_concurrent),
                (self._away, self._home.max_away),
            )
            heads = (False, False, True)
            full = [
                _full(segment, self._standing(stays), limit, heads=h)
                for (stays, limit), h in zip(limits, heads, strict=True)
                if limit is not None
            ]
            ways = [way for way in full if way is not None]
            self._known[segment] = frozenset().union(*ways) if ways else None
        return self._known[segment]

    def _partners(self, segments: Sequence[Segment]) -> Way | None:
        in_the_way: set[str] = set()
        for pair, partner, stays in self._pairs:
            if not stays:
                apart = not pair.alone_ok
            elif pair.kind is PairKind.NOT_TOGETHER:
                apart = any(s.first <= g.end and g.start <= s.last for s in stays for g in segments)
            else:
                here = {self._site(g.vacancy_id) for g in segments}
                apart = len(here | self._own_sites | self._sites(stays)) > 1
            if apart:
                in_the_way.add(partner)
        return frozenset(in_the_way) or None

    def _sites(self, stays: Sequence[Stay]) -> set[tuple[str, str]]:
        known = self._round.vacancy
        return {self._site(s.vacancy_id) for s in stays if s.vacancy_id in known}

    def _site(self, vacancy_id: str) -> tuple[str, str]:
        vacancy = self._round.vacancy[vacancy_id]
        return (vacancy.trust, vacancy.site)


def _full(segment: Segment, stays: Sequence[Stay], limit: int, *, heads: bool) -> Way | None:
    """Who is there on the days of the segment that have no room for one more; None if all have."""
    beside = [s for s in stays if s.first <= segment.end and segment.start <= s.last]
    # More people are only ever there from somebody's first day on.
    days = {segment.start, *(s.first for s in beside if s.first > segment.start)}
    full = False
    people: set[str] = set()
    for day in days:
        there = [s.candidate_id for s in beside if s.first <= day <= s.last]
        if len(set(there) if heads else there) >= limit:
            full = True
            people.update(there)
    return frozenset(people) if full else None


def by_points(
    case: Case, who: str, obstacles: Obstacles | None = None, below: int | None = None
) -> Iterator[tuple[Option, int]]:
    """The candidate's options as whole placements with their points, the fewest points first, and
    of fewer points than `below`: those of one column as they are listed, of the pairs of halves
    those of which each has room (all, without obstacles). They are put together only as far as they
    are asked for.
    """
    own, round = case.choices[who], case.round
    limit = inf if below is None else below

    def half(choices: Sequence[Choice], partners: Sequence[Choice]) -> list[Choice]:
        most = limit - min((c.points for c in partners), default=0)
        few = (c for c in choices if c.points < most)
        return [c for c in few if obstacles is None or obstacles.of(c.option) is None]

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
