"""Tasks in processes of this machine: all are done once, and what breaks one harms no other."""

from collections.abc import Sequence

import pytest

from models.finding import Finding, finding
from scheduler.studies.checking import Result
from scheduler.studies.executor import ATTEMPTS, Local
from scheduler.studies.study import Nowhere, Stand, StudyWatch, do_tasks
from scheduler.studies.task import Limits, Task
from scheduler.support.errors import CannotWriteError
from tests.studies.faults import Broken, Deadly
from tests.studies.rounds import combined


class Watched(StudyWatch):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[Stand] = []

    def stand(self, stand: Stand) -> None:
        self.told.append(stand)


class Kept(Nowhere):
    """Keeps results in memory; fails from a number on."""

    def __init__(self, most: int = 1000) -> None:
        self.results: list[Result] = []
        self._most = most

    def load(self, task: Task) -> Result | None:
        return next((r for r in self.results if r.key == task.key), None)

    def store(self, result: Result) -> None:
        if len(self.results) >= self._most:
            raise CannotWriteError(finding("The disk is full."))
        self.results.append(result)


def done(tasks: Sequence[Task], kept: Kept, watch: StudyWatch) -> dict[str, Result | Finding]:
    return do_tasks(tasks, Local(2), Limits(), kept, watch)


def test_what_breaks_is_told_and_all_else_is_done_once() -> None:
    _, some = combined(4)
    tasks = [own.task for own in some]
    deadly, broken = Deadly("0" * 64, b""), Broken("1" * 64, b"")
    kept, watch = Kept(), Watched()
    found = done([tasks[0], deadly, *tasks, broken, tasks[0]], kept, watch)
    assert [r.key for r in kept.results].count(tasks[0].key) == 1
    assert {r.key for r in kept.results} == {t.key for t in tasks}
    assert len(kept.results) == len(tasks)
    died, raised = found[deadly.key], found[broken.key]
    assert isinstance(died, Finding)
    assert isinstance(raised, Finding)
    assert died.value("n") == ATTEMPTS
    assert raised.value("kind") == "MemoryError"
    last = watch.told[-1]
    assert (last.done, last.failed, last.left) == (len(tasks), 2, 0)
    assert [s.done + s.failed for s in watch.told] == list(range(len(tasks) + 3))


def test_a_second_call_does_only_what_is_left() -> None:
    _, some = combined(3)
    tasks = [own.task for own in some]
    kept = Kept()
    first = done(tasks[:4], kept, StudyWatch())
    watch = Watched()
    second = done(tasks, kept, watch)
    assert [s.done for s in watch.told] == [*range(len(second) + 1)]
    assert all(s.seconds is None for s in watch.told[: len(first) + 1])
    assert first.items() <= second.items()
    assert len(kept.results) == len(second) == len(tasks)


def test_work_ends_where_nothing_can_be_kept() -> None:
    _, some = combined(6)
    kept = Kept(most=2)
    with pytest.raises(CannotWriteError, match="full"):
        done([own.task for own in some], kept, StudyWatch())
    assert len(kept.results) == 2
