"""What keeping a municipality's order costs: who could be placed if somebody before them took
another place.
"""

from collections.abc import Iterator
from itertools import islice

from models.entry import PlacementEntry
from models.explanation import ConsentEntry
from models.placement import Placement
from scheduler.explanations.standing import Standing
from scheduler.problem.placing import make_placement
from scheduler.rules.catalogue import ORDER
from scheduler.rules.obstacles import by_points
from scheduler.rules.order_line import those_after

# So many other placements of the first are tried, those with the fewest points.
_TRIES = 30


def explain_order(standing: Standing) -> list[ConsentEntry]:
    """For every placed candidate and everyone after them without a place: the exchange that gives
    the second a place, breaks nobody's order but the first's, and costs the first the fewest
    points; if one of those tried does.
    """
    round = standing.case.round
    return [
        ConsentEntry(
            municipality=round.candidate[first].municipality,
            first=first,
            instead=PlacementEntry.from_placement(exchange[0]),
            second=second,
            then=PlacementEntry.from_placement(exchange[1]),
        )
        for first, after in those_after(round).items()
        if first in standing.placed
        for second in sorted(after - standing.placed.keys())
        for exchange in islice(_exchanges(standing, first, second), 1)
    ]


def _exchanges(
    standing: Standing, first: str, second: str
) -> Iterator[tuple[Placement, Placement]]:
    now = standing.placed[first]
    obstacles = standing.obstacles(first)
    others = (
        option
        for option, points in by_points(standing.case, first, obstacles.has_room)
        if points >= now.points and option.segments != now.bare and obstacles.has_room(option)
    )
    for option in islice(others, _TRIES):
        instead = make_placement(standing.case, option)
        then = standing.instead(instead)
        placement = then.could_have(second, standing.case, consents=[first])
        if placement is not None:
            both = then.instead(placement)
            if any(True for _ in ORDER.broken(both.case, both.placements, {first}, both.stays)):
                yield instead, placement
