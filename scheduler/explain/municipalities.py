"""What became of a municipality's order: why those who go before have not the places of those
after, and who could be placed if somebody before them took another place.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from models.entry import FindingEntry, PlacementEntry
from models.explanation import ConsentEntry, Turn, TurnEntry
from models.finding import Finding
from models.placement import Placement
from models.round import Round
from models.vacancy import Vacancy
from scheduler.explain.refusals import Refusals
from scheduler.explain.standing import Standing, in_vacancy
from scheduler.obstacles import Obstacles, by_points
from scheduler.option import unbroken
from scheduler.options import first_refusal
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
    that place.
    """
    round, case = standing.case.round, standing.case
    for first, after in those_after(round).items():
        now = standing.placed.get(first)
        if now is not None and (now.points == 0 or round.policy.municipal_order != "strict"):
            continue
        options = list(by_points(case, first))
        left = Obstacles(round, first, standing.stays, after)
        for second in sorted(after & standing.placed.keys()):
            place = standing.placed[second].bare[0]
            there = in_vacancy(options, place.vacancy_id)
            own_better = bool(there) and now is not None and now.points <= there[0][1]
            way = left.of(there[0][0]) if there else None
            vacancy = round.vacancy[place.vacancy_id]
            why = None if there else _refusal(round, standing.refusals, first, vacancy, place.start)
            yield TurnEntry(
                municipality=round.candidate[first].municipality,
                first=first,
                second=second,
                vacancy_id=place.vacancy_id,
                start=place.start,
                outcome=_outcome(possible=bool(there), own_better=own_better, room=way is None),
                finding=None if why is None else FindingEntry.of(why),
                holders=[] if own_better else sorted(way or ()),
            )


def _outcome(*, possible: bool, own_better: bool, room: bool) -> Turn:
    if not possible:
        return "rule"
    if own_better:
        return "own_better"
    return "not_examined" if room else "taken"


def _refusal(round: Round, refusals: Refusals, who: str, vacancy: Vacancy, day: date) -> Finding:
    """Why somebody cannot have a vacancy from the day on that another has it from, or at all."""
    candidate = round.candidate[who]
    same = first_refusal(round, unbroken(who, vacancy, day, candidate.remaining_months))
    if same is None or same.rule == "fit":
        return refusals.of(candidate, vacancy)
    return same


def _exchanges(
    standing: Standing, first: str, second: str
) -> Iterator[tuple[Placement, Placement]]:
    now = standing.placed[first]
    obstacles = standing.obstacles(first)
    others = (
        option
        for option, points in by_points(standing.case, first, obstacles)
        if points >= now.points and option.segments != now.bare and obstacles.of(option) is None
    )
    for option in islice(others, _TRIES):
        instead = make_placement(standing.case, option)
        then = standing.instead(instead)
        placement = then.could_have(second, standing.case, consents=[first])
        if placement is not None:
            yield instead, placement
