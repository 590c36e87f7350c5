"""What became of a municipality's order: why those who go before have not the places of those
after, and who could be placed if somebody before them took another place.
"""

from collections.abc import Iterator
from itertools import islice

from models.entry import FindingEntry, PlacementEntry
from models.explanation import ConsentEntry, TurnEntry
from models.placement import Placement
from scheduler.explain.refusals import Refusals
from scheduler.explain.standing import Standing, ranked
from scheduler.obstacles import Obstacles
from scheduler.placing import make_placement
from scheduler.priority import those_after

# So many other placements of the first are tried, those with the fewest points.
_TRIES = 30


def explain_order(standing: Standing) -> list[ConsentEntry]:
    """For every placed candidate and everyone after them without a place: the exchange that gives
    the second a place and costs the first the fewest points, if one of those tried does.
    """
    round = standing.case.round
    return [
        ConsentEntry(
            municipality=round.candidate[first].municipality,
            first=first,
            instead=PlacementEntry.of(exchange[0]),
            second=second,
            then=PlacementEntry.of(exchange[1]),
        )
        for first, after in those_after(round).items()
        if first in standing.placed
        for second in sorted(after - standing.placed.keys())
        for exchange in islice(_exchanges(standing, first, second), 1)
    ]


def explain_turns(standing: Standing) -> Iterator[TurnEntry]:
    """For everyone who goes before somebody placed, and is not served as wished: why they have not
    that place, unless they have something at least as good.
    """
    round, case = standing.case.round, standing.case
    refusals = Refusals(round, case.choices)
    for first, after in those_after(round).items():
        now = standing.placed.get(first)
        if now is not None and (now.points == 0 or round.policy.municipal_order != "strict"):
            continue
        options = ranked(case, first, None)
        left = Obstacles(round, first, standing.stays, after)
        for second in sorted(after & standing.placed.keys()):
            place = standing.placed[second].bare[0]
            there = [
                (option, points)
                for option, points in options
                if any(s.vacancy_id == place.vacancy_id for s in option.segments)
            ]
            if there and now is not None and now.points <= there[0][1]:
                continue
            way = left.of(there[0][0]) if there else None
            vacancy = round.vacancy[place.vacancy_id]
            why = None if there else refusals.of(round.candidate[first], vacancy)
            yield TurnEntry(
                municipality=round.candidate[first].municipality,
                first=first,
                second=second,
                vacancy_id=place.vacancy_id,
                start=place.start,
                outcome="rule" if not there else "not_examined" if way is None else "taken",
                finding=None if why is None else FindingEntry.of(why),
                holders=sorted(way or ()),
            )


def _exchanges(
    standing: Standing, first: str, second: str
) -> Iterator[tuple[Placement, Placement]]:
    now = standing.placed[first]
    obstacles = standing.obstacles(first)
    others = [
        option
        for option, points in ranked(standing.case, first, obstacles)
        if points >= now.points and option.segments != now.bare and obstacles.of(option) is None
    ]
    for option in others[:_TRIES]:
        instead = make_placement(standing.case, option)
        beside = [p for p in standing.placements if p.candidate_id != first]
        then = Standing(standing.case, [*beside, instead], kept=False)
        placement = then.could_have(second, standing.case, consents=[first])
        if placement is not None:
            yield instead, placement
