"""Goal hard-hit."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from scheduler.goals.base import Goal, Stage
from scheduler.problem.case import Case
from scheduler.program.program import Program
from scheduler.rules.ceiling import too_dear


class HardHit(Goal):
    """Let as few as possible be placed far from their wish."""

    id = "hard-hit"
    name = N_("as few as possible far from their wish")
    worse = N_("More would be placed far from what they wish: {after} instead of {before}.")

    def constrain(self, program: Program) -> None:
        hard = program.round.policy.hard_points
        for who, own in program.candidates.items():
            sets = list(too_dear(own, hard))
            if sets:
                hit = program.add_helper(self._name(who))
                for dear, cheap in sets:
                    terms = [(c, 1) for c in dear] + [(c, -1) for c in cheap]
                    program.add_row(f"{self.id} {who}", [*terms, (hit, -1)], upper=0)

    def stages(self, program: Program) -> Sequence[Stage]:
        hard = program.round.policy.hard_points
        terms = {
            column.index: 1
            for own in program.candidates.values()
            for column in own.whole
            if column.points >= hard
        }
        names = (self._name(who) for who in program.candidates)
        terms.update({program.helpers[n].index: 1 for n in names if n in program.helpers})
        return (Stage(self.id, terms),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        return sum(p.points >= case.round.policy.hard_points for p in placements)

    def _name(self, candidate_id: str) -> str:
        return f"{self.id} {candidate_id}"
