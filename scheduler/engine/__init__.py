"""From a case to the proven best plan: programme, components, solver, placements."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from models.placement import PlacedSegment, Placement, Shape
from scheduler import interrupt
from scheduler.case import Case
from scheduler.engine.cascade import Cascade
from scheduler.engine.clock import Clock
from scheduler.engine.components import Component, components
from scheduler.engine.result import ComponentResult, Proof
from scheduler.goals import goals_of
from scheduler.goals.base import Goal, Stage, Value
from scheduler.option import Option, Part, deviations
from scheduler.points import option_points, wish_rank
from scheduler.program import Program
from scheduler.rules import RULES


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come: a goal of one of the parts has a value and a bound."""

    goal_id: str
    part: int
    parts: int
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal's value over all parts, the best that might be possible, and the proof."""

    goal_id: str
    bound: Value | None
    proof: Proof


@dataclass(frozen=True, slots=True)
class Solution:
    """The plan found. `unique` is None where it was not examined."""

    placements: tuple[Placement, ...]
    goals: tuple[GoalResult, ...]
    unique: bool | None

    @property
    def optimal(self) -> bool:
        """Whether every goal is proved."""
        return all(g.proof is not Proof.NONE for g in self.goals)


def build_program(case: Case) -> tuple[Program, list[tuple[Goal, list[Stage]]]]:
    """The whole programme of a case, and the stages of its goals in order."""
    program = Program(case)
    goals = goals_of(case)
    for rule in RULES:
        rule.constrain(program)
    for goal in goals:
        goal.constrain(program)
    return program, [(goal, list(goal.stages(program))) for goal in goals]


def solve(
    case: Case,
    *,
    clock: Clock | None = None,
    workers: int = 1,
    report: Callable[[Progress], None] = lambda _: None,
) -> Solution:
    """The best plan of a case; parts that nothing ties together are solved side by side.

    The result does not depend on `workers`. Raises SolverFaultError if the solver contradicts
    itself. When the clock stops the work, what is not proved says so.
    """
    clock = clock or Clock()
    program, goals = build_program(case)
    stages = [stage for _, own in goals for stage in own]
    parts = components(program)

    def run(number: int, part: Component) -> ComponentResult:
        def told(stage: int, value: int, bound: int | None) -> None:
            report(Progress(stages[stage].goal_id, number + 1, len(parts), value, bound))

        return Cascade(program, part, clock, told).solve(stages)

    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        futures = [pool.submit(run, n, part) for n, part in enumerate(parts)]
        _wait(futures, clock)
    results = [f.result() for f in futures]
    return Solution(
        _placements(program, results),
        tuple(_goal_results(case, goals, results)),
        _unique([r.unique for r in results]),
    )


def _wait(futures: Sequence[Future[ComponentResult]], clock: Clock) -> None:
    """Wait in short steps, so that Ctrl-C is noticed and stops the searches."""
    try:
        while wait(futures, timeout=0.2).not_done:
            interrupt.check()
    except BaseException:
        for future in futures:
            future.cancel()
        clock.stop()
        raise


def _unique(parts: Sequence[bool | None]) -> bool | None:
    if any(u is False for u in parts):
        return False
    return None if any(u is None for u in parts) else True


def _goal_results(
    case: Case, goals: Sequence[tuple[Goal, list[Stage]]], results: Sequence[ComponentResult]
) -> list[GoalResult]:
    found = []
    start = 0
    for goal, stages in goals:
        numbers = range(start, start + len(stages))
        start += len(stages)
        bounds: list[int] = []
        proofs: set[Proof] = set()
        for n in numbers:
            own = [r.stages[n] for r in results]
            known = [s.bound for s in own if s.bound is not None]
            if len(known) == len(own):
                bounds.append(sum(known))
            proofs.update(s.proof for s in own)
        complete = len(bounds) == len(stages)
        found.append(
            GoalResult(goal.id, goal.shown(case, bounds) if complete else None, _weakest(proofs))
        )
    return found


def _weakest(proofs: set[Proof]) -> Proof:
    return next((p for p in (Proof.NONE, Proof.SEARCH) if p in proofs), Proof.BOUND)


def _placements(program: Program, results: Sequence[ComponentResult]) -> tuple[Placement, ...]:
    options: dict[str, list[Option]] = {}
    for result in results:
        for index in result.taken:
            option = program.columns[index].option
            if option is not None:
                options.setdefault(option.candidate_id, []).append(option)
    return tuple(_placement(program, who, options[who]) for who in sorted(options))


def _placement(program: Program, who: str, options: Sequence[Option]) -> Placement:
    segments = tuple(sorted(s for o in options for s in o.segments))
    shape = options[0].shape
    assert shape is not None
    return make_placement(program.case, Option(who, shape, Part.WHOLE, segments), shape)


def make_placement(case: Case, option: Option, shape: Shape) -> Placement:
    """The placement that a whole option is, with points, deviations and wish ranks."""
    round, who = case.round, option.candidate_id
    return Placement(
        who,
        shape,
        option_points(round, case.choices[who].counted, option),
        tuple(
            PlacedSegment(segment, months, wish_rank(round, who, segment))
            for segment, months in zip(option.segments, deviations(round, option), strict=True)
        ),
    )
