"""Checking a plan against every rule and recomputing its numbers, without the solver."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from models.entry import GoalNumber
from models.finding import N_, Finding, Term, finding
from models.placement import Placement
from models.plan import ConflictEntry, LockEntry, Plan, RoundEntry, UnplacedEntry, policy_entry
from models.proved import Proved
from models.round import Round
from scheduler.conflicts.remedies import conflict_entries
from scheduler.goals.base import as_number
from scheduler.goals.catalogue import goals_of
from scheduler.goals.lot import Lot, before_lot
from scheduler.listing.soundness import about_placement, keeps_rules, names_nothing, possible
from scheduler.listing.waiting_list import waiting_list
from scheduler.problem.alternatives import changed
from scheduler.problem.case import Case
from scheduler.rules.catalogue import CEILING, PLAN_RULES
from scheduler.verification.figures import check_figures
from scheduler.verification.need import check_need

T = TypeVar("T")


def verify(
    plan: Plan, case: Case, conflicts: Sequence[ConflictEntry] | None = None
) -> list[Finding]:
    """Everything that is wrong with the plan; empty if it keeps every rule and adds up.

    `case` is the round that the plan is said to be for, with the plan before it if the plan
    has the goal `unchanged`. `conflicts` are those of the case with what resolves them, if they are
    known: finding them takes long where there are many.
    """
    round = case.round
    placements = plan.answer()
    found = list(_facts(plan, round))
    sound = []
    for placement in placements:
        wrong = list(about_placement(case, placement))
        found.extend(wrong)
        if not any(names_nothing(f) for f in wrong):
            sound.append(placement)
    for rule in PLAN_RULES:
        found.extend(rule.violations(case, sound))
    found.extend(CEILING.violations(case, sound))
    if len(sound) == len(placements):
        found.extend(_goals(plan, case, placements))
        found.extend(_lists(plan, case, placements))
    if not found:  # these take longer, and lean on the plan being sound
        found.extend(
            _conflicts(plan, conflict_entries(case, placements) if conflicts is None else conflicts)
        )
        found.extend(_others(plan, case, placements))
        found.extend(check_need(plan, case))
        found.extend(check_figures(plan, round))
    return found


def _facts(plan: Plan, round: Round) -> Iterator[Finding]:
    # The language is the workbook's own affair.
    if plan.round != RoundEntry.from_round(round, plan.round.language):
        yield finding(N_("The plan is for another round than the input."))
    if plan.policy != policy_entry(round):
        yield finding(N_("The plan was made with other policy numbers than the input names."))
    people = [p.candidate_id for p in plan.placements]
    if people != sorted(people):
        yield finding(N_("The placements do not stand in the order of their candidates."))
    decisive = plan.goals[: before_lot([g.id for g in plan.goals])]
    proved = all(g.proof is not Proved.NONE for g in decisive)
    if (plan.status == "optimal") != proved:
        yield finding(N_("The plan's status does not agree with the proofs of its goals."))


def _goals(plan: Plan, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
    goals = goals_of(case)
    if [g.id for g in plan.goals] != [g.id for g in goals]:
        yield finding(N_("The plan's goals are not the policy's goals in their order."))
        return
    for entry, goal in zip(plan.goals, goals, strict=True):
        true = as_number(goal.value(case, placements))
        if entry.value != true:
            yield finding(
                N_("The goal “{goal}” is given as {given}, but the plan's value is {true}."),
                goal=Term(goal.name),
                given=str(entry.value),
                true=str(true),
            )
        if entry.proof is not Proved.NONE and entry.bound != entry.value:
            yield finding(
                N_(
                    "The goal “{goal}” is called proved, but the best possible, {bound}, is not "
                    "its value {value}."
                ),
                goal=Term(goal.name),
                bound=str(entry.bound),
                value=str(entry.value),
            )
        elif _better_than_bound(entry.value, entry.bound, goal.maximise):
            yield finding(
                N_(
                    "The goal “{goal}” has the value {value}, better than the best possible, "
                    "{bound}."
                ),
                goal=Term(goal.name),
                bound=str(entry.bound),
                value=str(entry.value),
            )


def _others(plan: Plan, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
    """The plans said to be as good, or as good but for the lot, are checked like this one."""
    if (plan.unique is False) != bool(plan.other_plan):
        yield finding(N_("The plan does not agree with itself on whether it is the only one."))
    own = frozenset(placements)
    values = {g.id: g.value(case, placements) for g in goals_of(case)}
    goals = [g for g in goals_of(case) if g.id != Lot.id]
    before_lot = [(group, goals) for group in plan.lot.groups]
    as_good = [(plan.other_plan, goals_of(case))] if plan.other_plan else []
    for entries, equal in (*before_lot, *as_good):
        other = changed(placements, entries)
        people = ", ".join(e.candidate_id for e in entries)
        sound = (
            bool(entries)
            and possible(case, [p for p in other if p not in own])
            and keeps_rules(case, other)
            and all(g.value(case, other) == values[g.id] for g in equal)
        )
        if not sound:
            yield finding(
                N_("Another plan that is said to be as good is not one: {candidates}."),
                candidates=people,
            )


def _better_than_bound(value: GoalNumber, bound: GoalNumber | None, maximise: bool) -> bool:
    if not isinstance(value, int) or not isinstance(bound, int):
        return False
    return value > bound if maximise else value < bound


def _lists(plan: Plan, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
    round = case.round
    yield from _same(
        plan.locks,
        [LockEntry.from_lock(k) for k in round.locks],
        lambda k: k.candidate_id,
        N_("The lock of {candidate} is not as in the input."),
    )
    yield from _same(
        plan.unplaced,
        [
            UnplacedEntry(candidate_id=c.candidate_id, part=part.value)
            for c, part in waiting_list(round, placements)
        ],
        lambda u: u.candidate_id,
        N_("The waiting list is wrong about {candidate}."),
    )


def _conflicts(plan: Plan, true: Sequence[ConflictEntry]) -> Iterator[Finding]:
    """The conflicts, and that each proposal resolves its own."""
    yield from _same(
        plan.conflicts,
        true,
        lambda c: ", ".join(c.candidate_ids),
        N_("The list of conflicts is wrong about {candidate}."),
    )


def _same(
    given: Sequence[T], true: Sequence[T], about: Callable[[T], str], text: str
) -> Iterator[Finding]:
    """A finding for every entry of only one of the lists; or for the first that stands in another
    place.
    """
    missing, extra = list(true), []
    for entry in given:
        if entry in missing:
            missing.remove(entry)
        else:
            extra.append(entry)
    wrong = [*extra, *missing] or [one for one, two in zip(given, true, strict=True) if one != two]
    for entry in wrong if extra or missing else wrong[:1]:
        yield finding(text, candidate=about(entry))
