"""Checking what a plan's explanations say: each statement by the plan that it speaks of.

Told a second time: the changed round is made, the placements put together, and every rule asked
about all of them, as for a plan of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.explanation import ConsentEntry, ExplanationEntry, RemedyEntry
from models.finding import N_, Finding, finding
from models.placement import Placement
from models.plan import Plan
from models.waiver import Waiver
from scheduler.alternatives import changed
from scheduler.case import Case
from scheduler.explain.changes import changed_case
from scheduler.explain.harm import harm_of
from scheduler.priority import RULE
from scheduler.rules import CEILING, PLAN_RULES
from scheduler.verify import about_placement

WISH = N_("What is said of wish {rank} of {candidate} is not true.")
HELP = N_("What is said to help {candidate} does not.")
CONSENT = N_("The exchange between {candidate} and {other} that is proposed is not possible.")


def check_statements(plan: Plan, case: Case) -> list[Finding]:
    """Every statement about another plan that does not hold; the plan itself is sound."""
    return [*_wishes(plan, case), *_help(plan, case), *_consents(plan, case)]


def _wishes(plan: Plan, case: Case) -> Iterator[Finding]:
    for entry in plan.explanations:
        if not _harm_holds(plan.answer(), case, entry):
            yield finding(WISH, candidate=entry.candidate_id, rank=entry.rank)


def _harm_holds(placements: Sequence[Placement], case: Case, entry: ExplanationEntry) -> bool:
    """Whether the plan with the wish keeps every rule, meets it, and costs what is said."""
    harm, who = entry.harm, entry.candidate_id
    if harm is None or harm.kind == "rules":
        return harm is None or (entry.outcome == "taken" and harm.exact and not harm.changes)
    if not _possible(case, [c.placement.placement() for c in harm.changes if c.placement]):
        return False
    other = changed(placements, harm.changes)
    rows = [r for r in case.round.ranked.get(who, ()) if r.rank == entry.rank]
    met = any(
        row.matches(*case.round.vacancy[s.vacancy_id].department_key)
        for row in rows
        for p in other
        if p.candidate_id == who
        for s in p.bare
    )
    return (
        met and _keeps_rules(case, other) and harm_of(case, placements, other, harm.exact) == harm
    )


def _help(plan: Plan, case: Case) -> Iterator[Finding]:
    for entry in plan.help:
        for remedy in entry.remedies:
            if not _helps(plan.answer(), case, entry.candidate_id, remedy):
                yield finding(HELP, candidate=entry.candidate_id)


def _helps(placements: Sequence[Placement], case: Case, who: str, remedy: RemedyEntry) -> bool:
    """Whether the placement keeps every rule in the changed round, everybody else as they are."""
    if who not in case.choices or not remedy.changes:
        return False
    now = next((p for p in placements if p.candidate_id == who), None)
    placement = remedy.placement.placement()
    if placement.candidate_id != who or (now is not None and placement.points >= now.points):
        return False
    try:
        then = changed_case(case, who, remedy.changes)
    except (KeyError, ValueError):
        return False
    others = [p for p in placements if p.candidate_id != who]
    return _possible(then, [placement]) and _keeps_rules(then, [*others, placement])


def _consents(plan: Plan, case: Case) -> Iterator[Finding]:
    for entry in plan.consents:
        if not _works(plan.answer(), case, entry):
            yield finding(CONSENT, candidate=entry.first, other=entry.second)


def _works(placements: Sequence[Placement], case: Case, entry: ConsentEntry) -> bool:
    """Whether the exchange keeps every rule once the first has consented."""
    instead, then = entry.instead.placement(), entry.then.placement()
    placed = {p.candidate_id for p in placements}
    people = (instead.candidate_id, then.candidate_id)
    if people != (entry.first, entry.second) or entry.first not in placed or people[1] in placed:
        return False
    consent = Waiver(
        candidate_id=entry.first,
        rule=RULE,
        approved_by="-",
        approved_on=case.round.run_date,
        reason="-",
    )
    with_it = replace(case, round=case.round.changed(waivers=(*case.round.waivers, consent)))
    others = [p for p in placements if p.candidate_id not in people]
    return _possible(with_it, [instead, then]) and _keeps_rules(with_it, [*others, instead, then])


def _possible(case: Case, placements: Sequence[Placement]) -> bool:
    """Whether each placement, by itself, is one that its candidate can have."""
    return all(
        p.candidate_id in case.choices
        and all(s.vacancy_id in case.round.vacancy for s in p.bare)
        and not any(True for _ in about_placement(case, p))
        for p in placements
    )


def _keeps_rules(case: Case, placements: Sequence[Placement]) -> bool:
    rules = (*PLAN_RULES, CEILING)
    return not any(True for rule in rules for _ in rule.violations(case, placements))
