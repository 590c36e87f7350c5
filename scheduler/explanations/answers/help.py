"""What would place somebody, or place them better, with everybody else where the plan has them.

Each change is tried on the round itself: options are listed anew, and the placement must have
room beside everybody else's and break nobody's order.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations, islice, product

from models.candidate import SplitWish
from models.entry import PlacementEntry
from models.explanation import (
    Change,
    HelpEntry,
    LimitChange,
    OpennessChange,
    PairChange,
    PositionChange,
    RemedyEntry,
    WaiverChange,
    WindowChange,
    WishChange,
)
from models.placement import Placement
from models.round import Round
from scheduler.explanations.answers.barriers import barriers
from scheduler.explanations.standing import Standing
from scheduler.listing.options import first_refusal, reach_of
from scheduler.listing.what_if import size
from scheduler.problem.calendar import DAY, add_months
from scheduler.problem.case import Case
from scheduler.problem.option import Option, possible_first_days, unbroken
from scheduler.problem.windows import Windows
from scheduler.rules.base import Obstacle
from scheduler.rules.catalogue import ACCEPTANCE, CEILING, OPTION_RULES, TOGETHER
from scheduler.rules.limit import LimitRule
from scheduler.rules.obstacles import by_points
from scheduler.rules.occupancy import VACANCY
from scheduler.rules.pairs import Apart, Trouble

# So much longer a window may be, and so many months a wish may move, in what is tried.
_LONGER = 6
_MOVES = tuple(months for n in range(1, 7) for months in (n, -n))
# Wishes are moved by these together with another change.
_MOVES_IN_PAIRS = (3, -3, 6, -6)
# The most that is told of vacancies to enlarge and of windows to lengthen.
_PLACES = 2
# So many of them are tried.
_TRIES = 12
# So many placements are looked at for what a wider limit would make possible, the best first:
# whoever may split everywhere has millions.
_LOOKED_AT = 20_000
_LIMITS = {rule.id: rule for rule in TOGETHER if isinstance(rule, LimitRule)}
# Of windows fewer: everybody's options are listed anew for each.
_FEW = 4


class Helper:
    """Looks for what would help, one candidate at a time."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._round = standing.case.round
        self._known: dict[str, frozenset[frozenset[str]]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """For another process: without what was looked up, which is found again."""
        return _helper_of, (self._standing.case, self._standing.placements)

    def entry(self, who: str) -> HelpEntry:
        """What would help somebody who is not placed, or who has many points."""
        remedies = list(self._singles(who))
        remedies.sort(key=lambda r: (self._size(r.changes), r.placement.points))
        if not remedies:
            remedies = list(self._first_pair(who))
        return HelpEntry(candidate_id=who, examined=True, remedies=remedies)

    def _size(self, changes: Sequence[Change]) -> tuple[tuple[int, int], ...]:
        return tuple(sorted((size(self._round, c) for c in changes), reverse=True))

    def _singles(self, who: str) -> Iterator[RemedyEntry]:
        """The single changes that help: the first of each kind, and a few places."""
        for change in (*self._own(who), *self._waivers(who)):
            yield from self._helping(who, [change], 1)
        # For somebody placed another wish would only measure the same place otherwise.
        for later in (True, False) if who not in self._standing.placed else ():
            moves = [WishChange(months=m) for m in _MOVES if (m > 0) is later]
            yield from self._helping(who, moves, 1)
        yield from self._helping(who, self._windows(who)[:_FEW], _PLACES)
        easings = [one for (one,) in self._easings(who, (), 1, _TRIES)]
        for kind in (LimitChange, PositionChange, PairChange):
            own = [change for change in easings if isinstance(change, kind)]
            yield from self._helping(who, own, _PLACES)

    def _helping(self, who: str, changes: Sequence[Change], most: int) -> Iterator[RemedyEntry]:
        """The first few of the changes that help by themselves."""
        found = (self._try(who, (change,)) for change in changes)
        yield from islice((remedy for remedy in found if remedy is not None), most)

    def _own(self, who: str) -> list[Change]:
        """What the candidate alone could say yes to."""
        candidate = self._round.candidate[who]
        found: list[Change] = []
        if not candidate.open_to_other_departments:
            found.append(OpennessChange(to="departments"))
        if not candidate.open_to_other_sites:
            found.append(OpennessChange(to="sites"))
        may_split = self._round.policy.allow_split and candidate.remaining_months == 6
        if may_split and candidate.split is SplitWish.NO:
            found.append(OpennessChange(to="split"))
        return found

    def _waivers(self, who: str) -> list[Change]:
        """Waivers of rules that are alone in refusing something, and of the ceiling."""
        ceiling = self._round.policy.max_points is not None
        return [
            WaiverChange(rule=rule.id)
            for rule in OPTION_RULES
            if rule.waivable
            and not self._round.waives(who, rule.id)
            and (frozenset((rule.id,)) in self._barriers(who) or (rule is CEILING and ceiling))
        ]

    def _barriers(self, who: str) -> frozenset[frozenset[str]]:
        if who not in self._known:
            self._known = {
                who: barriers(self._round, self._round.candidate[who], self._standing.windows)
            }
        return self._known[who]

    def _easings(
        self, who: str, changes: Sequence[Change], count: int, most: int
    ) -> list[tuple[Change, ...]]:
        """What would ease so many limits or pairs that are all that is in the way of something
        better than now, once there are these changes; the fewest points first, and of each kind
        not more than `most`.
        """
        case = self._standing.changed_for(who, changes)
        obstacles = self._standing.obstacles(who, case.round)
        now = self._standing.placed.get(who)

        def few(option: Option) -> bool:
            return len(obstacles.of(option)) <= count

        found: dict[tuple[Change, ...], None] = {}
        kinds: Counter[tuple[type[Change], ...]] = Counter()
        better = by_points(case, who, few, None if now is None else now.points)
        for option, _ in islice(better, _LOOKED_AT):
            in_the_way = obstacles.of(option)
            if len(in_the_way) != count:
                continue
            easing = tuple(_easing(one) for one in in_the_way)
            kind = tuple(type(change) for change in easing)
            if easing not in found and kinds[kind] < most:
                found[easing] = None
                kinds[kind] += 1
        return list(found)

    def _windows(self, who: str) -> list[Change]:
        """Windows made just long enough, the fewest days more first."""
        candidate = self._round.candidate[who]
        months = candidate.remaining_months
        obstacles = self._standing.obstacles(who)
        best: dict[str, tuple[tuple[int, int], Change]] = {}
        for longer, windows in self._longer:
            for vacancy in reach_of(longer, candidate, windows).vacancies:
                own = self._round.vacancy[vacancy.vacancy_id]
                for day in possible_first_days(longer, who, vacancy, months):
                    option = unbroken(who, vacancy, day, months)
                    (segment,) = option.segments
                    if ACCEPTANCE.refuses(longer, option) is not None:
                        break  # it depends on the vacancy alone
                    if own.start <= day and segment.end <= own.end:
                        continue
                    just = WindowChange(
                        vacancy_id=own.vacancy_id,
                        first=min(own.start, day),
                        last=max(own.end, segment.end),
                    )
                    found = (size(self._round, just), just)
                    if own.vacancy_id in best and best[own.vacancy_id][0] <= found[0]:
                        continue
                    if obstacles.has_room(option) and first_refusal(longer, option) is None:
                        best[own.vacancy_id] = found
        in_order = sorted(best.values(), key=lambda found: found[0])
        return [change for _, change in in_order]

    @cached_property
    def _longer(self) -> list[tuple[Round, Windows]]:
        """The round with every window longer at the end, and at the beginning."""
        round = self._round
        later = [
            v.model_copy(update={"end": add_months(v.end + DAY, _LONGER) - DAY})
            for v in round.vacancies
        ]
        earlier = [
            v.model_copy(
                update={"start": min(v.start, max(round.run_date, add_months(v.start, -_LONGER)))}
            )
            for v in round.vacancies
        ]
        longer = [round.swapped(vacancies=tuple(rows)) for rows in (later, earlier)]
        return [(one, Windows(one.vacancies)) for one in longer]

    def _try(self, who: str, changes: Sequence[Change]) -> RemedyEntry | None:
        """The changes with the placement that they make possible: any, or for somebody placed one
        with fewer points; None if there is none.
        """
        case, now = self._standing.changed_for(who, changes), self._standing.placed.get(who)
        better_than = None if now is None else now.points
        placement = self._standing.could_have(who, case, better_than=better_than)
        if placement is None or self._amounts_to_declined(who, changes, placement):
            return None
        return RemedyEntry(
            changes=list(changes), placement=PlacementEntry.from_placement(placement)
        )

    def _amounts_to_declined(
        self, who: str, changes: Sequence[Change], placement: Placement
    ) -> bool:
        """Whether more room is for the same department and days as a vacancy that was declined."""
        round = self._round
        more = {c.vacancy_id for c in changes if isinstance(c, WindowChange | PositionChange)}
        declined = [d.vacancy_id for d in round.declines_of.get(who, ())]
        return any(
            segment.vacancy_id in more
            and vacancy.department_key == round.vacancy[segment.vacancy_id].department_key
            and vacancy.start <= segment.start
            and segment.end <= vacancy.end
            for segment in placement.bare
            for vacancy in (round.vacancy[d] for d in declined if d in round.vacancy)
        )

    def _first_pair(self, who: str) -> Iterator[RemedyEntry]:
        """The smallest pair that helps, of those tried."""
        tried = sorted(self._pairs(who), key=self._size)
        found = (self._try(who, pair) for pair in tried)
        yield from islice((remedy for remedy in found if remedy is not None), 1)

    def _pairs(self, who: str) -> Iterator[tuple[Change, ...]]:
        """What the candidate alone can say yes to and an earlier or later wish, two by two; two
        rules that together refuse something; two limits
        that together keep them from something; and any of these with one more position, a limit
        raised, or a pair set aside.
        """
        placed = who in self._standing.placed
        moves: list[Change] = [] if placed else [WishChange(months=m) for m in _MOVES_IN_PAIRS]
        own, waivers = self._own(who), self._waivers(who)
        yield from combinations(own, 2)
        yield from product(own, moves)
        waivable = {rule.id for rule in OPTION_RULES if rule.waivable}
        for rules in sorted(self._barriers(who), key=sorted):
            if len(rules) == 2 and rules <= {*waivable, ACCEPTANCE.id}:
                changes = [WaiverChange(rule=rule) for rule in sorted(rules & waivable)]
                if len(changes) == 2:
                    yield changes[0], changes[1]
                else:
                    yield from ((one, changes[0]) for one in own)
        yield from self._easings(who, (), 2, _PLACES)
        for single in (*own, *moves, *waivers):
            for (easing,) in self._easings(who, [single], 1, _PLACES):
                yield single, easing


def _easing(obstacle: Obstacle) -> Change:
    """The change that makes a limit wider by one, or sets a pair aside."""
    where = obstacle.where
    if isinstance(where, Trouble):
        pair = where.pair
        return PairChange(
            candidate_a=pair.candidate_a,
            candidate_b=pair.candidate_b,
            pair=pair.kind.value,
            to="alone" if where.why is Apart.ALONE else "gone",
        )
    rule = _LIMITS[obstacle.rule]
    if rule.place is VACANCY:
        return PositionChange(vacancy_id=where)
    place = (where,) if isinstance(where, str) else tuple(where)
    return LimitChange.model_validate({"column": rule.column, "place": place})


def _helper_of(case: Case, placements: Sequence[Placement]) -> Helper:
    return Helper(Standing(case, placements))


def not_examined(who: str) -> HelpEntry:
    """What is said of somebody whom there was no time for."""
    return HelpEntry(candidate_id=who, examined=False, remedies=[])
