"""From a round that was read to a plan that was checked: the verbs behind `alis plan`."""

import time
from collections.abc import Callable, Sequence

from models.finding import Finding
from models.placement import Placement
from models.plan import (
    SCHEMA,
    ConflictEntry,
    GoalEntry,
    LockEntry,
    PlacementEntry,
    Plan,
    RoundEntry,
    SolverEntry,
    UnplacedEntry,
    policy_entry,
)
from models.round import Round
from scheduler.case import Case
from scheduler.conflicts import find_conflicts
from scheduler.engine import Progress, Solution, solve
from scheduler.engine.clock import Clock
from scheduler.engine.cpsat import solver_version
from scheduler.explain.wishes import explain_wishes
from scheduler.goals import goals_of
from scheduler.options import list_choices
from scheduler.tables import ReadResult
from scheduler.verify import as_number, verify
from scheduler.version import __version__
from scheduler.waiting import waiting_list


class RefusedError(Exception):
    """The finished plan did not pass its own check, so nothing is written."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f.message for f in findings))
        self.findings = tuple(findings)


def make_case(round: Round, previous: tuple[Placement, ...] | None = None) -> Case:
    """The case of a round: its options listed, with the plan before it if there is one."""
    return Case(round, list_choices(round), previous)


def make_plan(
    read: ReadResult,
    case: Case,
    *,
    clock: Clock | None = None,
    workers: int = 1,
    report: Callable[[Progress], None] = lambda _: None,
) -> Plan:
    """Solve the case, put the plan together and check it.

    Raises RefusedError if the check finds anything wrong, SolverFaultError if the solver
    contradicts itself.
    """
    started = time.monotonic()
    solution = solve(case, clock=clock, workers=workers, report=report)
    plan = _plan(read, case, solution, time.monotonic() - started)
    wrong = verify(plan, case)
    if wrong:
        raise RefusedError(wrong)
    return plan


def _plan(read: ReadResult, case: Case, solution: Solution, seconds: float) -> Plan:
    round, placements = case.round, solution.placements
    return Plan(
        schema=SCHEMA,
        product=f"alis {__version__}",
        solver=SolverEntry(
            name="OR-Tools CP-SAT", version=solver_version(), seconds=round_to(seconds)
        ),
        round=RoundEntry.of(round, read.language),
        input=read.checksums,
        policy=dict(policy_entry(round)),
        status="optimal" if solution.optimal else "feasible",
        unique=solution.unique,
        goals=[
            GoalEntry(
                id=goal.id,
                value=as_number(goal.value(case, placements)),
                bound=None if result.bound is None else as_number(result.bound),
                proof=result.proof.value,
            )
            for goal, result in zip(goals_of(case), solution.goals, strict=True)
        ],
        placements=[PlacementEntry.of(p) for p in placements],
        locks=[LockEntry.of(k) for k in round.locks],
        unplaced=[
            UnplacedEntry(candidate_id=c.candidate_id, part=part.value)
            for c, part in waiting_list(round, placements)
        ],
        set_aside=list(read.set_aside),
        conflicts=[ConflictEntry.of(c) for c in find_conflicts(round)],
        explanations=explain_wishes(case, placements),
    )


def round_to(seconds: float) -> float:
    """Seconds with two decimals; more would be noise."""
    return float(f"{seconds:.2f}")
