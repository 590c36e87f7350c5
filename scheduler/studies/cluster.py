"""Tasks done on other machines, by way of Dask. What comes back counts once it is checked here.

Dask keeps track of who does what, and gives the task of a worker that ended to another. What it
does not know is what an answer is worth: each is checked by processes of this machine, and a task
whose answer does not pass is asked of other workers.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.finding import N_, Finding, finding
from scheduler.studies.checking import Result, checked, other_versions
from scheduler.studies.executor import ATTEMPTS, Executor, Heard, died, raised
from scheduler.studies.task import Limits, Task, answer, product
from scheduler.support import interrupt
from scheduler.support.errors import ClusterError, NotInstalledError
from scheduler.support.workers import Lost, Tell, Workers

if TYPE_CHECKING:
    from distributed import Client, Future, Security

_UNREACHED = N_("The cluster at {address} cannot be reached: {reason}.")
_NO_WORKERS = N_("The cluster at {address} has no workers.")
_GONE = N_("The cluster at {address} is gone, or has no workers any more.")
_NO_FILES = N_("{address} needs {options}: the certificates that both sides know one another by.")
_NO_FILE = N_("{file}: there is no such file.")
_ALL_OTHER = N_(
    "All workers of {address} have other versions ({other}); this is {own}. Install the same "
    "version there."
)
_DISAGREE = N_("Workers gave different plans, each as the best; none was taken.")
_LOST = N_("The cluster lost it {n} times.")

# How long to wait for a first worker, and for another when all are gone.
_PATIENCE = 30.0
_GREETING = 5.0  # for the first word from an address
# How often to look for what is finished.
_LOOK = 0.02
# Tasks that are on their way at the same time, for each thread that works.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Tls:
    """The files with the authority that both sides trust, and one's own certificate and key."""

    ca: Path
    cert: Path
    key: Path


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


class Cluster(Executor):
    """The workers of a Dask scheduler at an address, tcp:// or tls://.

    So many `checkers` are processes here that check what comes back. `tell` is told what the user
    should know on the way. Raises NotInstalledError without Dask, ClusterError where the address
    and the certificates do not fit together.
    """

    def __init__(
        self,
        address: str,
        tls: Tls | None = None,
        checkers: int = 1,
        tell: Callable[[Finding], None] = lambda _: None,
    ) -> None:
        NotInstalledError.unless_there("cluster", "distributed")
        self._address, self._tls = address, tls
        self._checkers, self._tell = checkers, tell
        self._threads = 1
        if address.startswith("tls://") and tls is None:
            options = "--tls-ca, --tls-cert, --tls-key"
            raise ClusterError(finding(_NO_FILES, address=address, options=options))
        for file in () if tls is None else (tls.ca, tls.cert, tls.key):
            if not file.is_file():
                raise ClusterError(finding(_NO_FILE, file=str(file)))

    @property
    def at_once(self) -> int:
        return self._threads

    def ready(self) -> None:
        """See that something answers at the address. Raises ClusterError."""
        from distributed.comm.core import connect

        async def greet() -> None:
            arguments = self._security().get_connection_args("client")
            comm = await connect(self._address, timeout=_GREETING, **arguments)
            await comm.close()

        try:
            asyncio.run(greet())
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise ClusterError(finding(_UNREACHED, address=self._address, reason=reason)) from error

    def run(self, tasks: Sequence[Task], limits: Limits, heard: Heard) -> None:
        from distributed import Client

        self.ready()  # a client that cannot begin leaves threads behind, which complain later
        to: dict[str, Any] = {"address": self._address, "security": self._security()}
        to |= {"timeout": _PATIENCE / 3, "set_as_default": False}
        try:
            with Client(**to) as client, Workers(None, self._checkers) as checkers:
                self._threads = max(1, sum(client.nthreads().values()))
                Asking(self._address, self._tell, client, checkers, tasks, heard).run()
        except (OSError, CancelledError) as error:
            raise ClusterError(finding(_GONE, address=self._address)) from error

    def _security(self) -> "Security":
        from distributed import Security

        if self._tls is None:
            return Security()
        return Security(
            tls_ca_file=str(self._tls.ca),
            tls_client_cert=str(self._tls.cert),
            tls_client_key=str(self._tls.key),
            require_encryption=True,
        )


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
        self._meet(_PATIENCE)
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

    def _meet(self, patience: float) -> None:
        """Learn which workers there are, and leave out those of other versions."""
        until = time.monotonic() + patience
        while not (said := self._client.run(product, on_error="return")):
            if time.monotonic() > until:
                raise ClusterError(finding(_NO_WORKERS, address=self._address))
            interrupt.check()
            time.sleep(_LOOK)
        own = product()
        others = {
            worker: told if isinstance(told, str) else "–"
            for worker, told in said.items()
            if told != own
        }
        names = ", ".join(sorted({name[:60] for name in others.values()}))
        if len(others) == len(said):
            text = finding(_ALL_OTHER, address=self._address, other=names, own=own)
            raise ClusterError(text)
        if others.keys() - self._refused:
            self._tell(other_versions(len(others), names, own))
        self._refused |= others.keys()
        self._fit = set(said) - others.keys() if others else None

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
            _check, [partial(tuple, (self._tasks[a.number], sent)) for _, a, sent in answers]
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
        if result.proof != "search" or (before is None and not self._others(asked)):
            self._heard(asked.number, result)
        elif before is None:
            asked.first = result
            self._waiting.append(asked)
        elif before.worth == result.worth:
            self._heard(asked.number, before)
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
        self._meet(_PATIENCE)
        asked.attempt += 1
        self._waiting.append(asked)

    def _who_did(self, future: "Future[Any]") -> set[str]:
        return {worker for workers in self._client.who_has([future]).values() for worker in workers}

    def _see_that_somebody_works(self) -> None:
        if self._client.status != "running" or not self._client.nthreads():
            raise ClusterError(finding(_GONE, address=self._address))


def _check(_: None, task: Task, sent: bytes, tell: Tell) -> Result | Finding:
    """What a process of this machine does with an answer."""
    try:
        return checked(task, sent)
    except Exception as error:  # noqa: BLE001 - whatever was sent, it harms no other task
        return raised(error)
