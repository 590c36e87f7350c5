"""Explanations as sentences; what would get worse is said by each goal itself."""

from collections.abc import Iterator, Mapping

from models.explanation import ExplanationEntry, HarmEntry, UnusedEntry
from models.finding import N_, Finding, finding
from models.lock import Decline, DeclinedBy
from models.placement import Placement
from models.proved import Proved
from models.round import Round
from scheduler.explanations.wording.obstacle_words import (
    Named,
    best_findings,
    held_findings,
    those_told,
)
from scheduler.goals.catalogue import GOALS
from scheduler.goals.lot import Lot
from scheduler.problem.calendar import add_months, whole_months, wished_period
from scheduler.problem.option import meets

ROOM = N_("There is room. Why the plan does not give it was not examined.")
# How what is said of all plans that meet a wish is known.
_NONE_BETTER: Mapping[Proved, str] = {
    Proved.BOUND: N_("The plan's own proof shows that no plan that meets the wish does better."),
    Proved.SEARCH: N_("It is proved by a search that no plan that meets the wish does better."),
    Proved.NONE: N_("This is the best exchange found; whether there is a better one is not known."),
}
_AT_LEAST: Mapping[Proved, str] = {
    Proved.BOUND: N_(
        "The plan's own proof shows that meeting the wish costs at least that, or something that "
        "counts for more; what exactly was not found out."
    ),
    Proved.SEARCH: N_(
        "It is proved by a search that meeting the wish costs at least that, or something that "
        "counts for more; what exactly was not found out."
    ),
}
_AS_GOOD: Mapping[Proved, str] = {
    Proved.BOUND: N_(
        "The plan's own proof shows that no plan that is as good meets the wish; what would get "
        "worse was not found out."
    ),
    Proved.SEARCH: N_(
        "It is proved by a search that no plan that is as good meets the wish; what would get "
        "worse was not found out."
    ),
}
OWN_BETTER = finding(N_("What the candidate has is at least as good by their own wishes."))


def wish_findings(entry: ExplanationEntry, named: Named = None) -> Iterator[Finding]:
    """What became of a wish, whatever shut out single vacancies; others than those `named` are
    only counted.
    """
    if entry.outcome == "given":
        yield finding(N_("The wish is met."))
    elif entry.outcome == "own_better":
        yield OWN_BETTER
    elif entry.outcome == "rule":
        if not entry.refusals:
            yield finding(N_("No vacancy matches this wish."))
    else:
        if entry.best is not None:
            yield from best_findings(entry.best, named)
        yield from _harm(entry.harm, entry.candidate_id, named)


_SAID_NO: Mapping[DeclinedBy, Finding] = {
    DeclinedBy.CANDIDATE: finding(N_("The candidate has said no.")),
    DeclinedBy.DEPARTMENT: finding(N_("The department has said no to the candidate.")),
}


def refusals_told(round: Round, entry: ExplanationEntry) -> Iterator[tuple[str, Finding]]:
    """Vacancies that the wish is about and why they were not possible: those that were declined,
    by whom, and then the others.
    """
    declined = declines_about(round, entry)
    for decline in declined:
        yield decline.vacancy_id, _SAID_NO[decline.by]
    ids = {decline.vacancy_id for decline in declined}
    for refusal in entry.refusals:
        if refusal.vacancy_id not in ids:
            yield refusal.vacancy_id, refusal.finding.finding()


def declines_about(round: Round, entry: ExplanationEntry) -> list[Decline]:
    """The declines of vacancies that a wish which is not met is about."""
    if entry.outcome == "given":
        return []
    who = entry.candidate_id
    (row,) = (r for r in round.ranked[who] if r.rank == entry.rank)
    return [
        decline
        for decline in round.declines_of.get(who, ())
        if (vacancy := round.vacancy.get(decline.vacancy_id)) is not None
        and row.matches(*vacancy.department_key)
    ]


def _harm(harm: HarmEntry | None, candidate_id: str, named: Named) -> Iterator[Finding]:
    """What would get worse if the wish were met, and for whom."""
    if harm is None:
        yield finding(N_("What would get worse if the wish were met was not found out."))
        return
    if harm.kind == "rules":
        yield finding(
            N_(
                "It is proved by a search that no plan that keeps every rule and every promise "
                "meets the wish."
            )
        )
        return
    if harm.kind == "least" and (harm.after is None or harm.goal == Lot.id):
        yield finding(_AS_GOOD[harm.proof])
        return
    if harm.kind == "nothing":
        yield finding(N_("Another plan that is just as good meets the wish."))
    else:
        yield goal_finding(harm, named)
    if harm.kind == "least":
        yield finding(_AT_LEAST[harm.proof])
    people = [c.candidate_id for c in harm.changes if c.candidate_id != candidate_id]
    own, others = those_told(people, named)
    if own and others:
        yield finding(
            N_("It would change something for {candidates} and for others."), candidates=own
        )
    elif own:
        yield finding(N_("It would change something for {candidates}."), candidates=own)
    elif others:
        yield finding(N_("It would change something for others."))
    if harm.kind == "goal":
        yield finding(_NONE_BETTER[harm.proof])


