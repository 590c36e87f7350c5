"""Goal wishes."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from models.round import Round
from scheduler.goals.base import Goal, Stage
from scheduler.problem.case import Case
from scheduler.problem.waiting import waiting_quarters
from scheduler.program.program import Program


def weight(round: Round, candidate_id: str) -> int:
    """How much the candidate's points count: more for those who have waited."""
    return 4 + min(waiting_quarters(round, candidate_id), 8)


class Wishes(Goal):
    """Come as near to the wishes as possible: the sum of points is smallest, and the points of
    those who have waited count more.
    """

    id = "wishes"
    name = N_("as near the wishes as possible")
    worse = N_(
        "All in all the placements would be farther from the wishes: {after} instead of {before}, "
        "counted in points and waiting."
    )
    worse_plain = N_("All in all the placements would be farther from the wishes.")

    def stages(self, program: Program) -> Sequence[Stage]:
        terms = {
            column.index: column.points * weight(program.round, who)
            for who, own in program.candidates.items()
            for column in own.all
        }
        return (Stage(self.id, terms),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        return sum(p.points * weight(case.round, p.candidate_id) for p in placements)
