"""Rule declined."""

from models.finding import N_, Finding, finding
from models.lock import Decline
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Level, Rule


class Declined(Rule):
    """Nobody gets a vacancy that was declined by them or about them."""

    id = "declined"
    name = N_("the no that was given")
    shuts_out = N_("{vacancies}: there is a no in the sheet {sheet}.")
    cure = Decline.sheet
    level = Level.VACANCY

    def refuses(self, round: Round, option: Option) -> Finding | None:
        for segment in option.segments:
            if round.declined(option.candidate_id, segment.vacancy_id):
                return finding(
                    N_("The answer about {vacancy} is no, from the candidate or the department."),
                    rule=self.id,
                    vacancy=segment.vacancy_id,
                )
        return None
