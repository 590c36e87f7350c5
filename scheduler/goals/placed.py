"""Goal placed."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from scheduler.goals.base import Goal, Stage
from scheduler.problem.case import Case
from scheduler.program.program import Program


class Placed(Goal):
    """Place as many as possible."""

    id = "placed"
    name = N_("as many as possible placed")
    maximise = True
    worse = N_("Fewer would be placed: {after} instead of {before}.")

    def stages(self, program: Program) -> Sequence[Stage]:
        terms = {c.index: 1 for own in program.candidates.values() for c in own.placing}
        return (Stage(self.id, terms, self.maximise),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        return len(placements)
