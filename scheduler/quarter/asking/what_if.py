"""A round as it would be, solved and compared with the plan there is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.conflict import Conflict
from models.finding import N_, Finding, finding
from models.placement import Placement
from models.plan import Plan
from models.round import Round
from scheduler.conflicts.promises import find_conflicts
from scheduler.listing.options import make_case
from scheduler.listing.soundness import about_placement, broken_rule
from scheduler.quarter.comparing.compare import Cause, ChangeKind, Told
from scheduler.quarter.comparing.input_changes import InputChanges
from scheduler.quarter.comparing.reasons import NO_SINGLE, compare, different_numbers
from scheduler.quarter.comparing.side import Side
from scheduler.quarter.comparing.touching import sentences
from scheduler.solver.clock import Clock
from scheduler.solver.solve import solve
from scheduler.support.errors import RefusedError
from scheduler.support.watch import Watch

_SAME_INPUT = N_("The input is as it was: the change changes nothing in it.")
_SAME_PLAN = N_("The plan would be the same.")
_STILL = N_("{candidate} would still be without a place.")
_FOLLOWS = N_("This follows from the change: the whole plan was weighed anew.")
_PROMISE = N_("This would break a promise that holds now:")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The plan there is and the one there would be, and what became of everybody.

    `notes` tell the change itself, and whether it does anything; `broken` what promises it would
    break.
    """

    before: Side
    after: Side
    told: Sequence[Told]
    notes: tuple[Finding, ...]
    broken: tuple[Finding, ...]


def what_if(
    plan: Plan,
    round: Round,
    changed: Round,
    *,
    previous: tuple[Placement, ...] | None = None,
    clock: Clock | None = None,
    workers: int = 1,
    watch: Watch | None = None,
) -> WhatIf:
    """Solve the changed round, and compare what comes of it with the plan of the round.

    `previous` is the plan before it, for a policy that holds on to that; `watch` is told how far
    the work has come. Raises RefusedError if the
    new plan does not pass its check, SolverFaultError if the solver contradicts itself.
    """
    case = make_case(changed, previous)
    report = (watch or Watch()).report
    solution = solve(case, clock=clock, workers=workers, examine=False, report=report)
    wrong = [f for p in solution.placements for f in about_placement(case, p)]
    several = broken_rule(case, solution.placements)
    if wrong or several is not None:
        raise RefusedError(*wrong, *([several] if several is not None else ()))
    before, after = Side.of_plan(plan, round), Side.of_solution(changed, solution)
    told = [_from_the_change(one) for one in compare(before, after)]
    known = {c.finding for c in find_conflicts(round)}
    broken = [_whose(c) for c in find_conflicts(changed) if c.finding not in known]
    notes = list(_change(before, after, round, changed))
    if not any(one.change.left or one.change.taken for one in told):
        notes.append(finding(_SAME_PLAN))
    else:
        changes = InputChanges(round, changed)
        still = [
            one.change.candidate_id
            for one in told
            if one.change.kind is ChangeKind.WAITING and changes.about(one.change.candidate_id)
        ]
        notes += [finding(_STILL, candidate=who) for who in still]
    if broken:
        notes += [finding(_PROMISE), *broken]
    return WhatIf(before, after, told, tuple(notes), tuple(broken))


def _from_the_change(told: Told) -> Told:
    """Nothing but the change is different, so what has no nearer reason comes of it."""
    if told.reasons != (finding(NO_SINGLE),):
        return told
    return replace(told, cause=Cause.INPUT, reasons=(finding(_FOLLOWS),))


def _whose(conflict: Conflict) -> Finding:
    told = (conflict.finding,)
    return finding(N_("{candidates}: {problem}"), candidates=conflict.candidate_ids, problem=told)


def _change(before: Side, after: Side, round: Round, changed: Round) -> list[Finding]:
    """What is different in the input, in sentences."""
    found = sentences(InputChanges(round, changed).rows)
    if round.run_date != changed.run_date:
        told = N_("The run date would be {day}.")
        found.append(finding(told, day=changed.run_date))
    if round.next_round_date != changed.next_round_date:
        told = N_("The next round would be on {day}.")
        found.append(finding(told, day=changed.next_round_date))
    if round.seed != changed.seed:
        found.append(finding(N_("The seed of the lot would be {seed}."), seed=changed.seed))
    if different_numbers(before, after):
        found.append(finding(N_("The policy would be {policy}."), policy=changed.policy_name))
    return found or [finding(_SAME_INPUT)]
