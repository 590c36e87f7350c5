"""Rule agreement."""

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.municipality import Agreement
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Rule


class AgreementRule(Rule):
    """Where the policy asks for it, the municipality has an agreement with the trust on the
    first day of each segment.
    """

    id = "agreement"
    name = N_("the requirement of an agreement")
    shuts_out = N_(
        "{vacancies}: the municipality has no agreement with the trust for the first "
        "day. Add it to the sheet {sheet} if there is one."
    )
    cure = Agreement.sheet
    waivable = True
    judges_locks = True
    each_lock = True

    def trusts(self, round: Round, candidate: Candidate) -> frozenset[str] | None:
        """The trusts that the municipality has any agreement with; None where none is needed."""
        who, number = candidate.candidate_id, candidate.municipality
        if not round.policy.require_agreement or round.waives(who, self.id):
            return None
        return round.agreed_trusts.get(number, frozenset())

    def refuses(self, round: Round, option: Option) -> Finding | None:
        if not round.policy.require_agreement:
            return None
        number = round.candidate[option.candidate_id].municipality
        for segment in option.segments:
            vacancy = round.vacancy.get(segment.vacancy_id)
            if vacancy is None:
                continue
            agreements = round.agreements_between(number, vacancy.trust)
            if any(a.covers(segment.start) for a in agreements):
                continue
            text = (
                N_(
                    "No agreement between municipality {municipality} and {trust} covers the "
                    "first day, {day}."
                )
                if agreements
                else N_("Municipality {municipality} has no agreement with {trust}.")
            )
            return finding(
                text, rule=self.id, municipality=number, trust=vacancy.trust, day=segment.start
            )
        return None
