"""Tasks and workers that break, lie, or are of another version."""

import os
from dataclasses import dataclass

from distributed import WorkerPlugin

from models.proved import Proved
from models.round import Round
from scheduler.problem.case import Case
from scheduler.solver.clock import Clock
from scheduler.solver.solve import Solution, solve
from scheduler.studies import task as module
from scheduler.studies.task import Answer, Limits, Task

# The seed of the lot in a round that ends whoever solves it.
POISON = "poison"
# What a worker does when nothing is wrong with it.
_true = (module.product, module.answer_of, module.solved)


@dataclass(frozen=True, slots=True)
class Deadly(Task):
    """Ends the process that does it, each time."""

    def round(self) -> Round:
        os._exit(1)


@dataclass(frozen=True, slots=True)
class Broken(Task):
    """Cannot be done: what it holds is none of ours."""

    def round(self) -> Round:
        raise MemoryError


def _deadly(case: Case, limits: Limits) -> tuple[Solution, float]:
    if case.round.seed.endswith(POISON):
        os._exit(1)
    return _true[2](case, limits)


def _fewer(solution: Solution, seconds: float) -> Answer:
    answer = _true[1](solution, seconds)
    return answer.model_copy(update={"placements": answer.placements[1:]})


def _claimed(case: Case, limits: Limits) -> tuple[Solution, float]:
    """The first plan that comes to mind."""
    return solve(case, clock=Clock(work=0.0), examine=False), 0.0


def _as_searched(solution: Solution, seconds: float) -> Answer:
    """Whatever was found, called proved by a search."""
    answer = _true[1](solution, seconds)
    goals = [g.model_copy(update={"proof": Proved.SEARCH, "bound": g.value}) for g in answer.goals]
    return answer.model_copy(update={"goals": goals})


def _old() -> str:
    return "alis 0.0.1, OR-Tools 9.0"


class Poisoned(WorkerPlugin):
    """Rounds with the poisonous seed end the worker, and each that takes its place."""

    name = "poisoned"

    def setup(self, worker: object) -> None:
        module.solved = _deadly

    def teardown(self, worker: object) -> None:
        mend()


def lie() -> None:
    """The worker leaves out one who is placed from now on."""
    module.answer_of = _fewer


def claim() -> None:
    """The worker calls the first plan that comes to mind the best from now on."""
    module.solved, module.answer_of = _claimed, _as_searched


def grow_old() -> None:
    """The worker is of another version from now on."""
    module.product = _old


def mend() -> None:
    """The worker is as it was."""
    module.product, module.answer_of, module.solved = _true


def number() -> int:
    """The number of the worker's process."""
    return os.getpid()
