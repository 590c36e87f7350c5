"""Goal lot."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from scheduler.goals.base import Goal, Stage
from scheduler.problem.case import Case
from scheduler.problem.lot import segment_lot
from scheduler.program.program import Program


class Lot(Goal):
    """Between plans that are equally good, a lot decides that nobody chose and all can check."""

    id = "lot"
    name = N_("the lot")
    worse = N_("By everything but the lot it would be just as good; the lot alone decided.")

    def stages(self, program: Program) -> Sequence[Stage]:
        terms = {
            column.index: sum(segment_lot(program.round, who, s) for s in column.option.segments)
            for who, own in program.candidates.items()
            for column in own.all
            if column.option is not None
        }
        return (Stage(self.id, terms),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        return sum(
            segment_lot(case.round, p.candidate_id, segment)
            for p in placements
            for segment in p.bare
        )


def before_lot(goal_ids: Sequence[str]) -> int:
    """How many come before the lot, if that is the last; else all. Those alone say how good a plan
    is: the lot only chooses among plans that are equally good (SPEC sections 5 and 9).
    """
    return len(goal_ids) - (list(goal_ids[-1:]) == [Lot.id])
