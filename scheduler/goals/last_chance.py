"""Goal last-chance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.placement import Placement
from scheduler.goals.base import Goal, Stage
from scheduler.problem.case import Case, has_last_chance

if TYPE_CHECKING:
    from scheduler.program.program import Program


class LastChance(Goal):
    """Place as many as possible of those for whom this is the last round that can keep the
    limit on deviation.
    """

    id = "last-chance"
    maximise = True

    def stages(self, program: "Program") -> Sequence[Stage]:
        terms = {
            column.index: 1
            for who, own in program.candidates.items()
            if has_last_chance(program.round, who)
            for column in own.placing
        }
        return (Stage(self.id, terms, self.maximise),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        return sum(has_last_chance(case.round, p.candidate_id) for p in placements)
