"""The tasks of one call, asked of the workers of a cluster until each has an answer that passes, or
is given up.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from models.finding import N_, Finding, finding
from scheduler.studies.asking.workers import look_for_workers
from scheduler.studies.checking import Result, agreed, checked_apart, raised
from scheduler.studies.executor import ATTEMPTS, Heard, died
from scheduler.studies.task import Task, answer
from scheduler.support import interrupt
from scheduler.support.errors import ClusterError
from scheduler.support.workers import Lost, Workers

if TYPE_CHECKING:
    from distributed import Client, Future

GONE = N_("The cluster at {address} is gone, or has no workers any more.")
_DISAGREE = N_("Workers gave different plans, each as the best; none was taken.")
_LOST = N_("The cluster lost it {n} times.")

# How long nothing may come before it is looked whether anybody works still.
_PATIENCE = 30.0
# How often to look for what is finished.
_LOOK = 0.02
# Tasks that are on their way at the same time, for each thread that works.
_AHEAD = 3


@dataclass
class _Asked:
    """A task that is on its way: how often it failed and was sent, who is not asked again, how
    many workers ended with it, and what another worker answered before.
    """

    number: int
    attempt: int = 1
    sent: int = 0
    not_again: set[str] = field(default_factory=set)
    deaths: int = 0
    first: Result | None = None


class Asking:
    """The tasks of one call: those to be asked, those on their way, and what is heard."""

    def __init__(
        self,
        address: str,
        tell: Callable[[Finding], None],
        client: "Client",
        checkers: Workers[None],
        tasks: Sequence[Task],
        heard: Heard,
    ) -> None:
        self._address, self._tell, self._client = address, tell, client
        self._checkers, self._tasks, self._heard = checkers, tasks, heard
        self._waiting = deque(_Asked(number) for number in range(len(tasks)))
        self._underway: dict[Future[Any], _Asked] = {}
        # Those that workers ended with. Dask blames all that such a worker had before it, so each
        # is asked again with nothing beside it.
        self._suspects: deque[_Asked] = deque()
        # The workers that may be asked, where not all may.
        self._fit: set[str] | None = None
        self._refused: set[str] = set()

    def run(self) -> None:
        """Ask, and check what comes back, until nothing is left."""
        self._meet()
        last = time.monotonic()
        try:
            while self._waiting or self._underway or self._suspects:
                self._ask()
                done = [f for f in self._underway if f.status != "pending"]
                if done:
                    self._take(done)
                    last = time.monotonic()
                    continue
                interrupt.check()
                time.sleep(_LOOK)
                if time.monotonic() - last > _PATIENCE:
                    self._see_that_somebody_works()
                    last = time.monotonic()
        finally:
            with suppress(OSError, CancelledError):
                self._client.cancel([*self._underway], force=True)

    def _meet(self) -> None:
        """Learn which workers there are, and leave out those that cannot be used."""
        there = look_for_workers(self._client, self._address)
        if there.others.keys() - self._refused:
            self._tell(there.other_versions())
        if there.silent - self._refused:
            self._tell(there.silence())
        self._refused |= there.others.keys() | there.silent
        self._fit = there.fit if there.others or there.silent else None

    def _ask(self) -> None:
        """Send as many tasks as keep everybody busy."""
        if not self._waiting:
            if self._suspects and not self._underway:
                self._send(self._suspects.popleft())
            return
        room = _AHEAD * max(1, sum(self._client.nthreads().values())) - len(self._underway)
        for _ in range(min(room, len(self._waiting))):
            self._send(self._waiting.popleft())

    def _send(self, asked: _Asked) -> None:
        task = self._tasks[asked.number]
        asked.sent += 1
        future = self._client.submit(
            answer,
            task.payload,
            key=f"alis-{task.key}-{asked.sent}",
            workers=self._who_may(asked),
            pure=False,
        )
        self._underway[future] = asked

    def _who_may(self, asked: _Asked) -> list[str] | None:
        if self._fit is None and not asked.not_again:
            return None
        return sorted(self._others(asked)) or sorted(self._fit or self._client.nthreads())

    def _take(self, done: "Sequence[Future[Any]]") -> None:
        """See what came of tasks that are finished, check the answers, and tell."""
        answers: list[tuple[Future[Any], _Asked, bytes]] = []
        for future in done:
            asked = self._underway.pop(future)
            if future.status == "finished":
                sent = future.result()
                answers.append((future, asked, sent if isinstance(sent, bytes) else b""))
            elif future.status == "error":
                self._failed(asked, future.exception())
            else:
                self._again(asked, finding(_LOST, n=ATTEMPTS))
        found = self._checkers.map(
            checked_apart, [partial(tuple, (self._tasks[a.number], sent)) for _, a, sent in answers]
        )
        for (future, asked, _), result in zip(answers, found, strict=True):
            asked.not_again |= self._who_did(future)
            if isinstance(result, Result):
                self._weigh(asked, result)
            else:
                self._again(asked, died(1) if isinstance(result, Lost) else result)

    def _weigh(self, asked: _Asked, result: Result) -> None:
        """What no certificate proves is asked of a second worker, if there is one: two that know
        nothing of one another must tell the same. Either keeps every rule, or it would not be here,
        so where they differ the better one shows that the other is wrong.
        """
        before = asked.first
        if not result.doubtful or (before is None and not self._others(asked)):
            self._heard(asked.number, result)
        elif before is None:
            asked.first = result
            self._waiting.append(asked)
        elif both := agreed(before, result):
            self._heard(asked.number, both)
        else:
            asked.first = min(before, result, key=lambda one: one.worth)
            self._again(asked, finding(_DISAGREE))

    def _others(self, asked: _Asked) -> set[str]:
        """Who may be asked and was not."""
        fit = set(self._client.nthreads()) if self._fit is None else self._fit
        return fit - asked.not_again

    def _failed(self, asked: _Asked, error: BaseException | None) -> None:
        """A task whose worker told an error, or ended as often as Dask lets it."""
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            alone = asked.deaths > 0
            asked.deaths += error.allowed_failures + 1
            if alone:
                self._heard(asked.number, died(asked.deaths))
            else:
                self._suspects.append(asked)
        else:
            self._again(asked, raised(error or RuntimeError()))

    def _again(self, asked: _Asked, why: Finding) -> None:
        """Ask once more, of others if there are any; or say that it is given up, and why."""
        if asked.attempt >= ATTEMPTS:
            self._heard(asked.number, why)
            return
        self._meet()
        asked.attempt += 1
        self._waiting.append(asked)

    def _who_did(self, future: "Future[Any]") -> set[str]:
        return {worker for workers in self._client.who_has([future]).values() for worker in workers}

    def _see_that_somebody_works(self) -> None:
        if self._client.status != "running" or not self._client.nthreads():
            raise ClusterError(finding(GONE, address=self._address))
