"""Goal last-chance."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from models.round import Round
from scheduler.goals.base import Goal, Stage
from scheduler.problem.calendar import add_months, wished_period
from scheduler.problem.case import Case
from scheduler.program.program import Program


class LastChance(Goal):
    """Place as many as possible of those for whom this is the last round that can keep the
    limit on deviation.
    """

    id = "last-chance"
    name = N_("a place for those whose last chance this is")
    maximise = True
    worse = N_(
        "Fewer would be placed of those for whom this is the last round that can keep the limit: "
        "{after} instead of {before}."
    )

    def stages(self, program: Program) -> Sequence[Stage]:
        terms = {
            column.index: 1
            for who, own in program.candidates.items()
            if has_last_chance(program.round, who)
            for column in own.placing
        }
        return (Stage(self.id, terms, self.maximise),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        return sum(has_last_chance(case.round, p.candidate_id) for p in placements)


def has_last_chance(round: Round, candidate_id: str) -> bool:
    """Whether this is the last round that can keep the limit for the candidate."""
    if round.waives(candidate_id, LastChance.id):
        return True
    late_from = wished_period(round.candidate[candidate_id]).late_from
    return add_months(late_from, round.policy.max_late_months) < add_months(
        round.next_round_date, round.policy.lead_months
    )
