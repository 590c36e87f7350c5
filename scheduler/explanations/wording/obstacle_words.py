"""What is in the way of a placement, as sentences; without points and ids of rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.entry import FindingEntry
from models.explanation import BestEntry, ObstacleEntry, UnusedEntry
from models.finding import N_, Finding, finding
from models.grouped import grouped
from scheduler.rules.arrivals import Arrivals
from scheduler.rules.capacity import Capacity
from scheduler.rules.cover import Cover
from scheduler.rules.department_cap import DepartmentCap
from scheduler.rules.order_line import RULE
from scheduler.rules.pairs import STATED, Apart

OTHER_HALF = N_("The other three months would be in {vacancy} from {first}.")

# Limits as they are said to those who have not the sheets of the round.
LIMITS: Mapping[str, str] = {
    DepartmentCap.id: N_("{department} at {site} takes at most {limit} at the same time."),
    Arrivals.id: N_("{department} at {site} can receive at most {limit} on the same day."),
    Cover.id: N_("Municipality {municipality} can do without at most {limit} at the same time."),
}
_PAIRS: Mapping[str, str] = {
    STATED[Apart.ALONE]: N_(
        "As agreed, these two may only be placed together, and the other one has no place."
    ),
    STATED[Apart.SAME_DAYS]: N_(
        "As agreed, these two cannot be away at the same time, and the other one serves then."
    ),
    STATED[Apart.SITES]: N_(
        "As agreed, these two must serve at the same single site, and the other one serves "
        "elsewhere."
    ),
}

# Who may be named: these only, or everybody.
Named = frozenset[str] | None

# So many different causes are told of the unused days of one vacancy.
_CAUSES = 3


def those_told(people: Sequence[str], named: Named) -> tuple[tuple[str, ...], int]:
    """Those who may be named, and how many others there are."""
    own = tuple(who for who in people if named is None or who in named)
    return own, len(people) - len(own)


def best_findings(best: BestEntry, named: Named = None) -> Iterator[Finding]:
    """The best that somebody could have, and what is in its way; others than those `named` are only
    counted.
    """
    first = best.placement.segments[0]
    yield finding(
        N_("The best that was possible is {vacancy} from {first}."),
        vacancy=first.vacancy_id,
        first=first.start,
    )
    for segment in best.placement.segments[1:] if best.placement.shape == "split" else ():
        yield finding(
            OTHER_HALF,
            vacancy=segment.vacancy_id,
            first=segment.start,
        )
    for obstacle in best.obstacles:
        yield from obstacle_findings(obstacle, named)


def obstacle_findings(obstacle: ObstacleEntry, named: Named = None) -> Iterator[Finding]:
    """A limit that is in the way, where it stands, and who is there."""
    told = obstacle.finding.finding()
    if told.rule == Capacity.id:
        yield _held(str(told.value("vacancy")), obstacle.people, named)
    elif told.rule != RULE:
        yield told if named is None else _without_sheets(told)
        yield from _there(obstacle.people, named)
    elif named is None or named >= set(obstacle.people):
        yield told
    else:
        yield finding(N_("There is room; but then another municipality's order would be broken."))


def _without_sheets(told: Finding) -> Finding:
    """The same without the sheet and the column where it stands."""
    message = LIMITS.get(told.rule) or _PAIRS.get(told.message, told.message)
    values = tuple((name, v) for name, v in told.values if name not in ("column", "sheet"))
    return replace(told, message=message, values=values)


def _held(vacancy: str, people: Sequence[str], named: Named) -> Finding:
    """Who holds a vacancy."""
    own, others = those_told(people, named)
    if not others:
        return finding(
            N_("{vacancy} is held by {candidates} then."), vacancy=vacancy, candidates=own
        )
    if own:
        return finding(
            N_("{vacancy} is held by {candidates} and {n} candidate elsewhere then."),
            plural=N_("{vacancy} is held by {candidates} and {n} candidates elsewhere then."),
            vacancy=vacancy,
            candidates=own,
            n=others,
        )
    return finding(
        N_("{vacancy} is held by {n} candidate from another municipality then."),
        plural=N_("{vacancy} is held by {n} candidates from other municipalities then."),
        vacancy=vacancy,
        n=others,
    )


def _there(people: Sequence[str], named: Named) -> Iterator[Finding]:
    """With whom a limit is reached, or who the other one of a pair is; nobody, where it is 0."""
    own, others = those_told(people, named)
    if own and others:
        yield finding(
            N_("That is because of {candidates} and {n} candidate elsewhere."),
            plural=N_("That is because of {candidates} and {n} candidates elsewhere."),
            candidates=own,
            n=others,
        )
    elif own:
        yield finding(N_("That is because of {candidates}."), candidates=own)
    elif others:
        yield finding(
            N_("That is because of {n} candidate from another municipality."),
            plural=N_("That is because of {n} candidates from other municipalities."),
            n=others,
        )


def held_findings(entry: UnusedEntry) -> Iterator[Finding]:
    """Who is held back from unused days by what; a few causes, those of most people first."""
    causes = grouped(entry.held, lambda best: tuple(map(_key, best.obstacles)))
    ordered = sorted(causes.values(), key=lambda own: (-len(own), own[0].placement.candidate_id))
    for own in ordered[:_CAUSES]:
        yield finding(
            N_("These could not serve here: {candidates}."),
            candidates=tuple(best.placement.candidate_id for best in own),
        )
        for obstacle in own[0].obstacles:
            yield from obstacle_findings(obstacle)
    rest = sum(len(own) for own in ordered[_CAUSES:])
    if rest:
        yield finding(
            N_("{n} more is held back by other limits."),
            plural=N_("{n} more are held back by other limits."),
            n=rest,
        )


def _key(obstacle: ObstacleEntry) -> tuple[Finding, tuple[str, ...]]:
    entry: FindingEntry = obstacle.finding
    return entry.finding(), tuple(obstacle.people)
