"""Rule part-time."""

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Level, Rule


class PartTime(Rule):
    """Candidate and vacancy are full time; with a waiver months count as for full time."""

    id = "part-time"
    name = N_("the requirement of full time")
    shuts_out = N_(
        "{vacancies}: the candidate or the vacancy is not full time. Check the sheet "
        "{sheet}, or register a waiver."
    )
    cure = Candidate.sheet
    waivable = True
    level = Level.VACANCY

    def refuses(self, round: Round, option: Option) -> Finding | None:
        own = round.candidate[option.candidate_id].fte
        if own != 100:
            return finding(
                N_("The candidate works {percent} per cent; full time is 100."),
                rule=self.id,
                percent=_percent(own),
            )
        for vacancy in option.vacancies(round):
            if vacancy.fte != 100:
                return finding(
                    N_("{vacancy} is a position of {percent} per cent; full time is 100."),
                    rule=self.id,
                    vacancy=vacancy.vacancy_id,
                    percent=_percent(vacancy.fte),
                )
        return None


def _percent(value: float) -> str:
    """A percentage as people write it, without needless decimals."""
    return f"{value:g}"
