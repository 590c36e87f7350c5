"""From a whole option to the placement that people are told of."""

from models.placement import PlacedSegment, Placement
from scheduler.problem.case import Case
from scheduler.problem.option import Option, deviations
from scheduler.problem.points import option_points, wish_rank


def make_placement(case: Case, option: Option) -> Placement:
    """The placement that a whole option is, with points, deviations and wish ranks."""
    round, who = case.round, option.candidate_id
    assert option.shape is not None
    return Placement(
        who,
        option.shape,
        option_points(round, case.choices[who].counted, option),
        tuple(
            PlacedSegment(segment, months, wish_rank(round, who, segment))
            for segment, months in zip(option.segments, deviations(round, option), strict=True)
        ),
    )
