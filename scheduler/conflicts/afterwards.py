"""Who would be placed where a promise gives way, everybody else having what the plan gives them."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from models.placement import Placement
from scheduler.goals.base import comparable
from scheduler.goals.catalogue import goals_of
from scheduler.listing.soundness import keeps_rules, possible
from scheduler.problem.case import Case
from scheduler.problem.placing import make_placement
from scheduler.rules.catalogue import TOGETHER
from scheduler.rules.obstacles import Obstacles, by_points
from scheduler.rules.occupancy import Stays

# So many placements of each candidate are tried, those with the fewest points.
_TRIES = 5


def first_there(
    case: Case, then: Case, placements: Sequence[Placement], vacancies: Collection[str]
) -> Placement | None:
    """Of those without a place, the one whom the goals would place first in one of the vacancies
    once the case is as it would be `then`, and who could not be placed so before; None if there is
    nobody among those tried.
    """
    found = [
        placement
        for who in sorted(then.choices.keys() - {p.candidate_id for p in placements})
        for placement in islice(_possible(case, then, who, placements, vacancies), 1)
    ]

    def worth(placement: Placement) -> tuple[tuple[float, ...], ...]:
        plan = [*placements, placement]
        return tuple(
            tuple((-1 if goal.maximise else 1) * n for n in comparable(goal.value(then, plan)))
            for goal in goals_of(then)
        )

    return min(found, key=worth, default=None)


def _possible(
    case: Case,
    then: Case,
    who: str,
    placements: Sequence[Placement],
    vacancies: Collection[str],
) -> Iterator[Placement]:
    obstacles = Obstacles(TOGETHER, then.round, who, Stays(then.round, placements))
    there = (
        option
        for option, _ in by_points(then, who, obstacles.has_room)
        if any(s.vacancy_id in vacancies for s in option.segments) and obstacles.has_room(option)
    )
    for option in islice(there, _TRIES):
        placement = make_placement(then, option)
        plan = [*placements, placement]
        before = who in case.choices and possible(case, [placement]) and keeps_rules(case, plan)
        if not before and keeps_rules(then, plan):
            yield placement
