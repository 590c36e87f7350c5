"""Rule lead-time."""

from datetime import date

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import Vacancy
from scheduler.problem.calendar import add_months
from scheduler.problem.option import Option
from scheduler.rules.base import Rule


class LeadTime(Rule):
    """Service begins no sooner than the lead time after the run date, unless the first vacancy
    takes people at short notice.
    """

    id = "lead-time"
    name = N_("the requirement of notice before the first day")
    shuts_out = N_(
        "{vacancies}: begins too soon to be planned now. If the department agrees to "
        "short notice, write that in the sheet {sheet}."
    )
    cure = Vacancy.sheet
    waivable = True

    def refuses(self, round: Round, option: Option) -> Finding | None:
        earliest = add_months(round.run_date, round.policy.lead_months)
        if option.first_day is None or option.first_day >= earliest:
            return None
        if round.vacancy[option.segments[0].vacancy_id].short_notice:
            return None
        return finding(
            N_(
                "The first day, {day}, is before {earliest}, which is {n} month after the run date."
            ),
            plural=N_(
                "The first day, {day}, is before {earliest}, which is {n} months after the run "
                "date."
            ),
            rule=self.id,
            day=option.first_day,
            earliest=earliest,
            n=round.policy.lead_months,
        )

    def may_begin(self, round: Round, candidate: Candidate) -> tuple[date, date]:
        return add_months(round.run_date, round.policy.lead_months), date.max
