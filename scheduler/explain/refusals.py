"""Why a candidate cannot have a vacancy, or anything at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import takewhile

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import Vacancy
from scheduler.calendar import first_days
from scheduler.option import Option, Part, deviations, may_split, unbroken
from scheduler.options import Choices, first_refusal, trials
from scheduler.points import option_points
from scheduler.rules import AGREEMENT, CEILING, OPTION_RULES
from scheduler.rules.base import Level
from scheduler.windows import Windows

_ORDER = {rule.id: number for number, rule in enumerate(OPTION_RULES)}

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
        self._known_days: dict[tuple[str, int], list[date]] = {}

    @cached_property
    def _windows(self) -> Windows:
        return Windows(self._round.vacancies)

    def _tries(self, candidate: Candidate, vacancy: Vacancy) -> list[Option]:
        groups = trials(self._round, candidate, self._windows.around(vacancy))
        return [option for group in groups for option in group]

    def of(self, candidate: Candidate, vacancy: Vacancy) -> Finding:
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
            rule="fit",
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
        return finding(_NO_PARTNER, rule="fit", vacancy=vacancy.vacancy_id)

    def causes(self, candidate: Candidate) -> list[tuple[str, int]]:
        """Rule ids and the number of vacancies each shuts out, most first."""
        months, shut = candidate.remaining_months, _ShutOut(self._round, candidate)
        ids = (
            shut.rule(v, self._days(v, months)) or self.of(candidate, v).rule
            for v in self._round.vacancies
        )
        return Counter(ids).most_common()

    def _days(self, vacancy: Vacancy, months: int) -> list[date]:
        """Days that are possible first days there for everybody with so many months left."""
        key = vacancy.vacancy_id, months
        if key not in self._known_days:
            days = self._round.policy.start_days if months > 0 else ()
            self._known_days[key] = first_days(vacancy.start, vacancy.end, months, days, ())
        return self._known_days[key]


class _ShutOut:
    """What shuts a candidate out of most vacancies of a large round, without every try there."""

    def __init__(self, round: Round, candidate: Candidate) -> None:
        self._round = round
        self._candidate = candidate
        self._trusts = AGREEMENT.trusts(round, candidate)
        who = candidate.candidate_id
        self._rules = [rule for rule in OPTION_RULES if not round.waives(who, rule.id)]
        self._passes: dict[date, bool] = {}

    def rule(self, vacancy: Vacancy, days: Sequence[date]) -> str | None:
        """The rule that shuts the candidate out of a vacancy where these are possible first days;
        None if that is not told at once.

        Where there is no agreement with the trust, that rule refuses whatever those told before it
        let pass, and they do not look at the place.
        """
        tries = (
            unbroken(self._candidate.candidate_id, vacancy, day, self._candidate.remaining_months)
            for day in reversed(days)
        )
        for option in tries:
            first = self._rules[0]
            if first.level is Level.CANDIDATE and first.refuses(self._round, option):
                return first.id
            if self._trusts is None or vacancy.trust in self._trusts:
                return None
            day = option.segments[0].start
            if day not in self._passes:
                before = takewhile(lambda rule: rule is not AGREEMENT, self._rules)
                self._passes[day] = not any(r.refuses(self._round, option) for r in before)
            if self._passes[day]:
                return AGREEMENT.id
        return None


def without_options(round: Round, choices: Mapping[str, Choices]) -> dict[str, list[str]]:
    """For candidates without any option: the rules that caused it, the commonest first."""
    refusals = Refusals(round, choices)
    return {
        who: [rule for rule, _ in refusals.causes(round.candidate[who])]
        for who, own in choices.items()
        if not own.any
    }
