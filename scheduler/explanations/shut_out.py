"""What shuts a candidate without any option out of every vacancy, by cause."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from models.candidate import Candidate
from models.finding import N_, Finding, SheetName, finding
from models.round import Round
from models.vacancy import Vacancy
from scheduler.listing.options import trials
from scheduler.problem.case import Choices
from scheduler.problem.windows import Reach, Windows
from scheduler.rules.base import Level, Rule
from scheduler.rules.catalogue import AGREEMENT, CEILING, OPTION_RULES

# So many different causes are told of one candidate, and so many ranges of vacancies of each.
_CAUSES = 4
_RANGES = 5
# So many options are tried in a vacancy, or in each of so many pairs that it is joined in: windows
# that can be joined with hundreds of others would take minutes.
_OPTIONS = 100
_PAIRS = 4

SHORT = N_(
    "{vacancies}: too short for the service that remains. Ask the department whether the window "
    "can be longer."
)
NO_PARTNER = N_(
    "{vacancies}: three months are possible, but no other three go with them, or they are too far "
    "from the wishes."
)


@dataclass(frozen=True, slots=True)
class Cause:
    """What shuts a candidate out of these vacancies."""

    message: str
    sheet: str
    vacancies: tuple[str, ...]


def without_options(round: Round, choices: Mapping[str, Choices]) -> dict[str, list[Cause]]:
    """For candidates without any option what shuts them out, that of the most vacancies first."""
    around = _around(round)
    return {
        who: causes(round, round.candidate[who], around)
        for who, own in choices.items()
        if not own.any
    }


def _around(round: Round) -> Mapping[str, Reach]:
    """Each vacancy by itself, with a few of the pairs that it is joined in."""
    windows = Windows(round.vacancies)
    found = ((v.vacancy_id, windows.around(v)) for v in round.vacancies)
    return {name: Reach(own.vacancies, own.joinable[:_PAIRS]) for name, own in found}


def causes(
    round: Round, candidate: Candidate, around: Mapping[str, Reach] | None = None
) -> list[Cause]:
    """What shuts the candidate out, that of the most vacancies first."""
    shut = _Shut(round, candidate, around or _around(round))
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for vacancy in round.vacancies:
        found[shut.cause(vacancy)].append(vacancy.vacancy_id)
    told = [Cause(*cause, tuple(own)) for cause, own in found.items()]
    return sorted(told, key=lambda cause: -len(cause.vacancies))


class _Shut:
    """What shuts one candidate out of a vacancy: the rule that the best try fails, which is the one
    that the most rules let pass.
    """

    def __init__(self, round: Round, candidate: Candidate, around: Mapping[str, Reach]) -> None:
        self._round = round
        self._candidate = candidate
        self._around = around
        self._trusts = AGREEMENT.trusts(round, candidate)
        asked = [r for r in OPTION_RULES if r is not CEILING]
        self._rules = [r for r in asked if not round.waives(candidate.candidate_id, r.id)]

    def cause(self, vacancy: Vacancy) -> tuple[str, str]:
        """Template and sheet of what shuts the candidate out of the vacancy."""
        best, most = -1, self._most(vacancy)
        reach = self._around[vacancy.vacancy_id]
        for group in trials(self._round, self._candidate, reach):
            first = next(group, None)
            if first is None:
                continue
            fixed = (r.refuses_listed(self._round, first) is None for r in self._fixed(most))
            limit = next((n for n, passed in self._numbered(fixed, most) if not passed), most)
            for option in islice(chain((first,), group), _OPTIONS):
                daily = (
                    n
                    for n, rule in enumerate(self._rules[:limit])
                    if rule.level is Level.DAY
                    and rule.refuses_listed(self._round, option) is not None
                )
                best = max(best, next(daily, limit))
                if best >= limit:
                    break
            if best == most:
                break
        if best < 0:
            return SHORT, ""
        if best == len(self._rules):
            return NO_PARTNER, ""
        rule: Rule = self._rules[best]
        return rule.shuts_out, rule.cure

    def _most(self, vacancy: Vacancy) -> int:
        """How many rules a try in the vacancy can pass at most: where there is no agreement with
        the trust at all, those before that on agreements.
        """
        if self._trusts is None or vacancy.trust in self._trusts:
            return len(self._rules)
        return self._rules.index(AGREEMENT)

    def _fixed(self, most: int) -> list[Rule]:
        return [r for r in self._rules[:most] if r.level is not Level.DAY]

    def _numbered(self, passed: Iterator[bool], most: int) -> Iterator[tuple[int, bool]]:
        numbers = (n for n, r in enumerate(self._rules[:most]) if r.level is not Level.DAY)
        return zip(numbers, passed, strict=True)


def cause_findings(round: Round, found: Sequence[Cause]) -> Iterator[Finding]:
    """The causes in words: a few, that of the most vacancies first, and how many are left."""
    numbers = {v.vacancy_id: n for n, v in enumerate(round.vacancies)}
    for cause in found[:_CAUSES]:
        told = tuple(_ranges(cause.vacancies, numbers))
        yield finding(cause.message, vacancies=told, sheet=SheetName(cause.sheet))
    rest = sum(len(cause.vacancies) for cause in found[_CAUSES:])
    if rest:
        yield finding(
            N_("{n} vacancy more is shut out for another reason."),
            plural=N_("{n} vacancies more are shut out for other reasons."),
            n=rest,
        )


def _ranges(vacancies: Sequence[str], numbers: Mapping[str, int]) -> Iterator[str]:
    """The vacancies, those that follow on each other in the sheet as V01–V14; a few of them."""
    runs: list[list[str]] = []
    for number in vacancies:
        if runs and numbers[number] == numbers[runs[-1][-1]] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [name for run in runs for name in (run if len(run) < 3 else [f"{run[0]}–{run[-1]}"])]
    yield from told[:_RANGES]
    if len(told) > _RANGES:
        yield "…"
