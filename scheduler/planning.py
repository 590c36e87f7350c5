"""From a round that was read to a plan that was checked: the verbs behind `alis plan`."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from models.certificate import Certificates
from models.entry import PlacementEntry
from models.need import NeedEntry
from models.placement import Placement
from models.plan import (
    SCHEMA,
    ComparisonEntry,
    ConflictEntry,
    FiguresEntry,
    GoalEntry,
    LockEntry,
    LotEntry,
    Plan,
    RoundEntry,
    SolverEntry,
    UnplacedEntry,
    policy_entry,
)
from scheduler.conflicts.remedies import conflict_entries
from scheduler.explanations.all import Explained, explain
from scheduler.explanations.answers.need import need_of, people_of
from scheduler.explanations.asking import QUICK, Questions
from scheduler.explanations.other_policy import OtherPolicy, compare, not_compared
from scheduler.goals.base import as_number
from scheduler.goals.placed import Placed
from scheduler.input.reader import Origin
from scheduler.listing.waiting_list import waiting_list
from scheduler.problem.alternatives import changes
from scheduler.problem.case import Case
from scheduler.quarter.comparing.since import since_entry
from scheduler.solver.certificates import proof_of
from scheduler.solver.clock import Clock
from scheduler.solver.integer.cpsat import solver_version
from scheduler.solver.questions.one_fewer import one_fewer
from scheduler.solver.solve import Solution, solve
from scheduler.support.errors import RefusedError
from scheduler.support.watch import Watch
from scheduler.verification.plan import verify
from scheduler.verification.statements import check_statements
from scheduler.version import __version__


@dataclass(frozen=True, slots=True)
class Made:
    """A plan that passed its check, and the certificates of its goals; of `lost` parts the search
    broke down, and nothing of them is proved.
    """

    plan: Plan
    proof: Certificates
    lost: int


# Questions about other plans take about as much work (see Clock) each as the plan itself. They
# are asked where that was little, and get so much for each part; or else when asked for.
_LITTLE_UNITS = 2.0
_SIDE_UNITS = 4.0
# So much of a limit is for solving; the rest is for explaining.
_SOLVING_SHARE = 0.8


def make_plan(
    case: Case,
    *,
    origin: Origin | None = None,
    clock: Clock | None = None,
    workers: int = 1,
    watch: Watch | None = None,
    compare_with: OtherPolicy | None = None,
    thorough: bool = False,
    explain_fully: bool = False,
    before: Plan | None = None,
) -> Made:
    """Solve the case, answer what else would have been possible, put it together and check it.

    Where the answers would take much work they say that it was not examined, unless `thorough`;
    a comparison with a named policy is always made. Of a limit a part is kept for explaining. With
    `explain_fully`, what would get worse if a wish were met is proved however long it takes.
    What has changed since the plan `before` is told. `watch` is told how far the work has come.
    Raises RefusedError if the check finds anything wrong, SolverFaultError if the solver
    contradicts itself.
    """
    watch, origin = watch or Watch(), origin or Origin()
    started = time.monotonic()
    clock = clock or Clock()
    work = None if thorough else _SIDE_UNITS
    solving = clock.part(_SOLVING_SHARE) if clock.limits else clock
    solution = solve(case, clock=solving, workers=workers, report=watch.report, lot_work=work)
    fewer, comparison = None, not_compared(case.round, compare_with)
    if solution.optimal:
        ask = thorough or clock.spent <= _LITTLE_UNITS
        if ask and Placed.id in case.round.policy.goals:
            fewer = one_fewer(solution, clock=clock, work=work)
        if ask or compare_with is not None:
            limit = work if compare_with is None else None
            comparison = compare(case, compare_with, clock=clock, workers=workers, work=limit)
    proof = proof_of(solution.work)
    seconds = time.monotonic() - started
    depth = None if explain_fully else QUICK
    with Questions(solution, clock, depth, workers, watch.explaining) as asked:
        explained = explain(case, solution.placements, asked)
    conflicts = conflict_entries(case, solution.placements)
    need = need_of(case, solution.placements, clock)
    plan = _plan(origin, case, solution, seconds, fewer, comparison, explained, conflicts, need)
    if before is not None:
        plan = plan.model_copy(update={"since": since_entry(before, plan, case.round)})
    wrong = verify(plan, case, conflicts) or check_statements(plan, case, workers, watch.checking)
    if wrong:
        raise RefusedError(*wrong)
    return Made(plan, proof, solution.lost)


def _plan(
    origin: Origin,
    case: Case,
    solution: Solution,
    seconds: float,
    fewer: Sequence[Placement] | None,
    comparison: ComparisonEntry,
    explained: Explained,
    conflicts: list[ConflictEntry],
    need: NeedEntry,
) -> Plan:
    round, placements = case.round, solution.placements
    return Plan(
        schema=SCHEMA,
        product=f"alis {__version__}",
        solver=SolverEntry(
            name="OR-Tools CP-SAT", version=solver_version(), seconds=round_to(seconds)
        ),
        round=RoundEntry.from_round(round, origin.language),
        input=dict(origin.files),
        policy=dict(policy_entry(round)),
        status="optimal" if solution.optimal else "feasible",
        unique=solution.unique,
        other_plan=[] if solution.other is None else changes(placements, solution.other),
        lot=LotEntry(
            examined=solution.lot_examined,
            groups=[changes(placements, other) for other in solution.by_lot],
        ),
        one_fewer=None if fewer is None else FiguresEntry.from_placements(fewer),
        comparison=comparison,
        goals=[
            GoalEntry(
                id=result.goal_id,
                value=as_number(result.value),
                bound=None if result.bound is None else as_number(result.bound),
                proof=result.proof,
            )
            for result in solution.goals
        ],
        placements=[PlacementEntry.from_placement(p) for p in placements],
        locks=[LockEntry.from_lock(k) for k in round.locks],
        unplaced=[
            UnplacedEntry(candidate_id=c.candidate_id, part=part.value)
            for c, part in waiting_list(round, placements)
        ],
        set_aside=list(origin.set_aside),
        conflicts=conflicts,
        explanations=explained.explanations,
        help=explained.help,
        unused=explained.unused,
        turns=explained.turns,
        gave_way=explained.gave_way,
        consents=explained.consents,
        open_wishes=explained.open_wishes,
        need=need,
        people=people_of(round),
    )


def round_to(seconds: float) -> float:
    """Seconds with two decimals; more would be noise."""
    return float(f"{seconds:.2f}")
