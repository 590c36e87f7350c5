"""A study: every combination done, or done before, and what came of it."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.finding import Finding
from models.round import Round
from scheduler.studies.checking import Result
from scheduler.studies.combinations import Combination
from scheduler.studies.executor import Executor
from scheduler.studies.task import Limits, Task

# The first few tell nothing of how long the others take: processes begin meanwhile.
_TELLING = 5


class Store(Protocol):
    """Where results are kept from one call to the next."""

    def load(self, task: Task) -> Result | None:
        """What came of a task that was done before."""

    def store(self, result: Result) -> None:
        """Keep what came of a task."""


class Nowhere:
    """Keeps nothing."""

    def load(self, task: Task) -> Result | None:
        return None

    def store(self, result: Result) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a study has come: tasks done now or before, and given up; how many there are; and
    the seconds to go, as far as they can be told.
    """

    done: int
    failed: int
    total: int
    seconds: float | None

    @property
    def left(self) -> int:
        """How many are neither done nor given up."""
        return self.total - self.done - self.failed


class StudyWatch:
    """Is told; does nothing about it."""

    def stand(self, stand: Stand) -> None:
        """The study has come so far."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one combination. `run_date` is the round's."""

    round: int
    run_date: date
    variant: str
    seed: int
    result: Result


@dataclass(frozen=True, slots=True)
class Undone:
    """A combination without a result, and why."""

    round: int
    variant: str
    seed: int
    why: Finding


@dataclass(frozen=True)
class Study:
    """All rows in the order of rounds, policies and seeds; those that are missing; the names of
    the policies, of which the first is what the others are compared with.
    """

    rows: tuple[Row, ...]
    undone: tuple[Undone, ...]
    variants: tuple[str, ...]
    # Whether each policy counts points as the first does, so that they can be compared.
    alike: tuple[bool, ...]

    @property
    def proved(self) -> bool:
        """Whether all was done, and every plan proved."""
        return not self.undone and all(r.result.proof != "none" for r in self.rows)


def do_tasks(
    tasks: Iterable[Task],
    executor: Executor,
    limits: Limits,
    store: Store,
    watch: StudyWatch,
) -> dict[str, Result | Finding]:
    """What comes of tasks, by their keys: from the store where they were done before. Each is done
    once, however often it is named.
    """
    named = {task.key: task for task in tasks}
    found: dict[str, Result | Finding] = {}
    started, kept = time.monotonic(), 0

    def tell() -> None:
        failed = sum(isinstance(own, Finding) for own in found.values())
        new, left = len(found) - kept, len(named) - len(found)
        seconds = (time.monotonic() - started) / new * left if new >= _TELLING else None
        watch.stand(Stand(len(found) - failed, failed, len(named), seconds))

    tell()
    for key, task in named.items():
        before = store.load(task)  # checked anew, which takes its time
        if before is not None:
            found[key] = before
            kept += 1
            tell()
    todo = [task for key, task in named.items() if key not in found]
    started = time.monotonic()

    def heard(number: int, result: Result | Finding) -> None:
        if isinstance(result, Result):
            store.store(result)
        found[todo[number].key] = result
        tell()

    if todo:
        executor.run(todo, limits, heard)
    return found


def make_study(
    rounds: Sequence[Round],
    combined: Sequence[Combination],
    alike: Sequence[bool],
    found: dict[str, Result | Finding],
) -> Study:
    """The study of what came of each combination."""
    rows, undone = [], []
    for own in combined:
        result = found[own.task.key]
        if isinstance(result, Finding):
            undone.append(Undone(own.round, own.variant, own.seed, result))
        else:
            day = rounds[own.round - 1].run_date
            rows.append(Row(own.round, day, own.variant, own.seed, result))
    names = tuple(dict.fromkeys(own.variant for own in combined))
    return Study(tuple(rows), tuple(undone), names, tuple(alike))
