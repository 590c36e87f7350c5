"""The parts of a programme, solved side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scheduler.goals.base import Stage
from scheduler.goals.lot import Lot
from scheduler.program.components import Component
from scheduler.program.program import Program
from scheduler.solver.clock import Clock, Shares
from scheduler.solver.lexicographic import Lexicographic, Report
from scheduler.solver.optimal_set import Optimum
from scheduler.solver.questions.counterfactual import Counterfactuals
from scheduler.solver.result import ComponentResult
from scheduler.support.workers import Lost, Workers


@dataclass(frozen=True)
class Job:
    """What every process has to know."""

    program: Program
    stages: tuple[Stage, ...]
    parts: tuple[Component, ...]
    clock: Clock = field(default_factory=Clock)

    def __reduce__(self) -> tuple[object, ...]:
        return Job, (self.program, self.stages, self.parts)  # another process, another clock


@dataclass(frozen=True, slots=True)
class Limits:
    """Work (see Clock) for a part, and for finding what only the lot decided in it; and how to
    search it.
    """

    work: float | None
    lot_work: float | None
    again: bool


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of a part, and the work that it took; `lost` if its process broke down."""

    result: ComponentResult
    equals: tuple[list[frozenset[int]], bool]
    optimum: Optimum
    spent: float
    lost: bool = False


def solve_parts(
    job: Job,
    workers: int,
    limits: Limits,
    *,
    examine: bool,
    tell: Callable[[int, int, int, int | None], None],
) -> list[Solved]:
    """Every part, in their order; `tell` is called with the number of a part and what is reported
    of it. Raises SolverFaultError if the solver contradicts itself in any of them.
    """
    sizes = [len(part.columns) for part in job.parts]
    shares = Shares(job.clock, workers, sizes)
    # The small ones first: what they leave of their share is for the large ones.
    order = sorted(range(len(sizes)), key=lambda n: (sizes[n], n))
    tasks = [lambda n=n: (n, *shares.next(n), limits, examine) for n in order]
    with Workers(job, _processes(workers, sizes)) as others:
        found = others.map(
            _solve_part,
            tasks,
            tell=lambda task, *what: tell(order[task], *what),
            stop=job.clock.stop,
        )
    solved: dict[int, Solved] = {}
    for number, own in zip(order, found, strict=True):
        if isinstance(own, Lost):
            own = _unsolved(job, job.parts[number])
        elif others.apart:
            own.optimum.pool.attach(job.parts[number])
            job.clock.count(own.spent)
        solved[number] = own
    return [solved[number] for number in range(len(sizes))]


def _solve_part(
    job: Job,
    number: int,
    seconds: float | None,
    units: float | None,
    limits: Limits,
    examine: bool,
    tell: Report,
) -> Solved:
    clock = job.clock.beside(seconds, units)
    before = clock.spent
    solving = Lexicographic(
        job.program, job.parts[number], clock.limited(limits.work), tell, again=limits.again
    )
    result = solving.solve(job.stages, examine=examine)
    equals: tuple[list[frozenset[int]], bool] = ([], False)
    lots = [n for n, stage in enumerate(job.stages) if stage.goal_id == Lot.id]
    if result.proved and lots:
        asked = Counterfactuals(job.program, job.parts[number], solving.optimum)
        equals = asked.equals(lots[-1], clock.limited(limits.lot_work))
    return Solved(result, equals, solving.optimum, clock.spent - before)


def _unsolved(job: Job, part: Component) -> Solved:
    """A part whose process broke down: a plan that keeps every rule, and nothing proved."""
    solving = Lexicographic(job.program, part, Clock(work=0.0), lambda *_: None)
    result = solving.solve(job.stages, examine=False)
    return Solved(result, ([], False), solving.optimum, 0.0, lost=True)


# Processes of their own take a second or two to begin; they pay for so many columns beside those
# of the largest part.
_WORTH_COLUMNS = 8000


def _processes(workers: int, sizes: Sequence[int]) -> int:
    beside = sum(sizes) - max(sizes, default=0)
    return 0 if workers == 1 or beside < _WORTH_COLUMNS else min(workers, len(sizes))
