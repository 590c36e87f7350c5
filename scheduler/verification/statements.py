"""Checking what a plan's explanations say: each statement by the plan that it speaks of.

Told a second time: the changed round is made, the placements put together, and every rule asked
about all of them, as for a plan of its own.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

from models.entry import Entry, PlacementEntry
from models.explanation import (
    Change,
    ConsentEntry,
    ExplanationEntry,
    GaveWayEntry,
    HarmEntry,
    HelpEntry,
    OpenWishEntry,
    RemedyEntry,
    TurnEntry,
    UnusedEntry,
)
from models.finding import N_, Finding, finding
from models.lock import LockStatus
from models.placement import Placement
from models.plan import Plan
from models.proved import Proved
from models.round import Round
from scheduler.explanations.answers.gave_way import harm_of_takeover
from scheduler.explanations.answers.harm import against_rules, at_least, harm_of
from scheduler.goals.catalogue import goals_of
from scheduler.listing.soundness import keeps_rules, possible
from scheduler.listing.what_if import case_without, changed_case, whose, with_waiver
from scheduler.problem.alternatives import changed
from scheduler.problem.case import Case
from scheduler.problem.option import meets
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import ORDER
from scheduler.rules.order_line import RULE
from scheduler.support.workers import Workers
from scheduler.verification.claims import became_so, has_turn, holds_open_wish, is_unused

WISH = N_("What is said of wish {rank} of {candidate} is not true.")
HELP = N_("What is said to help {candidate} does not.")
CONSENT = N_("The exchange between {candidate} and {other} that is proposed is not possible.")
TURN = N_("What is said of why {other} has a place that {candidate} has not, is not true.")
GAVE_WAY = N_("What is said of how {candidate} gave way to {other} is not true.")

UNUSED = N_("What is said of unused days in vacancy {vacancy} is not true.")
OPEN = N_("What is said of the open wish {rank} of {candidate} is not true.")

Statement = (
    ExplanationEntry
    | HelpEntry
    | UnusedEntry
    | ConsentEntry
    | TurnEntry
    | GaveWayEntry
    | OpenWishEntry
)

# So many changed cases are kept.
_KEPT = 100
# So many statements are checked at a time.
_AT_ONCE = 20
# Processes of their own take a second or two to begin; they pay for so many people that everybody
# is checked for whom something is said to help.
_WORTH = 20_000


def check_statements(
    plan: Plan, case: Case, workers: int = 1, step: Callable[[int, int], None] = lambda *_: None
) -> list[Finding]:
    """Every statement about another plan that does not hold; the plan itself is sound.

    Statements are checked side by side where that pays; `step` is told how many are, of how many.
    """
    state = _State(plan, case)
    total = len(state.entries)
    pays = workers > 1 and len(plan.placements) * len(plan.help) > _WORTH
    tasks = [lambda n=n: (n,) for n in range(0, total, _AT_ONCE)]
    count = itertools.count(1)
    with Workers(state, workers if pays else 0) as others:
        found = others.map_all(
            _check_some,
            tasks,
            done=lambda: step(min(total, next(count) * _AT_ONCE), total),
        )
    return [wrong for own in found for wrong in own]


@dataclass(frozen=True)
class _State:
    """What every process has to know."""

    plan: Plan
    case: Case

    @cached_property
    def entries(self) -> list[Statement]:
        """All that is said of other plans."""
        plan = self.plan
        told: list[Sequence[Statement]] = [plan.explanations, plan.help, plan.unused]
        told += [plan.turns, plan.consents, plan.gave_way, plan.open_wishes]
        return [entry for entries in told for entry in entries]

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """What the plan gives."""
        return self.plan.answer()

    @cached_property
    def case_with(self) -> Callable[[str, tuple[Change, ...]], Case]:
        """The case with changes, the last ones kept."""
        windows = Windows(self.case.round.vacancies)
        return lru_cache(_KEPT)(partial(changed_case, self.case, windows))

    def __reduce__(self) -> tuple[object, ...]:
        return _State, (self.plan, self.case)


def _check_some(state: _State, first: int, *_: object) -> list[Finding]:
    """What does not hold of the entries from one on."""
    return [
        found for entry in state.entries[first : first + _AT_ONCE] for found in _wrong(state, entry)
    ]


def _wrong(state: _State, entry: Statement) -> Iterator[Finding]:
    known = all(_is_known(state.case.round, placement) for placement in _placements_in(entry))
    if not (known and _is_true(state, entry)):
        yield not_true(entry)


def not_true(entry: Statement) -> Finding:
    """That the entry is not true."""
    match entry:
        case ExplanationEntry():
            return finding(WISH, candidate=entry.candidate_id, rank=entry.rank)
        case UnusedEntry():
            return finding(UNUSED, vacancy=entry.vacancy_id)
        case OpenWishEntry():
            return finding(OPEN, candidate=entry.candidate_id, rank=entry.rank)
        case HelpEntry():
            return finding(HELP, candidate=entry.candidate_id)
        case ConsentEntry():
            return finding(CONSENT, candidate=entry.first, other=entry.second)
        case TurnEntry():
            return finding(TURN, candidate=entry.first, other=entry.second)
        case GaveWayEntry():
            return finding(GAVE_WAY, candidate=entry.first, other=entry.second)


def _is_true(state: _State, entry: Statement) -> bool:
    """Whether everything holds that the entry says."""
    placements, case = state.placements, state.case
    match entry:
        case ExplanationEntry(harm=harm):
            became = became_so(case, placements, entry)
            return became and (harm is None or _harm_holds(placements, case, entry, harm))
        case UnusedEntry():
            return is_unused(case, placements, entry)
        case OpenWishEntry():
            return holds_open_wish(case, placements, entry)
        case HelpEntry(candidate_id=who):
            return all(
                _helps(placements, case, state.case_with, who, remedy) for remedy in entry.remedies
            )
        case ConsentEntry():
            return _works(placements, case, entry)
        case TurnEntry():
            has = has_turn(case, placements, entry)
            return has and _would_be_placed(placements, case, entry)
        case GaveWayEntry():
            return _would_cost(placements, case, entry)


def _placements_in(value: object) -> Iterator[PlacementEntry]:
    """Every placement that an entry speaks of."""
    if isinstance(value, PlacementEntry):
        yield value
    elif isinstance(value, Entry):
        for _, own in value:
            yield from _placements_in(own)
    elif isinstance(value, list):
        for own in value:
            yield from _placements_in(own)


def _is_known(round: Round, placement: PlacementEntry) -> bool:
    """Whether it is of somebody, in vacancies that there are."""
    vacancies = {segment.vacancy_id for segment in placement.segments}
    return placement.candidate_id in round.candidate and vacancies <= round.vacancy.keys()


def _harm_holds(
    placements: Sequence[Placement], case: Case, entry: ExplanationEntry, harm: HarmEntry
) -> bool:
    """Whether the plan with the wish keeps every rule, meets it, and costs what is said.

    What is said of all plans with it can only be solved again; here it only must be said as such.
    """
    if harm.kind in ("rules", "least"):
        rules = harm == against_rules()
        return entry.outcome == "taken" and (rules or _is_least(case, placements, harm))
    if not possible(case, [c.placement.placement() for c in harm.changes if c.placement]):
        return False
    other = changed(placements, harm.changes)
    return (
        any(
            row.rank == entry.rank and meets(case.round, row, segment)
            for row in case.round.ranked.get(entry.candidate_id, ())
            for placement in other
            if placement.candidate_id == entry.candidate_id
            for segment in placement.bare
        )
        and keeps_rules(case, other)
        and harm_of(case, placements, other, harm.proof) == harm
    )


def _is_least(case: Case, placements: Sequence[Placement], harm: HarmEntry) -> bool:
    """Whether it is a proved least that begins with what the goal is now, and is worse."""
    if harm.proof is Proved.NONE or not any(goal.id == harm.goal for goal in goals_of(case)):
        return False
    worse = 1  # of lists it is not told
    if isinstance(harm.before, int) and isinstance(harm.after, int):
        worse = abs(harm.after - harm.before)
    return worse > 0 and at_least(case, placements, harm.goal, worse, harm.proof) == harm


def _helps(
    placements: Sequence[Placement],
    case: Case,
    case_with: Callable[[str, tuple[Change, ...]], Case],
    who: str,
    remedy: RemedyEntry,
) -> bool:
    """Whether the placement keeps every rule in the changed round, everybody else as they are."""
    if who not in case.choices or not remedy.changes:
        return False
    now = next((p for p in placements if p.candidate_id == who), None)
    placement = remedy.placement.placement()
    if placement.candidate_id != who or (now is not None and placement.points >= now.points):
        return False
    try:
        then = case_with(whose(who, remedy.changes), tuple(remedy.changes))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    others = [p for p in placements if p.candidate_id != who]
    return possible(then, [placement]) and keeps_rules(then, [*others, placement])


def _works(placements: Sequence[Placement], case: Case, entry: ConsentEntry) -> bool:
    """Whether the exchange keeps every rule once the first has consented, and not before."""
    instead, then = entry.instead.placement(), entry.then.placement()
    placed = {p.candidate_id for p in placements}
    people = (instead.candidate_id, then.candidate_id)
    if people != (entry.first, entry.second) or entry.first not in placed or people[1] in placed:
        return False
    consented = replace(case, round=with_waiver(case.round, entry.first, RULE))
    exchanged = [*(p for p in placements if p.candidate_id not in people), instead, then]
    return (
        possible(consented, [instead, then])
        and keeps_rules(consented, exchanged)
        and any(b.first == entry.first for b in ORDER.broken(case, exchanged))
    )


def _would_be_placed(placements: Sequence[Placement], case: Case, entry: TurnEntry) -> bool:
    """Whether the first could have what is said if the offer to the second were withdrawn."""
    if entry.withdrawn is None:
        return True
    offers = [
        lock
        for lock in case.round.locks_of.get(entry.second, ())
        if (lock.vacancy_id, lock.start) == (entry.vacancy_id, entry.start)
        and lock.status is LockStatus.OFFERED
    ]
    now = next((p for p in placements if p.candidate_id == entry.first), None)
    if not offers or entry.outcome != "promised":
        return False
    placement, then = entry.withdrawn.placement(), case_without(case, offers[0])
    others = [p for p in placements if p is not now]
    return (
        placement.candidate_id == entry.first
        and (now is None or placement.points < now.points)
        and possible(then, [placement])
        and keeps_rules(then, [*others, placement])
    )


def _would_cost(placements: Sequence[Placement], case: Case, entry: GaveWayEntry) -> bool:
    """Whether the takeover is of the very place and better for the first, and keeps every rule or
    breaks the one that is told; and what gets worse.
    """
    now = {p.candidate_id: p for p in placements}
    there = entry.there.placement()
    then = [] if entry.then is None else [entry.then.placement()]
    people = {entry.first, entry.second}
    true = (
        people <= now.keys()
        and [p.candidate_id for p in (there, *then)] == [entry.first, entry.second][: 1 + len(then)]
        and there.bare == now[entry.second].bare
        and there.points < entry.points == now[entry.first].points
        and possible(case, [there, *then])
        and bool(then) == (entry.outcome == "other_place")
        and entry.waived == case.round.waives(entry.first, RULE)
    )
    if not true or entry.outcome in ("rule", "not_examined"):
        return true and entry.harm is None and (entry.finding is None) == (entry.outcome != "rule")
    other = [*(p for p in placements if p.candidate_id not in people), there, *then]
    harm = harm_of_takeover(case, placements, other)
    return keeps_rules(case, other) and entry.finding is None and entry.harm == harm
