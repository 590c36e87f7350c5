"""Who does the tasks: processes of this machine, or (cluster.py) other machines."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from threading import Lock

from models.finding import N_, Finding, finding
from scheduler.studies.checking import Result, own_result, raised
from scheduler.studies.task import Limits, Task
from scheduler.support.workers import Lost, Tell, Workers

# Called with the number of a task and what came of it, a task at a time; a Finding says why it
# has no result.
Heard = Callable[[int, Result | Finding], None]

# A task is begun so many times before it is given up.
ATTEMPTS = 3

_DIED = N_("The process that did it ended {n} times before it was done.")


def died(times: int) -> Finding:
    """What is said of a task that ended whatever process did it."""
    return finding(_DIED, n=times)


class Executor(ABC):
    """Does tasks, each by itself: what becomes of one changes nothing for the others."""

    # Whether tasks leave this machine.
    elsewhere = False

    @property
    @abstractmethod
    def at_once(self) -> int:
        """How many tasks are done at the same time, as far as is known."""

    def ready(self) -> None:
        """See that those who do the tasks can be reached. Raises ClusterError."""

    @abstractmethod
    def run(self, tasks: Sequence[Task], limits: Limits, heard: Heard) -> None:
        """Do the tasks, in any order; each is heard of once. What `heard` raises ends the work."""


class Local(Executor):
    """So many processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    @property
    def at_once(self) -> int:
        return self._workers

    def run(self, tasks: Sequence[Task], limits: Limits, heard: Heard) -> None:
        with Workers(limits, self._workers) as processes:
            once = _Once(heard)
            left = list(range(len(tasks)))
            for _ in range(ATTEMPTS):
                found = processes.map(
                    _do,
                    [partial(once.arguments, tasks[n]) for n in left],
                    tell=once.numbered(left),
                )
                left = [n for n, own in zip(left, found, strict=True) if isinstance(own, Lost)]
        for number in left:
            heard(number, died(ATTEMPTS))


class _Once:
    """Passes on what is heard, from whichever thread, until that fails."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._lock = Lock()
        self._failed: BaseException | None = None

    def arguments(self, task: Task) -> tuple[Task]:
        """The task, if what comes of it can be heard still."""
        if self._failed is not None:
            raise self._failed
        return (task,)

    def numbered(self, numbers: Sequence[int]) -> Heard:
        """Passes on what is heard of tasks by their place among these numbers."""
        return lambda place, result: self._pass_on(numbers[place], result)

    def _pass_on(self, number: int, result: Result | Finding) -> None:
        with self._lock:
            if self._failed is None:
                try:
                    self._heard(number, result)
                except BaseException as error:
                    self._failed = error
                    raise


def _do(limits: Limits, task: Task, tell: Tell) -> None:
    """What a process does: it tells the result, and has none for whoever waits for all."""
    try:
        result = own_result(task, limits)
    except Exception as error:  # noqa: BLE001 - told as what became of the task
        tell(raised(error))
    else:
        tell(result)
