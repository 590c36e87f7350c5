"""Rule practice."""

from datetime import date

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.policy import Policy
from models.round import Round
from scheduler.problem.calendar import add_months
from scheduler.problem.option import Option
from scheduler.rules.base import Rule


def practice_met(candidate: Candidate, policy: Policy) -> date:
    """The day the practice requirement is met."""
    if candidate.practice_met_on is not None:
        return candidate.practice_met_on
    assert candidate.practice_start is not None  # the candidate's own check sees to it
    return add_months(candidate.practice_start, policy.practice_months)


class Practice(Rule):
    """Service begins when the practice requirement is met, not before."""

    id = "practice"
    name = N_("the requirement of practice")
    shuts_out = N_(
        "{vacancies}: the requirement of practice is met too late. Check the sheet "
        "{sheet}, or register a waiver."
    )
    cure = Candidate.sheet
    waivable = True
    judges_locks = True

    def refuses(self, round: Round, option: Option) -> Finding | None:
        met = practice_met(round.candidate[option.candidate_id], round.policy)
        if option.first_day is None or option.first_day >= met:
            return None
        return finding(
            N_("The first day, {day}, is before {met}, when the {n} month of practice is met."),
            plural=N_(
                "The first day, {day}, is before {met}, when the {n} months of practice are met."
            ),
            rule=self.id,
            day=option.first_day,
            n=round.policy.practice_months,
            met=met,
        )

    def may_begin(self, round: Round, candidate: Candidate) -> tuple[date, date]:
        return practice_met(candidate, round.policy), date.max
