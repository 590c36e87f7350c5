"""Points: the distance of a placement from the wish (SPEC section 6)."""

from collections.abc import Sequence

from models.candidate import Importance, SplitWish
from models.placement import Segment, Shape
from models.policy import Policy
from models.round import Round
from models.wish import Wish
from scheduler.problem.option import Option, Part, department_of, deviations


def period_points(policy: Policy, deviation: int) -> int:
    """Points for a deviation in months, whichever way."""
    months, steps = abs(deviation), policy.points.period
    beyond = max(0, months - (len(steps) - 1))
    return steps[months - beyond] + policy.points.beyond_period * beyond


def place_points(round: Round, counted: Sequence[Wish], segment: Segment) -> int:
    """Points for a place, given the candidate's counted rows in the order of rank."""
    points = round.policy.points
    key = department_of(round, segment)
    for index, row in enumerate(counted):
        if row.matches(*key):
            return points.place[min(index, len(points.place) - 1)]
    for row in counted:
        if row.trust in ("", key.trust) and row.site in ("", key.site):
            return points.other_department
    return points.other_site


def segment_points(
    round: Round, counted: Sequence[Wish], candidate_id: str, segment: Segment, deviation: int
) -> int:
    """Period and place of one segment, weighed as the candidate asked."""
    factors = round.policy.points.factors
    match round.candidate[candidate_id].most_important:
        case Importance.PERIOD:
            weight = factors.period
        case Importance.PLACE:
            weight = factors.place
        case None:
            weight = factors.none
    return (
        period_points(round.policy, deviation) * weight[0]
        + place_points(round, counted, segment) * weight[1]
    )


def option_points(round: Round, counted: Sequence[Wish], option: Option) -> int:
    """Points of a whole placement, or a half's share of them (the first half bears the shape)."""
    single = [
        segment_points(round, counted, option.candidate_id, segment, deviation)
        for segment, deviation in zip(option.segments, deviations(round, option), strict=True)
        if deviation is not None
    ]
    prefers_split = round.candidate[option.candidate_id].split is SplitWish.PREFER
    shape = round.policy.points
    if option.shape is Shape.SPLIT:
        extra = 0 if prefers_split or option.part is Part.SECOND else shape.split_accepted
        return sum(single) // 2 + extra  # points are even, so halves are whole
    if option.shape in (Shape.SIX, Shape.JOINED) and prefers_split:
        return single[0] + shape.six_when_split_preferred
    return single[0]


def wish_rank(round: Round, candidate_id: str, segment: Segment) -> int | None:
    """The rank, as in the file, of the best ranked row that matches; None if there is none."""
    key = department_of(round, segment)
    for row in round.ranked.get(candidate_id, ()):
        if row.matches(*key):
            return int(row.rank)
    return None
