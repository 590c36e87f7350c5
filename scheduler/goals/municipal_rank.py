"""Goal municipal-rank."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from models.round import Round
from scheduler.goals.base import Goal, Stage, Value
from scheduler.problem.case import Case
from scheduler.program.program import Program


class MunicipalRank(Goal):
    """Place as many as possible of the municipalities' first priorities, then of their second,
    and so on.
    """

    id = "municipal-rank"
    name = N_("the municipalities' first priorities first")
    maximise = True
    worse = N_(
        "Those whom their municipalities name first would fare worse: {after} instead of {before}."
    )

    def stages(self, program: Program) -> Sequence[Stage]:
        priority = program.round.priority_of
        return [
            Stage(
                self.id,
                {
                    column.index: 1
                    for who, own in program.candidates.items()
                    if priority.get(who) == number
                    for column in own.placing
                },
                self.maximise,
            )
            for number in _numbers(program.round)
        ]

    def value(self, case: Case, placements: Sequence[Placement]) -> Value:
        given = [case.round.priority_of.get(p.candidate_id) for p in placements]
        return tuple(given.count(number) for number in _numbers(case.round))

    def shown(self, case: Case, sums: Sequence[int]) -> Value:
        return tuple(sums)


def _numbers(round: Round) -> range:
    """1, 2, … up to the largest priority of an open candidate."""
    own = (round.priority_of.get(c.candidate_id, 0) for c in round.open_candidates)
    return range(1, max(own, default=0) + 1)
