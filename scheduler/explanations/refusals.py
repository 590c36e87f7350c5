"""Why a candidate cannot have a vacancy, or anything at all."""

from collections.abc import Mapping
from functools import cached_property

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import Vacancy
from scheduler.explanations.shut_out import NO_PARTNER, SHORT
from scheduler.listing.options import first_refusal, trials
from scheduler.problem.case import Choices
from scheduler.problem.option import Option, Part, deviations, may_split
from scheduler.problem.points import option_points
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import CEILING, FIT, OPTION_RULES

_ORDER = {rule.id: number for number, rule in enumerate(OPTION_RULES)}

_SHORT = N_("Vacancy {vacancy}, {first} to {last}, is too short for {months} months of service.")
_SHORT_SPLIT = N_(
    "Vacancy {vacancy}, {first} to {last}, is too short for six months of service and for three."
)
_NO_PARTNER = N_("Three months in vacancy {vacancy} are possible, but no other three go with them.")
# What is said of several vacancies together where the rule itself says something else.
SEVERAL: Mapping[str, str] = {_SHORT: SHORT, _SHORT_SPLIT: SHORT, _NO_PARTNER: NO_PARTNER}


class Refusals:
    """The reasons why options do not exist."""

    def __init__(self, round: Round, choices: Mapping[str, Choices]) -> None:
        self._round = round
        self._choices = choices

    @cached_property
    def _windows(self) -> Windows:
        return Windows(self._round.vacancies)

    def _tries(self, candidate: Candidate, vacancy: Vacancy) -> list[Option]:
        groups = trials(self._round, candidate, self._windows.around(vacancy))
        return [option for group in groups for option in group]

    def why_no_option(self, candidate: Candidate, vacancy: Vacancy) -> Finding:
        """Why the candidate has no option in the vacancy: the rule that the best try fails.

        The best try is the one that the most rules let pass, then the one nearest in time.
        """
        tries = self._tries(candidate, vacancy)
        if not tries:
            return self._too_short(candidate, vacancy)
        refused = [(self._refusal(option), option) for option in tries]
        certain = [(f, o) for f, o in refused if f is not None]
        if not certain or len(certain) < len(refused):
            # Only halves and ceilings are left: what is possible alone does not add up.
            return self._not_adding_up(candidate, vacancy, [o for f, o in refused if f is None])
        best = max(certain, key=lambda pair: (_ORDER[pair[0].rule], -self._distance(pair[1])))
        return best[0]

    def _refusal(self, option: Option) -> Finding | None:
        if option.part in (Part.FIRST, Part.SECOND):
            for rule in OPTION_RULES:
                if not self._round.waives(option.candidate_id, rule.id):
                    found = rule.refuses_listed(self._round, option)
                    if found is not None:
                        return found
            return None
        return first_refusal(self._round, option)

    def _distance(self, option: Option) -> int:
        return sum(abs(months) for months in deviations(self._round, option) if months)

    def _too_short(self, candidate: Candidate, vacancy: Vacancy) -> Finding:
        months = candidate.remaining_months
        return finding(
            _SHORT_SPLIT if may_split(self._round, candidate) else _SHORT,
            rule=FIT.id,
            vacancy=vacancy.vacancy_id,
            first=vacancy.start,
            last=vacancy.end,
            months=months,
        )

    def _not_adding_up(
        self, candidate: Candidate, vacancy: Vacancy, allowed: list[Option]
    ) -> Finding:
        for option in allowed:
            if option.part is Part.WHOLE:
                counted = self._choices[candidate.candidate_id].counted
                points = option_points(self._round, counted, option)
                over = CEILING.refuses_points(self._round, candidate.candidate_id, points)
                if over is not None:
                    return over
        return finding(_NO_PARTNER, rule=FIT.id, vacancy=vacancy.vacancy_id)
