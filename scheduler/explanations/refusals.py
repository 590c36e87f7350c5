"""Why a candidate cannot have a vacancy, or anything at all."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import Vacancy
from scheduler.listing.options import first_refusal, trials
from scheduler.problem.calendar import add_months, holds
from scheduler.problem.case import Choices
from scheduler.problem.option import Option, Part, deviations, may_split, unbroken
from scheduler.problem.points import option_points
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import AGREEMENT, CEILING, FIT, OPTION_RULES

_ORDER = {rule.id: number for number, rule in enumerate(OPTION_RULES)}
_LAST = _ORDER[AGREEMENT.id]

_SHORT = N_("Vacancy {vacancy}, {first} to {last}, is too short for {months} months of service.")
_SHORT_SPLIT = N_(
    "Vacancy {vacancy}, {first} to {last}, is too short for six months of service and for three."
)
_NO_PARTNER = N_("Three months in vacancy {vacancy} are possible, but no other three go with them.")


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

    def causes(self, candidate: Candidate) -> list[tuple[str, int]]:
        """Rule ids and the number of vacancies each shuts out, most first."""
        far = _Far(self._round, candidate, self._windows)
        ids = (far.rule(v) or self.why_no_option(candidate, v).rule for v in self._round.vacancies)
        return Counter(ids).most_common()


class _Far:
    """What shuts a candidate out of vacancies at trusts with which there is no agreement: in a
    country nearly all. That rule refuses whatever those told before it let pass, and they look at
    nothing but the first day.
    """

    def __init__(self, round: Round, candidate: Candidate, windows: Windows) -> None:
        self._round = round
        self._who = candidate.candidate_id
        self._windows = windows
        self._trusts = AGREEMENT.trusts(round, candidate)
        # Whole service and halves: how many months, and a day of their own that may be the first.
        parts = [(Part.WHOLE, candidate.remaining_months, 0)]
        if may_split(round, candidate):
            parts += [(Part.FIRST, 3, 0), (Part.SECOND, 3, 3)]
        self._parts = [
            (part, months, add_months(candidate.wished_start, later))
            for part, months, later in parts
            if months > 0
        ]
        early = [r for r in OPTION_RULES if _ORDER[r.id] <= _LAST]
        self._rules = [r for r in early if not round.waives(self._who, r.id)]
        self._refusing: dict[tuple[Part, date], int] = {}

    def rule(self, vacancy: Vacancy) -> str | None:
        """The rule; None where there may be an agreement, or others have a part in the first days
        that are possible.
        """
        if self._trusts is None or vacancy.trust in self._trusts:
            return None
        if vacancy.vacancy_id in self._round.locks_in or self._windows.joined(vacancy):
            return None
        best = -1
        for part, months, own in self._parts:
            days = self._windows.first_days(vacancy, months, self._round.policy.start_days)
            if vacancy.start <= own and holds(own, vacancy.end, months):
                days = (*days, own)
            for day in days:
                best = max(best, self._order(part, months, day, vacancy))
                if best == _LAST:
                    return AGREEMENT.id
        return OPTION_RULES[best].id if best >= 0 else FIT.id

    def _order(self, part: Part, months: int, day: date, vacancy: Vacancy) -> int:
        """The place of the first rule that refuses service from a day."""
        if (part, day) not in self._refusing:
            option = unbroken(self._who, vacancy, day, months, part)
            refusing = (r.id for r in self._rules if r.refuses(self._round, option) is not None)
            self._refusing[part, day] = _ORDER[next(refusing)]
        return self._refusing[part, day]


def without_options(round: Round, choices: Mapping[str, Choices]) -> dict[str, list[str]]:
    """For candidates without any option: the rules that caused it, the commonest first."""
    refusals = Refusals(round, choices)
    return {
        who: [rule for rule, _ in refusals.causes(round.candidate[who])]
        for who, own in choices.items()
        if not own.any
    }
