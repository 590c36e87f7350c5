"""Explanations as sentences; what would get worse is said by each goal itself."""

from collections.abc import Iterator, Mapping, Sequence

from models.explanation import (
    Change,
    ExplanationEntry,
    HarmEntry,
    OpennessChange,
    PositionChange,
    UnusedEntry,
    WaiverChange,
    WindowChange,
    WishChange,
)
from models.finding import N_, Finding, finding
from models.proved import Proved
from models.round import Round
from scheduler.goals.catalogue import GOALS
from scheduler.goals.lot import Lot
from scheduler.problem.calendar import whole_months

ROOM = N_("There is room. Why the plan does not give it was not examined.")
# How what is said of all plans that meet a wish is known.
_NONE_BETTER: Mapping[Proved, str] = {
    Proved.BOUND: N_(
        "It is proved by the plan's certificate that no plan that meets the wish does better."
    ),
    Proved.SEARCH: N_("It is proved by a search that no plan that meets the wish does better."),
    Proved.NONE: N_("This is the best exchange found; whether there is a better one is not known."),
}
_AT_LEAST: Mapping[Proved, str] = {
    Proved.BOUND: N_(
        "It is proved by the plan's certificate that meeting the wish costs at least that, or "
        "something that counts for more; what exactly was not found out."
    ),
    Proved.SEARCH: N_(
        "It is proved by a search that meeting the wish costs at least that, or something that "
        "counts for more; what exactly was not found out."
    ),
}
_AS_GOOD: Mapping[Proved, str] = {
    Proved.BOUND: N_(
        "It is proved by the plan's certificate that no plan that is as good meets the wish; what "
        "would get worse was not found out."
    ),
    Proved.SEARCH: N_(
        "It is proved by a search that no plan that is as good meets the wish; what would get "
        "worse was not found out."
    ),
}
OWN_BETTER = finding(N_("What the candidate has is at least as good by their own wishes."))

# Who may be named: these only, or everybody.
Named = frozenset[str] | None


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
        if entry.holders:
            yield holders_finding(entry.holders, named)
        yield from _harm(entry.harm, entry.candidate_id, named)


def holders_finding(holders: Sequence[str], named: Named = None) -> Finding:
    """Who holds something."""
    own, others = those_told(holders, named)
    if not others:
        return finding(N_("The best that was possible is held by {candidates}."), candidates=own)
    if own:
        return finding(
            N_("The best that was possible is held by {candidates} and {n} candidate elsewhere."),
            plural=N_(
                "The best that was possible is held by {candidates} and {n} candidates elsewhere."
            ),
            candidates=own,
            n=others,
        )
    return finding(
        N_("The best that was possible is held by {n} candidate from another municipality."),
        plural=N_(
            "The best that was possible is held by {n} candidates from other municipalities."
        ),
        n=others,
    )


def those_told(people: Sequence[str], named: Named) -> tuple[tuple[str, ...], int]:
    """Those who may be named, and how many others there are."""
    own = tuple(who for who in people if named is None or who in named)
    return own, len(people) - len(own)


def _harm(harm: HarmEntry | None, candidate_id: str, named: Named) -> Iterator[Finding]:
    """What would get worse if the wish were met, and for whom."""
    if harm is None:
        yield finding(N_("What would get worse if the wish were met was not found out."))
        return
    if harm.kind == "rules":
        yield finding(
            N_("It is proved by a search that no plan that keeps every rule meets the wish.")
        )
        return
    if harm.kind == "least" and (harm.after is None or harm.goal == Lot.id):
        yield finding(_AS_GOOD[harm.proof])
        return
    if harm.kind == "nothing":
        yield finding(N_("Another plan that is just as good meets the wish."))
    else:
        yield goal_finding(harm)
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


def goal_finding(harm: HarmEntry) -> Finding:
    """Which goal would get worse, from what to what."""
    return finding(GOALS[harm.goal].worse, before=str(harm.before), after=str(harm.after))


def change_finding(round: Round, who: str, change: Change) -> Finding:
    """A change that would help, as a statement of what would be the case."""
    match change:
        case PositionChange(vacancy_id=number):
            vacancy = round.vacancy[number]
            return finding(
                N_("Vacancy {vacancy} ({site}, {department}) has one position more."),
                vacancy=number,
                site=vacancy.site,
                department=vacancy.department,
            )
        case WindowChange(vacancy_id=number, first=first, last=last):
            vacancy = round.vacancy[number]
            place = {"vacancy": number, "site": vacancy.site, "department": vacancy.department}
            if last > vacancy.end:
                return finding(
                    N_("Vacancy {vacancy} ({site}, {department}) lasts {n} day longer, to {day}."),
                    plural=N_(
                        "Vacancy {vacancy} ({site}, {department}) lasts {n} days longer, to {day}."
                    ),
                    n=(last - vacancy.end).days,
                    day=last,
                    **place,
                )
            return finding(
                N_("Vacancy {vacancy} ({site}, {department}) begins {n} day earlier, on {day}."),
                plural=N_(
                    "Vacancy {vacancy} ({site}, {department}) begins {n} days earlier, on {day}."
                ),
                n=(vacancy.start - first).days,
                day=first,
                **place,
            )
        case OpennessChange(to="sites"):
            return finding(N_("{candidate} is open to other sites."), candidate=who)
        case OpennessChange(to="departments"):
            return finding(N_("{candidate} is open to other departments."), candidate=who)
        case OpennessChange():
            return finding(N_("{candidate} accepts three plus three months."), candidate=who)
        case WaiverChange(rule=rule):
            return finding(
                N_("A waiver of the rule {waived} for {candidate}."), waived=rule, candidate=who
            )
        case WishChange(months=months) if months > 0:
            return finding(
                N_("{candidate} wishes for a period {n} month later."),
                plural=N_("{candidate} wishes for a period {n} months later."),
                candidate=who,
                n=months,
            )
        case WishChange(months=months):
            return finding(
                N_("{candidate} wishes for a period {n} month earlier."),
                plural=N_("{candidate} wishes for a period {n} months earlier."),
                candidate=who,
                n=-months,
            )


def unused_finding(entry: UnusedEntry) -> Finding:
    """Why a stretch of days is unused."""
    people = tuple(entry.people)
    match entry.reason:
        case "too_short" if people:
            return finding(
                N_("Too short: {n} whole month. Would come if it were longer: {candidates}."),
                plural=N_(
                    "Too short: {n} whole months. Would come if it were longer: {candidates}."
                ),
                n=whole_months(entry.first, entry.last),
                candidates=people,
            )
        case "too_short":
            return finding(
                N_("Too short: {n} whole month, less than anybody who waits can serve here."),
                plural=N_(
                    "Too short: {n} whole months, less than anybody who waits can serve here."
                ),
                n=whole_months(entry.first, entry.last),
            )
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
                N_("Nobody who could serve here wishes to, and all of them are placed well.")
            )
        case "better_placed":
            return finding(
                N_(
                    "All who could serve here have something at least as good by their own "
                    "wishes: {candidates}."
                ),
                candidates=people,
            )
        case "held_back":
            return finding(
                N_(
                    "Held back by a limit on how many may be away or at the department, by a pair, "
                    "by a municipality's order of priority, or because there is no room for the "
                    "rest of the service: {candidates}."
                ),
                candidates=people,
            )
        case _:
            return finding(
                N_("Why these did not come here was not examined: {candidates}."),
                candidates=people,
            )
