"""Goal waiting."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from scheduler.goals.base import Goal, Stage
from scheduler.problem.case import Case
from scheduler.problem.waiting import waiting_quarters
from scheduler.program.program import Program


class Waiting(Goal):
    """Place those who have waited longest: the sum of quarters waited by the placed is largest."""

    id = "waiting"
    name = N_("a place for those who have waited longest")
    maximise = True
    worse = N_(
        "Those placed would have waited for fewer quarters in all: {after} instead of {before}."
    )

    def stages(self, program: Program) -> Sequence[Stage]:
        terms = {
            column.index: waiting_quarters(program.round, who)
            for who, own in program.candidates.items()
            for column in own.placing
        }
        return (Stage(self.id, terms, self.maximise),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        return sum(waiting_quarters(case.round, p.candidate_id) for p in placements)
