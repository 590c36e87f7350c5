"""What it would take and give to place one candidate fewer."""

from dataclasses import replace

from models.placement import Placement
from scheduler.program.components import Component
from scheduler.program.program import Row
from scheduler.solver.clock import Clock
from scheduler.solver.lexicographic import Lexicographic
from scheduler.solver.solve import Solution, placements_of


def one_fewer(
    solution: Solution, *, clock: Clock, work: float | None
) -> tuple[Placement, ...] | None:
    """The best plan of those that place at least one candidate fewer; None if not examined.

    The sum over the parts is one fewer only if some part has one fewer, and the others are best
    as they are. So each part is solved anew with one fewer at most, and the best exchange of one
    part counts. `work` (see Clock) is for each part.
    """
    job = solution.work
    best: tuple[tuple[int, ...], int, tuple[int, ...]] | None = None
    for number, (part, result) in enumerate(zip(job.parts, job.results, strict=True)):
        own = set(part.columns)
        placing = [
            c.index
            for who in job.program.candidates.values()
            for c in who.placing
            if c.index in own
        ]
        placed = sum(i in result.taken for i in placing)
        if not placed:
            continue
        row = Row("one fewer", tuple((i, 1) for i in placing), None, placed - 1)
        smaller = Component(part.columns, (*part.rows, row))
        solving = Lexicographic(job.program, smaller, clock.limited(work), lambda *_: None)
        other = solving.solve(job.stages, examine=False)
        if not other.proved:
            return None
        loss = tuple(
            (before.value - after.value) * (1 if stage.maximise else -1)
            for stage, before, after in zip(job.stages, result.stages, other.stages, strict=True)
        )
        if best is None or loss < best[0]:
            best = (loss, number, other.taken)
    if best is None:
        return None
    results = list(job.results)
    results[best[1]] = replace(results[best[1]], taken=best[2])
    return placements_of(job.program, [r.taken for r in results])
