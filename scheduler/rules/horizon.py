"""Rule horizon."""

from datetime import date

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import Vacancy
from scheduler.problem.calendar import add_months
from scheduler.problem.option import Option
from scheduler.rules.base import Rule


class Horizon(Rule):
    """Nothing new begins before the run date or after the policy's planning horizon."""

    id = "horizon"
    name = N_("the limit on how far ahead is planned")
    shuts_out = N_(
        "{vacancies}: begins after the time that is planned in this round. Wait, or "
        "change the sheet {sheet}."
    )
    cure = Vacancy.sheet

    def refuses(self, round: Round, option: Option) -> Finding | None:
        latest = add_months(round.run_date, round.policy.horizon_months)
        for segment in option.segments:
            if segment.start < round.run_date:
                return finding(
                    N_("The first day, {day}, is before the run date, {run_date}."),
                    rule=self.id,
                    day=segment.start,
                    run_date=round.run_date,
                )
            if segment.start > latest:
                return finding(
                    N_(
                        "The first day, {day}, is after {latest}, where this round's planning ends."
                    ),
                    rule=self.id,
                    day=segment.start,
                    latest=latest,
                )
        return None

    def may_begin(self, round: Round, candidate: Candidate) -> tuple[date, date]:
        return round.run_date, add_months(round.run_date, round.policy.horizon_months)
