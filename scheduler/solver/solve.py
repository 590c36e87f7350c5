"""From a case to the proven best plan: programme, components, solver, placements."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.placement import Placement
from models.proved import Proved
from scheduler.goals.base import Goal, Stage, Value
from scheduler.goals.lot import before_lot
from scheduler.listing.building import build_program
from scheduler.problem.case import Case
from scheduler.problem.option import Option, Part
from scheduler.problem.placing import make_placement
from scheduler.program.components import Component, components
from scheduler.program.program import Program
from scheduler.solver.clock import Clock
from scheduler.solver.component import Job, Limits, solve_parts
from scheduler.solver.optimal_set import Optimum
from scheduler.solver.questions.counterfactual import Counterfactuals
from scheduler.solver.result import ComponentResult
from scheduler.support.watch import Progress


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal's value over all parts, the best that might be possible, and the proof."""

    goal_id: str
    value: Value
    bound: Value | None
    proof: Proved


@dataclass(frozen=True)
class Work:
    """What a solution was made with, for questions about it."""

    program: Program
    stages: tuple[Stage, ...]
    parts: tuple[Component, ...]
    results: tuple[ComponentResult, ...]
    optima: tuple[Optimum, ...]

    def attach(self) -> None:
        """Put together what comes from another process."""
        for optimum, part in zip(self.optima, self.parts, strict=True):
            optimum.pool.attach(part)

    @cached_property
    def counterfactuals(self) -> tuple[Counterfactuals, ...]:
        """Of each part, who answers questions about it."""
        parts = zip(self.parts, self.optima, strict=True)
        return tuple(Counterfactuals(self.program, part, optimum) for part, optimum in parts)

    def __reduce__(self) -> tuple[object, ...]:
        return Work, (self.program, self.stages, self.parts, self.results, self.optima)


@dataclass(frozen=True, slots=True)
class Solution:
    """The plan found. `unique` is None where it was not examined.

    Where it is false, `other` is another plan that is as good. `by_lot` are plans that are as
    good in all goals before the lot, each with as few changes as can be; `lot_examined` says
    whether everybody whose placement only the lot decided is in them. In `lost` parts the process
    broke down: they keep every rule, and nothing of them is proved.
    """

    placements: tuple[Placement, ...]
    goals: tuple[GoalResult, ...]
    unique: bool | None
    other: tuple[Placement, ...] | None
    by_lot: tuple[tuple[Placement, ...], ...]
    lot_examined: bool
    work: Work = field(compare=False, repr=False)
    lost: int = 0

    @property
    def optimal(self) -> bool:
        """Whether every goal is proved, a lot at the end aside."""
        decisive = self.goals[: before_lot([g.goal_id for g in self.goals])]
        return all(g.proof is not Proved.NONE for g in decisive)


def solve(
    case: Case,
    *,
    clock: Clock | None = None,
    workers: int = 1,
    report: Callable[[Progress], None] = lambda _: None,
    examine: bool = True,
    work: float | None = None,
    lot_work: float | None = 0.0,
    again: bool = False,
) -> Solution:
    """The best plan of a case; parts that nothing ties together are solved side by side.

    With `examine`, whether another plan is as good is looked into. `work` (see Clock; None: no
    limit) is for each part, and so is `lot_work`, for finding what only the lot decided.

    With `again`, searches have other settings than usual, for whoever doubts the first.

    The result does not depend on `workers`. Raises SolverFaultError if the solver contradicts
    itself. When the clock stops the work, what is not proved says so.
    """
    clock = clock or Clock()
    program, goals = build_program(case)
    stages = tuple(stage for _, own in goals for stage in own)
    parts = tuple(components(program))

    def heard(number: int, stage: int, value: int, bound: int | None) -> None:
        report(Progress(stages[stage].goal_id, number + 1, len(parts), value, bound))

    job = Job(program, stages, parts, clock)
    solved = solve_parts(job, workers, Limits(work, lot_work, again), examine=examine, tell=heard)
    results = [own.result for own in solved]
    equals = [own.equals for own in solved]

    def instead(number: int, taken: Iterable[int]) -> tuple[Placement, ...]:
        """The plan with other columns in one part."""
        others = [r.taken for n, r in enumerate(results) if n != number]
        return placements_of(program, [*others, taken])

    placements = placements_of(program, [r.taken for r in results])
    return Solution(
        placements,
        tuple(_goal_results(case, goals, results, placements)),
        _unique([r.unique for r in results]),
        next((instead(n, r.other) for n, r in enumerate(results) if r.other is not None), None),
        tuple(instead(n, taken) for n, (plans, _) in enumerate(equals) for taken in plans),
        all(examined for _, examined in equals),
        Work(
            program,
            stages,
            parts,
            tuple(results),
            tuple(own.optimum for own in solved),
        ),
        sum(own.lost for own in solved),
    )


def _unique(parts: Sequence[bool | None]) -> bool | None:
    if any(u is False for u in parts):
        return False
    return None if any(u is None for u in parts) else True


def _goal_results(
    case: Case,
    goals: Sequence[tuple[Goal, list[Stage]]],
    results: Sequence[ComponentResult],
    placements: Sequence[Placement],
) -> list[GoalResult]:
    found = []
    start = 0
    for goal, stages in goals:
        numbers = range(start, start + len(stages))
        start += len(stages)
        bounds: list[int] = []
        proofs: set[Proved] = set()
        for n in numbers:
            own = [r.stages[n] for r in results]
            known = [s.bound for s in own if s.bound is not None]
            if len(known) == len(own):
                bounds.append(sum(known))
            proofs.update(s.proof for s in own)
        complete = len(bounds) == len(stages)
        bound = goal.shown(case, bounds) if complete else None
        value = goal.value(case, placements)
        found.append(GoalResult(goal.id, value, bound, _weakest(proofs)))
    return found


def _weakest(proofs: set[Proved]) -> Proved:
    return next((p for p in (Proved.NONE, Proved.SEARCH) if p in proofs), Proved.BOUND)


def placements_of(program: Program, taken: Iterable[Iterable[int]]) -> tuple[Placement, ...]:
    """The placements that columns stand for, in the order of candidates."""
    options: dict[str, list[Option]] = {}
    for columns in taken:
        for index in columns:
            option = program.columns[index].option
            if option is not None:
                options.setdefault(option.candidate_id, []).append(option)
    return tuple(_placement(program, who, options[who]) for who in sorted(options))


def _placement(program: Program, who: str, options: Sequence[Option]) -> Placement:
    segments = tuple(sorted(s for o in options for s in o.segments))
    option = Option(who, options[0].shape, Part.WHOLE, segments)
    return make_placement(program.case, option)
