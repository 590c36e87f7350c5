"""What would have given somebody a place: each as a condition, never as a fact."""

from collections.abc import Iterator, Mapping
from itertools import chain

from models.explanation import (
    Change,
    HelpEntry,
    LimitChange,
    OpennessChange,
    PairChange,
    PositionChange,
    RemedyEntry,
    WaiverChange,
    WindowChange,
    WishChange,
)
from models.finding import N_, Finding, Value, finding
from models.round import Round
from scheduler.explanations.letter.content import Text, in_words
from scheduler.rules.agreement import AgreementRule
from scheduler.rules.catalogue import CEILING, NAMES

_OPENNESS: Mapping[str, str] = {
    "sites": N_("You would have had to be open to other sites."),
    "departments": N_("You would have had to be open to other departments."),
    "split": N_("You would have had to accept three plus three months."),
}
LIMITS: Mapping[str, str] = {
    "max_concurrent": N_("{department}, {site}, would have had to take one more at a time."),
    "max_arrivals": N_("{department}, {site}, would have had to receive one more on the same day."),
    "max_away": N_("Your municipality would have had to let one more be away at the same time."),
}
_LATER = Text(
    N_("You would have had to wish for a time one month later."),
    several=N_("You would have had to wish for a time {number} months later."),
)
_EARLIER = Text(
    N_("You would have had to wish for a time one month earlier."),
    several=N_("You would have had to wish for a time {number} months earlier."),
)
# What is for the candidate to change.
_OWN = (OpennessChange, WishChange)
_THEN = N_("{changes} Then you could have had a place at {department}, {site}, from {first}.")
_THERE = N_("{changes} Then you could have begun there on {first}.")
_THEN_TWO = N_(
    "{changes} Then you could have had a place at {department}, {site}, from {first}, and at "
    "{department_2}, {site_2}, from {first_2}."
)


def remedy_findings(round: Round, entry: HelpEntry) -> Iterator[Finding]:
    """What would have helped, everybody else having what the plan gives them: first what is for the
    candidate to change. Or that nothing that was tried would have.
    """
    ordered = sorted(entry.remedies, key=lambda r: not all(isinstance(c, _OWN) for c in r.changes))
    yield from dict.fromkeys(_remedy(round, remedy) for remedy in ordered)
    if not entry.remedies and entry.examined:
        yield finding(N_("None of the changes that were tried would have given you a place."))
    elif not entry.remedies:
        yield finding(N_("What would have helped was not examined."))


def _remedy(round: Round, remedy: RemedyEntry) -> Finding:
    changes = tuple(chain.from_iterable(_changes(round, c) for c in remedy.changes))
    first, *others = remedy.placement.placement().stretches
    segment = first[0].segment
    vacancy = round.vacancy[segment.vacancy_id]
    values: dict[str, Value] = {
        "changes": changes,
        "department": vacancy.department,
        "site": vacancy.site,
        "first": segment.start,
    }
    if not others:
        there = _place_of(round, remedy.changes[-1]) == (vacancy.site, vacancy.department)
        return Finding(_THERE if there else _THEN, tuple(values.items()))
    second = others[0][0].segment
    other = round.vacancy[second.vacancy_id]
    more: dict[str, Value] = {
        "department_2": other.department,
        "site_2": other.site,
        "first_2": second.start,
    }
    return Finding(_THEN_TWO, (*values.items(), *more.items()))


def _place_of(round: Round, change: Change) -> tuple[str, ...]:
    """Site and department that a change is about; nothing if it is not about a department."""
    if isinstance(change, PositionChange | WindowChange):
        vacancy = round.vacancy[change.vacancy_id]
        return vacancy.site, vacancy.department
    return change.place[1:] if isinstance(change, LimitChange) else ()


def _changes(round: Round, change: Change) -> Iterator[Finding]:
    match change:
        case OpennessChange(to=to):
            yield finding(_OPENNESS[to])
        case WishChange(months=months):
            text = _LATER if months > 0 else _EARLIER
            yield text.filled(n=abs(months), number=in_words(abs(months)))
        case WaiverChange(rule=AgreementRule.id):
            yield finding(
                N_(
                    "Your municipality would have had to have an agreement with the trust on the "
                    "first day, or you would have had to be given a waiver of {requirement}."
                ),
                requirement=NAMES[AgreementRule.id],
            )
        case WaiverChange(rule=CEILING.id):
            yield finding(
                N_(
                    "For you the region would have had to make an exception from how far a place "
                    "may be from the wish."
                )
            )
        case WaiverChange(rule=rule):
            yield finding(
                N_("A waiver of {requirement} would have had to be granted for you."),
                requirement=NAMES[rule],
            )
        case PairChange():
            yield finding(
                N_("What is agreed about you and somebody else would have had to be otherwise.")
            )
        case _:
            yield _room(round, change)


def _room(round: Round, change: PositionChange | WindowChange | LimitChange) -> Finding:
    """A change of what there is room for."""
    if isinstance(change, LimitChange):
        text = LIMITS[change.column]
        if len(change.place) == 1:
            return finding(text)
        _, site, department = change.place
        return finding(text, department=department, site=site)
    vacancy = round.vacancy[change.vacancy_id]
    values = {"department": vacancy.department, "site": vacancy.site}
    if isinstance(change, PositionChange):
        return finding(
            N_("There would have had to be one more position at {department}, {site}."), **values
        )
    if change.last > vacancy.end:
        return finding(
            N_("The vacancy at {department}, {site}, would have had to last until {day}."),
            day=change.last,
            **values,
        )
    return finding(
        N_("The vacancy at {department}, {site}, would have had to begin on {day}."),
        day=change.first,
        **values,
    )
