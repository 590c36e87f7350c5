"""Rule declined."""

from collections.abc import Mapping
from typing import ClassVar

from models.finding import N_, Finding, finding
from models.lock import Decline
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Level, Rule

_NO = N_("The answer about {vacancy} is no, from the candidate or the department.")


class Declined(Rule):
    """Nobody gets a vacancy that was declined by them or about them."""

    id = "declined"
    name = N_("the no that was given")
    shuts_out = N_("{vacancies}: there is a no in the sheet {sheet}.")
    cure = Decline.sheet
    level = Level.VACANCY
    addressed: ClassVar[Mapping[str, str]] = {
        _NO: N_("The answer about {vacancy} is no, from you or the department."),
    }

    def refuses(self, round: Round, option: Option) -> Finding | None:
        for segment in option.segments:
            if round.declined(option.candidate_id, segment.vacancy_id):
                return finding(
                    _NO,
                    rule=self.id,
                    vacancy=segment.vacancy_id,
                )
        return None
