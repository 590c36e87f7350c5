"""Checking a plan against every rule and recomputing its numbers, without the solver."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from models.entry import GoalNumber
from models.finding import N_, Finding, Value, finding
from models.placement import Placement
from models.plan import ConflictEntry, LockEntry, Plan, RoundEntry, UnplacedEntry, policy_entry
from models.round import Round
from scheduler.conflicts.remedies import conflict_entries
from scheduler.goals.base import Value as GoalValue
from scheduler.goals.catalogue import goals_of
from scheduler.goals.lot import before_lot
from scheduler.listing.options import first_refusal
from scheduler.listing.waiting_list import waiting_list
from scheduler.problem.alternatives import changed
from scheduler.problem.case import Case
from scheduler.problem.option import Option, Part, deviations
from scheduler.problem.points import option_points, wish_rank
from scheduler.rules.catalogue import CEILING, PLAN_RULES

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
        if not any(_names_nothing(f) for f in wrong):
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
    return found


_UNKNOWN_CANDIDATE = N_("{candidate} is placed, but is not in the candidates sheet.")
_UNKNOWN_VACANCY = N_("{candidate} is placed in {vacancy}, which is not in the vacancies sheet.")
_NOT_OPEN = N_("{candidate} is placed, but cannot get anything new in this round.")


def _names_nothing(found: Finding) -> bool:
    return found.message in (_UNKNOWN_CANDIDATE, _UNKNOWN_VACANCY, _NOT_OPEN)


def _facts(plan: Plan, round: Round) -> Iterator[Finding]:
    # The language is the workbook's own affair.
    if plan.round != RoundEntry.of(round, plan.round.language):
        yield finding(N_("The plan is for another round than the input."))
    if plan.policy != policy_entry(round):
        yield finding(N_("The plan was made with other policy numbers than the input names."))
    decisive = plan.goals[: before_lot([g.id for g in plan.goals])]
    proved = all(g.proof != "none" for g in decisive)
    if (plan.status == "optimal") != proved:
        yield finding(N_("The plan's status does not agree with the proofs of its goals."))


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
        if refusal.rule in ("fit", "duration"):
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


def _goals(plan: Plan, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
    goals = goals_of(case)
    if [g.id for g in plan.goals] != [g.id for g in goals]:
        yield finding(N_("The plan's goals are not the policy's goals in their order."))
        return
    for entry, goal in zip(plan.goals, goals, strict=True):
        true = as_number(goal.value(case, placements))
        if entry.value != true:
            yield finding(
                N_("Goal {goal} is given as {given}, but the plan's value is {true}."),
                goal=goal.id,
                given=str(entry.value),
                true=str(true),
            )
        if entry.proof != "none" and entry.bound != entry.value:
            yield finding(
                N_("Goal {goal} is called proved, but its bound {bound} is not its value {value}."),
                goal=goal.id,
                bound=str(entry.bound),
                value=str(entry.value),
            )
        elif _better_than_bound(entry.value, entry.bound, goal.maximise):
            yield finding(
                N_("Goal {goal} has the value {value}, better than its bound {bound}."),
                goal=goal.id,
                bound=str(entry.bound),
                value=str(entry.value),
            )


def _others(plan: Plan, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
    """The plans said to be as good, or as good but for the lot, are checked like this one."""
    if (plan.unique is False) != bool(plan.other_plan):
        yield finding(N_("The plan does not agree with itself on whether it is the only one."))
    own = frozenset(placements)
    values = {g.id: g.value(case, placements) for g in goals_of(case)}
    goals = [g for g in goals_of(case) if g.id != "lot"]
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


def as_number(value: GoalValue) -> GoalNumber:
    """A goal's value as plan.json writes it."""
    return value if isinstance(value, int) else list(value)


def _lists(plan: Plan, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
    round = case.round
    yield from _same(
        plan.locks,
        [LockEntry.of(k) for k in round.locks],
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
    missing, extra = list(true), []
    for entry in given:
        if entry in missing:
            missing.remove(entry)
        else:
            extra.append(entry)
    for entry in (*extra, *missing):
        yield finding(text, candidate=about(entry))
