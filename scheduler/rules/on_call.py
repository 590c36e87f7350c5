"""Rule on-call."""

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Level, Rule


class OnCall(Rule):
    """A candidate who cannot take on-call duty gets no vacancy that has it."""

    id = "on-call"
    name = N_("the requirement of on-call duty")
    shuts_out = N_(
        "{vacancies}: has on-call duty, which the candidate cannot take. Check the "
        "sheet {sheet}, or register a waiver."
    )
    cure = Candidate.sheet
    waivable = True
    judges_locks = True
    each_lock = True
    level = Level.VACANCY

    def refuses(self, round: Round, option: Option) -> Finding | None:
        if round.candidate[option.candidate_id].on_call:
            return None
        for vacancy in option.vacancies(round):
            if vacancy.on_call:
                return finding(
                    N_("{vacancy} has on-call duty, and the candidate cannot take it."),
                    rule=self.id,
                    vacancy=vacancy.vacancy_id,
                )
        return None
