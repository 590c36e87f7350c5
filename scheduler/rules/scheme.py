"""Rule scheme."""

from models.candidate import Scheme
from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Level, Rule


class SchemeRule(Rule):
    """The training scheme is new or converted, not old."""

    id = "scheme"
    name = N_("the requirement of the new training scheme")
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
