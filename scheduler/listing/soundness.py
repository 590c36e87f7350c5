"""Whether placements that are given, not listed, are possible and keep every rule."""

from collections.abc import Iterable, Iterator, Sequence

from models.finding import N_, Finding, Value, finding
from models.placement import Placement
from scheduler.listing.options import first_refusal
from scheduler.problem.case import Case
from scheduler.problem.option import Option, Part, deviations
from scheduler.problem.points import option_points, wish_rank
from scheduler.rules.catalogue import CEILING, DURATION, FIT, PLAN_RULES

_UNKNOWN_CANDIDATE = N_("{candidate} is placed, but is not in the candidates sheet.")
_UNKNOWN_VACANCY = N_("{candidate} is placed in {vacancy}, which is not in the vacancies sheet.")
_NOT_OPEN = N_("{candidate} is placed, but cannot get anything new in this round.")


def names_nothing(found: Finding) -> bool:
    """Whether it says that a placement names somebody or something that is not in the round."""
    return found.message in (_UNKNOWN_CANDIDATE, _UNKNOWN_VACANCY, _NOT_OPEN)


def about_placement(case: Case, placement: Placement) -> Iterator[Finding]:
    """What is wrong with one placement by itself."""
    round, who = case.round, placement.candidate_id
    if who not in round.candidate:
        yield finding(_UNKNOWN_CANDIDATE, candidate=who)
        return
    if who not in case.choices:
        yield finding(_NOT_OPEN, candidate=who)
        return
    for segment in placement.bare:
        if segment.vacancy_id not in round.vacancy:
            yield finding(_UNKNOWN_VACANCY, candidate=who, vacancy=segment.vacancy_id)
            return
    if not placement.segments:
        yield finding(N_("{candidate} is placed without any service."), candidate=who)
        return
    option = Option(who, placement.shape, Part.WHOLE, placement.bare)
    refusal = first_refusal(round, option)
    if refusal is not None:
        yield refusal
        if refusal.rule in (FIT.id, DURATION.id):
            return  # points would be about a placement that is none
    points = option_points(round, case.choices[who].counted, option)
    yield from _number(who, N_("points"), placement.points, points)
    for placed, months in zip(placement.segments, deviations(round, option), strict=True):
        yield from _number(who, N_("deviation"), placed.deviation, months)
        rank = wish_rank(round, who, placed.segment)
        yield from _number(who, N_("wish"), placed.wish_rank, rank)


def possible(case: Case, placements: Iterable[Placement]) -> bool:
    """Whether each placement, by itself, is one that its candidate can have."""
    return not any(True for p in placements for _ in about_placement(case, p))


def keeps_rules(case: Case, placements: Sequence[Placement]) -> bool:
    """Whether possible placements keep every rule about several, and the ceiling."""
    return broken_rule(case, placements) is None


def broken_rule(case: Case, placements: Sequence[Placement]) -> Finding | None:
    """The first rule about several that possible placements break, or the ceiling; None if they
    keep them all.
    """
    rules = (*PLAN_RULES, CEILING)
    return next((f for rule in rules for f in rule.violations(case, placements)), None)


def _number(who: str, what: str, given: Value, true: Value) -> Iterator[Finding]:
    if given != true:
        yield finding(
            N_("{candidate}: {what} is given as {given}, but is {true}."),
            candidate=who,
            what=what,
            given=given,
            true=true,
        )
