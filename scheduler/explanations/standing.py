"""How a plan stands: what somebody could have in it beside what everybody else has."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import chain

from models.explanation import Change
from models.placement import Placement
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.explanations.refusals import Refusals
from scheduler.listing.what_if import OF_ROOM, changed_case, whose, with_changes
from scheduler.problem.case import Case, Choices
from scheduler.problem.option import Option, department_of, departments_of
from scheduler.problem.placing import make_placement
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import ORDER, TOGETHER
from scheduler.rules.municipal_order import BrokenOrder
from scheduler.rules.obstacles import Obstacles, by_points
from scheduler.rules.occupancy import Stays
from scheduler.rules.order_line import those_after

# So many changed cases are kept.
_KEPT = 100
# So many placements that have room are tried for whether they break somebody's order, the best
# first: whoever may go anywhere has millions, and may break one in every one of them.
_TRIED = 400


class Standing:
    """The placements of a plan, and questions about one candidate when the others stay.

    The plan breaks nobody's order, or is a change of one that does not: `since` is what people have
    in that one. The case has everybody's choices.
    """

    def __init__(
        self,
        case: Case,
        placements: Sequence[Placement],
        *,
        since: Mapping[str, Placement] | None = None,
        stays: Stays | None = None,
    ) -> None:
        self.case = case
        self.placements = tuple(placements)
        self.placed: Mapping[str, Placement] = {p.candidate_id: p for p in placements}
        self._since = self.placed if since is None else since
        self.stays = stays or Stays(case.round, placements)
        self._compared: tuple[Mapping[str, Choices], frozenset[str]] = (case.choices, frozenset())

    def instead(self, placement: Placement) -> "Standing":
        """With this placement of its candidate; it may break somebody's order."""
        others = [p for p in self.placements if p.candidate_id != placement.candidate_id]
        stays = self.stays.instead(self.case.round, placement)
        return Standing(self.case, [*others, placement], since=self._since, stays=stays)

    def taken_over(self, placement: Placement, second: str) -> "Standing":
        """With this placement of its candidate, and the second without any; it may break somebody's
        order.
        """
        gone = {placement.candidate_id, second}
        others = [p for p in self.placements if p.candidate_id not in gone]
        return Standing(self.case, [*others, placement], since=self._since)

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
        return Obstacles(TOGETHER, round or self.case.round, who, self.stays)

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
        return self.best_for(who, case, better_than=better_than, consents=consents)[0]

    def best_for(
        self,
        who: str,
        case: Case,
        *,
        better_than: int | None = None,
        consents: Collection[str] = (),
    ) -> tuple[Placement | None, bool]:
        """The same, and whether that is certain: None is not where some were not tried."""
        obstacles = self.obstacles(who, case.round)
        left = _TRIED
        for option, _ in by_points(case, who, obstacles.has_room, better_than):
            if left == 0:
                return None, False
            if obstacles.has_room(option):
                left -= 1
                placement = make_placement(case, option)
                if self.broken(case, placement, consents) is None:
                    return placement, True
        return None, True

    def broken(
        self, case: Case, instead: Placement, consents: Collection[str] = ()
    ) -> BrokenOrder | None:
        """Whose order is broken when one candidate has this placement instead; nobody's if None.
        The order of those who consent is not looked at; the candidate's own is, before others'.
        """
        then = self.instead(instead)
        own = {instead.candidate_id} - set(consents)
        others = self._concerned(case, instead) - {instead.candidate_id, *consents}
        orders = (ORDER.broken(case, then.placements, one, then.stays) for one in (own, others))
        return next(chain.from_iterable(orders), None)

    def _concerned(self, case: Case, instead: Placement) -> set[str]:
        """Those whose order could be broken when one candidate has something else, where none was
        before: they are of the municipality of somebody who has something else, or in a pair with
        them, or are not placed and have options in a department where something changes, or have
        other choices than in the plan's own case.
        """
        who, round = instead.candidate_id, self.case.round
        windows = zip(round.vacancies, case.round.vacancies, strict=True)
        departments = {new.department_key for old, new in windows if new is not old}
        limits = zip(round.departments, case.round.departments, strict=True)
        departments |= {new.key for old, new in limits if new is not old}
        then = {**self.placed, who: instead}
        moved = {w for w in {*then, *self._since} if then.get(w) != self._since.get(w)} | {who}
        pairs = {*round.pairs} ^ {*case.round.pairs}
        paired = {w for pair in pairs for w in (pair.candidate_a, pair.candidate_b)}
        homes = {round.candidate[w].municipality for w in moved | paired}
        towns = zip(round.municipalities, case.round.municipalities, strict=True)
        homes |= {new.municipality for old, new in towns if new is not old}
        for placement in (known.get(w) for w in moved for known in (then, self._since)):
            if placement is not None:
                departments.update(department_of(round, s) for s in placement.bare)
        people = {w for w in case.choices if round.candidate[w].municipality in homes}
        people |= self._relisted(case)
        for key in departments:
            people |= self._in_department[key] - self.placed.keys()
        for pair in (*round.pairs, *case.round.pairs):
            if moved & {pair.candidate_a, pair.candidate_b}:
                people.update((pair.candidate_a, pair.candidate_b))
        return people

    def _relisted(self, case: Case) -> frozenset[str]:
        """Those whose order others' choices than in the plan's own case are about: their own, or
        those of somebody after them.
        """
        if self._compared[0] is not case.choices:
            own = self.case.choices
            people = frozenset(
                first
                for first, after in those_after(case.round).items()
                if any(case.choices[who] != own[who] for who in (first, *after))
            )
            self._compared = (case.choices, people)
        return self._compared[1]

    @cached_property
    def _in_department(self) -> Mapping[DepartmentKey, set[str]]:
        """Who has options in each department."""
        found: defaultdict[DepartmentKey, set[str]] = defaultdict(set)
        for who, own in self.case.choices.items():
            for key in departments_of(self.case.round, own.options):
                found[key].add(who)
        return found

    def changed_for(self, who: str, changes: Sequence[Change]) -> Case:
        """The case with changes; what is alike is listed once."""
        of_options = tuple(c for c in changes if not isinstance(c, OF_ROOM))
        case = self._changed(whose(who, of_options), of_options) if of_options else self.case
        room = [c for c in changes if isinstance(c, OF_ROOM)]
        return replace(case, round=with_changes(case.round, who, room))


def in_vacancy(
    options: Iterable[tuple[Option, int]], vacancy_id: str, start: date | None = None
) -> list[tuple[Option, int]]:
    """Those of the options with a segment in the vacancy, from that day on if one is named."""
    return [
        (option, points)
        for option, points in options
        if any(s.vacancy_id == vacancy_id and start in (None, s.start) for s in option.segments)
    ]