def goal_finding(harm: HarmEntry, named: Named = None) -> Finding:
    """Which goal would get worse, from what to what; in points to the coordinator only."""
    goal = GOALS[harm.goal]
    if named is not None and goal.worse_plain:
        return finding(goal.worse_plain)
    return finding(goal.worse, before=str(harm.before), after=str(harm.after))


def unused_findings(entry: UnusedEntry) -> Iterator[Finding]:
    """Why a stretch of days is unused."""
    if entry.reason == "held_back":
        yield from held_findings(entry)
    else:
        yield _unused(entry)


def _unused(entry: UnusedEntry) -> Finding:
    people = tuple(entry.people)
    match entry.reason:
        case "too_short":
            return _too_short(whole_months(entry.first, entry.last), people)
        case "nobody_eligible":
            return finding(
                N_("By the rules nobody who waits could serve here on these days, wished or not.")
            )
        case "nobody_wants" if people:
            return finding(
                N_("Nobody who could serve here wishes to. Could be asked: {candidates}."),
                candidates=people,
            )
        case "nobody_wants":
            return finding(
                N_(
                    "Those who by the rules could serve here on these days, and have not ruled "
                    "the place out, do not wish to, or it would be too far from their wish. All "
                    "of them have a place that is not far from it."
                )
            )
        case "better_placed":
            return finding(
                N_(
                    "All who could serve here have something at least as good by their own "
                    "wishes: {candidates}."
                ),
                candidates=people,
            )
        case _:
            return finding(
                N_("Why these did not come here was not examined: {candidates}."),
                candidates=people,
            )


def _too_short(months: int, people: tuple[str, ...]) -> Finding:
    """That days are fewer than anybody needs, and who could come if they were more."""
    if people and not months:
        return finding(
            N_(
                "Too short: less than a month. If the vacancy were longer, these could have had a "
                "place: {candidates}."
            ),
            candidates=people,
        )
    if people:
        return finding(
            N_(
                "Too short: {n} month. If the vacancy were longer, these could have had a place: "
                "{candidates}."
            ),
            plural=N_(
                "Too short: {n} months. If the vacancy were longer, these could have had a place: "
                "{candidates}."
            ),
            n=months,
            candidates=people,
        )
    if not months:
        return finding(
            N_("Too short: less than a month. Nobody who waits can have so short a service.")
        )
    return finding(
        N_("Too short: {n} month. Nobody who waits can have so short a service."),
        plural=N_("Too short: {n} months. Nobody who waits can have so short a service."),
        n=months,
    )


def stretch_that_meets(round: Round, placement: Placement, rank: int) -> int:
    """The number of the first unbroken service of a placement that meets the ranked wish; 0 if none
    does.
    """
    (row,) = (r for r in round.ranked[placement.candidate_id] if r.rank == rank)
    met = (
        number
        for number, stretch in enumerate(placement.stretches)
        if any(meets(round, row, placed.segment) for placed in stretch)
    )
    return next(met, 0)


def time_finding(round: Round, placement: Placement, number: int) -> Finding:
    """How far from the wished period unbroken service with that number begins; the second half of
    three plus three is compared with a wish three months later.
    """
    wished = wished_period(round.candidate[placement.candidate_id])
    wished = wished.moved(3) if number else wished
    placed = placement.stretches[number][0]
    day, months = placed.segment.start, placed.deviation or 0
    if wished.a <= day <= wished.b:
        return finding(N_("The first day is as wished."))
    if wished.b < day < add_months(wished.b, 1):
        return finding(
            N_("The first day is {n} day later than wished."),
            plural=N_("The first day is {n} days later than wished."),
            n=(day - wished.b).days,
        )
    if add_months(wished.a, -1) < day < wished.a:
        return finding(
            N_("The first day is {n} day earlier than wished."),
            plural=N_("The first day is {n} days earlier than wished."),
            n=(wished.a - day).days,
        )
    if months > 0:
        return finding(
            N_("The first day is {n} month later than wished."),
            plural=N_("The first day is {n} months later than wished."),
            n=months,
        )
    return finding(
        N_("The first day is {n} month earlier than wished."),
        plural=N_("The first day is {n} months earlier than wished."),
        n=-months,
    )
