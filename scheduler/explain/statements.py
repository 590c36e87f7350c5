"""Checking what a plan's explanations say: each statement by the plan that it speaks of.

Told a second time: the changed round is made, the placements put together, and every rule asked
about all of them, as for a plan of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from models.explanation import Change, ConsentEntry, ExplanationEntry, HarmEntry, RemedyEntry
from models.finding import N_, Finding, finding
from models.placement import Placement
from models.plan import Plan
from scheduler.alternatives import changed
from scheduler.case import Case
from scheduler.explain.changes import changed_case, whose, with_waiver
from scheduler.explain.harm import against_rules, at_least, harm_of
from scheduler.goals import goals_of
from scheduler.option import meets
from scheduler.priority import RULE
from scheduler.verify import keeps_rules, possible
from scheduler.windows import Windows

WISH = N_("What is said of wish {rank} of {candidate} is not true.")
HELP = N_("What is said to help {candidate} does not.")
CONSENT = N_("The exchange between {candidate} and {other} that is proposed is not possible.")

# So many changed cases are kept.
_KEPT = 100


def check_statements(plan: Plan, case: Case) -> list[Finding]:
    """Every statement about another plan that does not hold; the plan itself is sound."""
    placements = plan.answer()
    return [
        *_wishes(plan, placements, case),
        *_help(plan, placements, case),
        *_consents(plan, placements, case),
    ]


def _wishes(plan: Plan, placements: Sequence[Placement], case: Case) -> Iterator[Finding]:
    for entry in plan.explanations:
        if entry.harm is not None and not _harm_holds(placements, case, entry, entry.harm):
            yield finding(WISH, candidate=entry.candidate_id, rank=entry.rank)


def _harm_holds(
    placements: Sequence[Placement], case: Case, entry: ExplanationEntry, harm: HarmEntry
) -> bool:
    """Whether the plan with the wish keeps every rule, meets it, and costs what is said.

    What is said of all plans with it can only be solved again; here it only must be said as such.
    """
    if harm.kind in ("rules", "floor"):
        rules = harm == against_rules()
        return entry.outcome == "taken" and (rules or _is_floor(case, placements, harm))
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


def _is_floor(case: Case, placements: Sequence[Placement], harm: HarmEntry) -> bool:
    """Whether it is a proved floor that begins with what the goal is now, and is worse."""
    if harm.proof == "none" or not any(goal.id == harm.goal for goal in goals_of(case)):
        return False
    worse = 1  # of lists it is not told
    if isinstance(harm.before, int) and isinstance(harm.after, int):
        worse = abs(harm.after - harm.before)
    return worse > 0 and at_least(case, placements, harm.goal, worse, harm.proof) == harm


def _help(plan: Plan, placements: Sequence[Placement], case: Case) -> Iterator[Finding]:
    case_with = lru_cache(_KEPT)(partial(changed_case, case, Windows(case.round.vacancies)))
    for entry in plan.help:
        for remedy in entry.remedies:
            if not _helps(placements, case, case_with, entry.candidate_id, remedy):
                yield finding(HELP, candidate=entry.candidate_id)


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
    except (KeyError, ValueError):
        return False
    others = [p for p in placements if p.candidate_id != who]
    return possible(then, [placement]) and keeps_rules(then, [*others, placement])


def _consents(plan: Plan, placements: Sequence[Placement], case: Case) -> Iterator[Finding]:
    for entry in plan.consents:
        if not _works(placements, case, entry):
            yield finding(CONSENT, candidate=entry.first, other=entry.second)


def _works(placements: Sequence[Placement], case: Case, entry: ConsentEntry) -> bool:
    """Whether the exchange keeps every rule once the first has consented."""
    instead, then = entry.instead.placement(), entry.then.placement()
    placed = {p.candidate_id for p in placements}
    people = (instead.candidate_id, then.candidate_id)
    if people != (entry.first, entry.second) or entry.first not in placed or people[1] in placed:
        return False
    consented = replace(case, round=with_waiver(case.round, entry.first, RULE))
    others = [p for p in placements if p.candidate_id not in people]
    return possible(consented, [instead, then]) and keeps_rules(consented, [*others, instead, then])
