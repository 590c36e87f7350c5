"""What came of a municipality's order, as sentences: without points and ids of rules or goals."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from models.entry import PlacementEntry
from models.explanation import GaveWayEntry, TurnEntry
from models.finding import N_, Finding, finding
from models.lock import Lock
from scheduler.explanations.wording.obstacle_words import (
    OTHER_HALF,
    Named,
    obstacle_findings,
    those_told,
)
from scheduler.explanations.wording.words import OWN_BETTER, ROOM, goal_finding
from scheduler.rules.order_line import RULE


def early_finding(first: str, wished: date, *, only: bool) -> Finding:
    """Why somebody who would begin before their wished start has no claim; `only`: they could not
    begin there later either.
    """
    return finding(
        N_(
            "{candidate} could only have begun there before {wished}, the first day they wished "
            "for; nobody has to give way to somebody who is not ready yet."
        )
        if only
        else N_(
            "That is before {wished}, the first day that {candidate} wished for; nobody has to "
            "give way to somebody who is not ready yet."
        ),
        candidate=first,
        wished=wished,
    )


def promised_finding(first: str, lock: Lock, *, ranked: bool) -> Finding:
    """That somebody after another keeps a promise; `ranked`: they have a number themselves."""
    return finding(
        N_(
            "{other}, ranked after {candidate}, keeps a place already promised ({vacancy} from "
            "{first})."
        )
        if ranked
        else N_(
            "{other}, who has no priority number, keeps a place already promised ({vacancy} from "
            "{first})."
        ),
        candidate=first,
        other=lock.candidate_id,
        vacancy=lock.vacancy_id,
        first=lock.start,
    )


def turn_findings(entry: TurnEntry, named: Named = None) -> Iterator[Finding]:
    """Why somebody has a place that one who goes before them has not; others than those `named`
    are only counted.
    """
    if entry.outcome == "promised":
        yield from _promised(entry)
        return
    yield finding(
        N_("{candidate} goes before {other}, who has {vacancy} from {first}."),
        candidate=entry.first,
        other=entry.second,
        vacancy=entry.vacancy_id,
        first=entry.start,
    )
    match entry.outcome:
        case "own_better":
            yield OWN_BETTER
        case "taken":
            yield from _taken(entry, named)
        case "needed":
            yield _needed(entry, named)
        case "other_days":
            yield finding(
                N_(
                    "{candidate} could have had it on other days; the order is about the very days "
                    "that {other} has."
                ),
                candidate=entry.first,
                other=entry.second,
            )
        case "not_compared":
            yield finding(
                N_(
                    "The order does not compare these two places, as one of the two has three plus "
                    "three months, or is in a pair."
                )
            )
        case "not_examined":
            yield finding(ROOM)
        case _:
            if entry.finding is not None:
                yield entry.finding.finding()


def _promised(entry: TurnEntry) -> Iterator[Finding]:
    if entry.finding is not None:
        yield entry.finding.finding()
    if entry.withdrawn is not None:
        segment = entry.withdrawn.segments[0]
        yield finding(
            N_(
                "The offer has not been answered yet; if it were withdrawn, {candidate} could have "
                "{vacancy} from {first}."
            ),
            candidate=entry.first,
            vacancy=segment.vacancy_id,
            first=segment.start,
        )
        yield from _other_half(entry.withdrawn)


def _other_half(entry: PlacementEntry) -> Iterator[Finding]:
    """Where the second half of three plus three months would be."""
    for segment in entry.segments[1:] if entry.shape == "split" else ():
        yield finding(
            OTHER_HALF,
            vacancy=segment.vacancy_id,
            first=segment.start,
        )


def _taken(entry: TurnEntry, named: Named) -> Iterator[Finding]:
    """What is in the way of the best of it."""
    if entry.best is not None:
        first = entry.best.placement.segments[0]
        yield finding(
            N_("Even without {other}, {candidate} could not have {vacancy} from {first}."),
            candidate=entry.first,
            other=entry.second,
            vacancy=first.vacancy_id,
            first=first.start,
        )
        for obstacle in entry.best.obstacles:
            yield from obstacle_findings(obstacle, named)


def _needed(entry: TurnEntry, named: Named) -> Finding:
    """Who may not be without the second."""
    own, others = those_told(entry.needing, named)
    if others:
        return finding(
            N_(
                "{other} cannot be left out, as somebody from another municipality may not be "
                "placed without them."
            ),
            other=entry.second,
        )
    return finding(
        N_("{other} cannot be left out, as {candidates} may not be placed without them."),
        other=entry.second,
        candidates=own,
    )


def gave_way_finding(entry: GaveWayEntry) -> Finding:
    """That somebody would rather have had what one after them has."""
    place = entry.there.segments[0]
    return finding(
        N_(
            "{candidate} goes before {other}, and would rather have had {vacancy} from {first}, "
            "which {other} has."
        ),
        candidate=entry.first,
        other=entry.second,
        vacancy=place.vacancy_id,
        first=place.start,
    )


def takeover_findings(entry: GaveWayEntry, named: Named = None) -> Iterator[Finding]:
    """What it would cost if somebody who gave way took the place over."""
    place = entry.there.segments[0]
    taking = partial(finding, candidate=entry.first, vacancy=place.vacancy_id, first=place.start)
    if entry.waived:
        yield finding(N_("By a waiver those after {candidate} go first."), candidate=entry.first)
    if entry.outcome == "no_place":
        yield taking(
            N_("If {candidate} had {vacancy} from {first}, {other} would be without a place."),
            other=entry.second,
        )
    elif entry.outcome == "other_place" and entry.then is not None:
        then = entry.then.segments[0]
        yield taking(
            N_(
                "If {candidate} had {vacancy} from {first}, {other} would have {instead} from "
                "{since}."
            ),
            other=entry.second,
            instead=then.vacancy_id,
            since=then.start,
        )
        yield from _other_half(entry.then)
    elif entry.outcome == "not_examined":
        yield taking(
            N_(
                "What {other} could have if {candidate} had {vacancy} from {first} was not found "
                "out."
            ),
            other=entry.second,
        )
    else:
        yield taking(
            N_(
                "With everybody else where the plan has them, {candidate} could not have {vacancy} "
                "from {first}: a rule about several would be broken."
            )
        )
        yield from _against(entry, named)
    if named is None and entry.harm is not None:
        yield goal_finding(entry.harm)


def _against(entry: GaveWayEntry, named: Named) -> Iterator[Finding]:
    """Which rule a takeover would break, where that names nobody who may not be named."""
    if entry.finding is not None:
        told = entry.finding.finding()
        order = told.rule == RULE
        if named is None or (order and {told.value("first"), told.value("second")} <= named):
            yield told
