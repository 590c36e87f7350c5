"""How a plan stands: what somebody could have in it beside what everybody else has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from models.explanation import Change, PositionChange, WindowChange
from models.placement import Placement
from models.round import Round
from scheduler.case import Case
from scheduler.days import stays_of
from scheduler.explain.changes import changed_case, with_changes
from scheduler.obstacles import Obstacles, whole_options
from scheduler.option import Option
from scheduler.placing import make_placement
from scheduler.rules.municipal_order import broken_orders


class Standing:
    """The placements of a plan, and questions about one candidate when the others stay."""

    def __init__(self, case: Case, placements: Sequence[Placement]) -> None:
        self.case = case
        self.placements = tuple(placements)
        self.placed: Mapping[str, Placement] = {p.candidate_id: p for p in placements}
        self._known: dict[tuple[str, tuple[Change, ...]], Case] = {}

    def obstacles(self, who: str, *, round: Round | None = None, but: str = "") -> Obstacles:
        """What stands in the way of the candidate; in another round, or without somebody."""
        others = [p for p in self.placements if p.candidate_id not in (who, but)]
        own = round or self.case.round
        return Obstacles(own, who, stays_of(own, others))

    def has_room(self, who: str, option: Option) -> bool:
        """Whether the candidate could have the option beside everybody else's placements, and
        nobody's order would be broken.
        """
        if self.obstacles(who).of(option) is not None:
            return False
        return self.keeps_order(self.case, [make_placement(self.case, option)])

    def could_have(
        self, who: str, case: Case, *, better_than: int | None = None
    ) -> Placement | None:
        """The placement with the fewest points that has room beside everybody else's and breaks
        nobody's order, in a case of the same people; None if there is none better.
        """
        obstacles = self.obstacles(who, round=case.round)
        for option, points in ranked(case, who, obstacles):
            if better_than is not None and points >= better_than:
                return None
            if obstacles.of(option) is None:
                placement = make_placement(case, option)
                if self.keeps_order(case, [placement]):
                    return placement
        return None

    def keeps_order(
        self, case: Case, instead: Sequence[Placement], consents: Collection[str] = ()
    ) -> bool:
        """Whether nobody's order is broken when these candidates have these placements instead.
        The order of those who consent is not looked at.
        """
        theirs = {p.candidate_id for p in instead}
        then = [p for p in self.placements if p.candidate_id not in theirs]
        among = case.choices.keys() - set(consents)
        return not any(True for _ in broken_orders(case, [*then, *instead], among))

    def changed_for(self, who: str, changes: Sequence[Change]) -> Case:
        """The case with changes; what is alike is listed once."""
        of_options = tuple(c for c in changes if not isinstance(c, PositionChange))
        if not of_options:
            case = self.case
        else:
            own = not all(isinstance(c, WindowChange) for c in of_options)
            key = (who if own else "", of_options)
            if key not in self._known:
                self._known[key] = changed_case(self.case, who, of_options)
            case = self._known[key]
        positions = [c for c in changes if isinstance(c, PositionChange)]
        return replace(case, round=with_changes(case.round, who, positions))


def ranked(case: Case, who: str, obstacles: Obstacles | None) -> list[tuple[Option, int]]:
    """The candidate's whole placements with their points, the fewest points first; of the pairs of
    halves those that obstacles leave room for.
    """
    return sorted(
        whole_options(case, who, obstacles), key=lambda found: (found[1], found[0].segments)
    )
