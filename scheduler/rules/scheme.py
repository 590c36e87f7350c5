"""Rule scheme."""

from models.candidate import Candidate, Scheme
from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Level, Rule


class SchemeRule(Rule):
    """The training scheme is new or converted, not old."""

    id = "scheme"
    name = N_("the requirement of the new training scheme")
    shuts_out = N_(
        "{vacancies}: the candidate follows the old training scheme. Correct the "
        "sheet {sheet}, or register a waiver."
    )
    cure = Candidate.sheet
    waivable = True
    judges_locks = True
    level = Level.CANDIDATE

    def refuses(self, round: Round, option: Option) -> Finding | None:
        if round.candidate[option.candidate_id].scheme is not Scheme.OLD:
            return None
        return finding(
            N_("The candidate follows the old training scheme, which has no hospital service."),
            rule=self.id,
        )
