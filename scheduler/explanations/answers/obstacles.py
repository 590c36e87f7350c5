"""What is in the way of a placement, as plan.json has it."""

from collections.abc import Sequence
from itertools import takewhile

from models.entry import FindingEntry, PlacementEntry
from models.explanation import BestEntry, ObstacleEntry
from models.finding import N_, Finding, finding
from models.placement import Placement
from models.round import Round
from scheduler.explanations.standing import Standing
from scheduler.problem.case import Case
from scheduler.problem.option import Option
from scheduler.problem.placing import make_placement
from scheduler.rules.base import Obstacle
from scheduler.rules.catalogue import TOGETHER
from scheduler.rules.municipal_order import BrokenOrder
from scheduler.rules.obstacles import Obstacles
from scheduler.rules.order_line import RULE

# So many options that are as good as the first are looked at.
_LOOKED_AT = 100
_RULES = {rule.id: rule for rule in TOGETHER}


def best_of(
    standing: Standing, case: Case, choices: Sequence[tuple[Option, int]], obstacles: Obstacles
) -> BestEntry:
    """The entry of the first of the options with the fewest points (which come first), or of one as
    good that less is in the way of, with everything that is; where nothing is, with the order that
    it would break, if it would break any.
    """
    good = takewhile(lambda choice: choice[1] == choices[0][1], choices[:_LOOKED_AT])
    option = min((option for option, _ in good), key=lambda option: len(obstacles.of(option)))
    placement, found = make_placement(case, option), obstacles.of(option)
    broken = None if found else standing.broken(case, placement)
    return best_entry(case.round, placement, found, broken)


def best_entry(
    round: Round, placement: Placement, found: Sequence[Obstacle], broken: BrokenOrder | None
) -> BestEntry:
    """The entry of a placement with these obstacles."""
    told = [_entry(_RULES[one.rule].stated(round, one.where), one.people) for one in found]
    if broken is not None:
        told.append(_entry(passed_over(broken), {broken.first, broken.second}))
    return BestEntry(placement=PlacementEntry.from_placement(placement), obstacles=told)


def _entry(told: Finding, people: frozenset[str] | set[str]) -> ObstacleEntry:
    return ObstacleEntry(finding=FindingEntry.from_finding(told), people=sorted(people))


def passed_over(broken: BrokenOrder) -> Finding:
    """Whose order a placement would break that there is room for."""
    return finding(
        N_("There is room; but then {candidate}, who goes before {behind}, would be passed over."),
        rule=RULE,
        candidate=broken.first,
        behind=broken.second,
    )
