"""How a plan stands: what somebody could have in it beside what everybody else has."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import chain

from models.explanation import Change, PositionChange
from models.placement import Placement
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.case import Case
from scheduler.days import Stays
from scheduler.explain.changes import changed_case, whose, with_changes
from scheduler.explain.refusals import Refusals
from scheduler.obstacles import Obstacles, by_points
from scheduler.option import Option, department_of, departments_of
from scheduler.options import Choices
from scheduler.placing import make_placement
from scheduler.priority import those_after
from scheduler.rules.municipal_order import BrokenOrder, broken_orders
from scheduler.windows import Windows

# So many changed cases are kept.
_KEPT = 100
# So many placements that have room are tried for whether they break somebody's order, the best
# first: whoever may go anywhere has millions, and may break one in every one of them.
_TRIED = 400


class Standing:
    """The placements of a plan, and questions about one candidate when the others stay.

    With `kept` the plan breaks nobody's order, and the case has everybody's choices.
    """

    def __init__(
        self,
        case: Case,
        placements: Sequence[Placement],
        *,
        kept: bool = True,
        stays: Stays | None = None,
    ) -> None:
        self.case = case
        self._kept = kept
        self.placements = tuple(placements)
        self.placed: Mapping[str, Placement] = {p.candidate_id: p for p in placements}
        self.stays = stays or Stays(case.round, placements)
        self._compared: tuple[Mapping[str, Choices], frozenset[str]] = (case.choices, frozenset())

    def instead(self, placement: Placement) -> "Standing":
        """With this placement of its candidate; it may break somebody's order."""
        others = [p for p in self.placements if p.candidate_id != placement.candidate_id]
        stays = self.stays.instead(self.case.round, placement)
        return Standing(self.case, [*others, placement], kept=False, stays=stays)

    @cached_property
    def windows(self) -> Windows:
        """Look-ups over the vacancies."""
        return Windows(self.case.round.vacancies)

    @cached_property
    def refusals(self) -> Refusals:
        """Why options do not exist."""
        return Refusals(self.case.round, self.case.choices)

    @cached_property
    def _changed(self) -> Callable[[str, tuple[Change, ...]], Case]:
        return lru_cache(_KEPT)(partial(changed_case, self.case, self.windows))

    def obstacles(self, who: str, round: Round | None = None) -> Obstacles:
        """What stands in the way of the candidate, in the plan's own round or in another."""
        return Obstacles(round or self.case.round, who, self.stays)

    def could_have(
        self,
        who: str,
        case: Case,
        *,
        better_than: int | None = None,
        consents: Collection[str] = (),
    ) -> Placement | None:
        """The placement with the fewest points that has room beside everybody else's and breaks
        nobody's order, in a case of the same people; None if there is none better, or not among the
        first that were tried.
        """
        obstacles = self.obstacles(who, case.round)
        left = _TRIED
        for option, _ in by_points(case, who, obstacles, better_than):
            if left == 0:
                return None
            if obstacles.of(option) is None:
                left -= 1
                placement = make_placement(case, option)
                broken = self.broken(case, placement, consents)
                if broken is None:
                    return placement
                if broken.candidate_id == who:
                    return None  # whatever has more points breaks it too
        return None

    def broken(
        self, case: Case, instead: Placement, consents: Collection[str] = ()
    ) -> BrokenOrder | None:
        """Whose order is broken when one candidate has this placement instead; nobody's if None.
        The order of those who consent is not looked at; the candidate's own is, before others'.
        """
        then = self.instead(instead)
        own = {instead.candidate_id} - set(consents)
        others = self._concerned(case, instead) - {instead.candidate_id, *consents}
        orders = (broken_orders(case, then.placements, one, then.stays) for one in (own, others))
        return next(chain.from_iterable(orders), None)

    def _concerned(self, case: Case, instead: Placement) -> set[str]:
        """Those whose order could be broken when one candidate has something else, where none was
        before: they are of the same municipality, or a pair, or could be better off in a department
        where something changes, or have other choices than in the plan's own case.
        """
        who, round = instead.candidate_id, self.case.round
        changed = [
            (old, new)
            for old, new in zip(round.vacancies, case.round.vacancies, strict=True)
            if new is not old
        ]
        if not self._kept:
            return set(case.choices)
        now = self.placed[who].bare if who in self.placed else ()
        departments = {department_of(round, segment) for segment in (*instead.bare, *now)}
        departments.update(new.department_key for _, new in changed)
        home = round.candidate[who].municipality
        people = {w for w in case.choices if round.candidate[w].municipality == home}
        people |= self._relisted(case)
        for key in departments:
            people.update(w for w, least in self._least[key].items() if self._worse(w, least))
        for pair in round.pairs:
            if who in (pair.candidate_a, pair.candidate_b):
                people.update((pair.candidate_a, pair.candidate_b))
        return people

    def _relisted(self, case: Case) -> frozenset[str]:
        """Those with somebody after them whose choices are others than in the plan's own case."""
        if self._compared[0] is not case.choices:
            own, after = self.case.choices, those_after(case.round)
            people = frozenset(who for who in after if case.choices[who] != own[who])
            self._compared = (case.choices, people)
        return self._compared[1]

    def _worse(self, who: str, points: int) -> bool:
        """Whether something with so many points would be better than what somebody has."""
        return who not in self.placed or points < self.placed[who].points

    @cached_property
    def _least(self) -> Mapping[DepartmentKey, Mapping[str, int]]:
        """Who has options in each department; none of them has fewer points than it says."""
        found: defaultdict[DepartmentKey, dict[str, int]] = defaultdict(dict)
        for who, own in self.case.choices.items():
            halves = (own.firsts, own.seconds)
            first, second = (min((c.points for c in half), default=0) for half in halves)
            for part, beside in ((own.whole, 0), (own.firsts, second), (own.seconds, first)):
                for choice in part:
                    for key in departments_of(self.case.round, [choice.option]):
                        points = choice.points + beside
                        found[key][who] = min(points, found[key].get(who, points))
        return found

    def changed_for(self, who: str, changes: Sequence[Change]) -> Case:
        """The case with changes; what is alike is listed once."""
        of_options = tuple(c for c in changes if not isinstance(c, PositionChange))
        case = self._changed(whose(who, of_options), of_options) if of_options else self.case
        positions = [c for c in changes if isinstance(c, PositionChange)]
        return replace(case, round=with_changes(case.round, who, positions))


def in_vacancy(
    options: Iterable[tuple[Option, int]], vacancy_id: str, start: date | None = None
) -> list[tuple[Option, int]]:
    """Those of the options with a segment in the vacancy, from that day on if one is named."""
    return [
        (option, points)
        for option, points in options
        if any(s.vacancy_id == vacancy_id and start in (None, s.start) for s in option.segments)
    ]
