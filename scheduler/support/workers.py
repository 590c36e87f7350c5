"""Tasks done side by side, in processes of their own where that pays.

Each process has its own copy of a state, sent to it once. What it does not finish, because it
broke down or was killed, harms no other task.
"""

import os
import pickle
import queue
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from scheduler.support import interrupt

R = TypeVar("R")
S = TypeVar("S")

_MOST = max(4, os.cpu_count() or 1)

# What a task is told to call while it works; what comes of it reaches the one who waits.
Tell = Callable[..., None]
# function(state, *arguments, tell): both must be known by name to the processes.
Function = Callable[..., R]


@dataclass(frozen=True, slots=True)
class Lost:
    """Instead of a result: the process ended before the task was done."""


def _tell_nobody(*_: object) -> None:
    pass


class Workers(Generic[S]):
    """So many processes with copies of a state; or, with none, this one with the state itself.

    Processes begin when there are tasks for them, and not many more than the machine has cores.
    Where it lets none begin (memory, a guard against programs that start others), this one does all
    the work.
    """

    def __init__(self, state: S, processes: int) -> None:
        self._state = state
        self._wanted = min(processes, _MOST)
        self._begun = 0
        self._payload = b""
        self._idle: queue.LifoQueue[_Member | None] = queue.LifoQueue()
        self._stopped = Event()

    @property
    def apart(self) -> bool:
        """Whether tasks are done in other processes than this one, so far as any were."""
        return bool(self._payload)

    def map(
        self,
        function: Function[R],
        tasks: Sequence[Callable[[], tuple[Any, ...]]],
        *,
        tell: Tell = lambda *_: None,
        done: Callable[[], None] = lambda: None,
        stop: Callable[[], None] = lambda: None,
    ) -> list[R | Lost]:
        """The results, in the order of the tasks; each makes its arguments when it begins.

        `tell` is called with the number of a task and what it tells; `done` after each; `stop`
        when the work is interrupted, to end what runs in this process.
        """
        missing = min(self._wanted, len(tasks)) - self._begun
        if missing > 0:
            self._begin(missing, stop)

        def run(number: int) -> R | Lost:
            def told(*what: object) -> None:
                tell(number, *what)

            if not self.apart:
                return function(self._state, *tasks[number](), told)
            member = self._idle.get()
            try:
                if member is None:
                    member = _Member(self._payload, self._stopped)
                found: R | Lost = member.ask(function, tasks[number](), told)
            except (EOFError, OSError):
                if member is not None:
                    member.end()
                member, found = None, Lost()
            finally:
                self._idle.put(member)
            return found

        with ThreadPoolExecutor(max_workers=max(1, self._idle.qsize())) as pool:
            futures = [pool.submit(run, number) for number in range(len(tasks))]
            for future in futures:
                future.add_done_callback(lambda _: done())
            self._wait(futures, stop)
        return [future.result() for future in futures]

    def map_all(
        self,
        function: Function[R],
        tasks: Sequence[Callable[[], tuple[Any, ...]]],
        *,
        done: Callable[[], None] = lambda: None,
    ) -> list[R]:
        """Like `map`; what a process did not finish is done in this one."""
        found = self.map(function, tasks, done=done)
        return [
            function(self._state, *task(), _tell_nobody) if isinstance(own, Lost) else own
            for task, own in zip(tasks, found, strict=True)
        ]

    def _begin(self, count: int, stop: Callable[[], None]) -> None:
        """Begin as many of these processes as can."""
        self._begun += count
        self._payload = self._payload or pickle.dumps(self._state, pickle.HIGHEST_PROTOCOL)

        def begin() -> None:
            with suppress(EOFError, OSError):
                self._idle.put(_Member(self._payload, self._stopped))

        with ThreadPoolExecutor(max_workers=count) as pool:
            futures = [pool.submit(begin) for _ in range(count)]
            self._wait(futures, stop)
        for future in futures:
            future.result()  # what was not foreseen is raised
        if self._idle.empty():
            self._payload = b""

    def _wait(self, futures: Sequence[Future[Any]], stop: Callable[[], None]) -> None:
        """Wait in short steps, so that Ctrl-C is noticed and stops the work."""
        try:
            while wait(futures, timeout=0.2).not_done:
                interrupt.check()
        except BaseException:
            for future in futures:
                future.cancel()
            self._stopped.set()
            stop()
            raise

    def __enter__(self) -> "Workers[S]":
        return self

    def __exit__(self, *_: object) -> None:
        while not self._idle.empty():
            member = self._idle.get()
            if member is not None:
                member.end()


class _Member:
    """A process that has the state, and the line to it; EOFError or OSError if it cannot begin."""

    def __init__(self, payload: bytes, stopped: Event) -> None:
        context = get_context("spawn")
        self._stopped = stopped
        self._line, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        try:
            self._line.send_bytes(payload)
            self._heard()
        except (EOFError, OSError):
            self.end()
            raise

    def _heard(self) -> tuple[str, Any]:
        """What comes over the line; raises EOFError if the process ends, or is to be stopped."""
        while not self._line.poll(0.1):
            if self._stopped.is_set():
                raise EOFError
        heard: tuple[str, Any] = self._line.recv()
        return heard

    def ask(self, function: Function[R], arguments: tuple[Any, ...], told: Tell) -> R:
        """The result of a task; raises EOFError if the process ends, and what the task raised."""
        self._line.send((function, arguments))
        while True:
            kind, content = self._heard()
            if kind == "told":
                told(*content)
            elif kind == "failed":
                raise content
            else:
                result: R = content
                return result

    def end(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()
        self._line.close()


def _work(line: Connection) -> None:
    """What a process does: tasks, until the line is cut."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who waits is told, and ends us
    Thread(target=_end_with_parent, daemon=True).start()
    state = pickle.loads(line.recv_bytes())
    line.send(("begun", None))

    def tell(*what: object) -> None:
        line.send(("told", what))

    while True:
        try:
            function, arguments = line.recv()
        except EOFError:
            return
        try:
            answer = ("done", function(state, *arguments, tell))
        except Exception as error:  # noqa: BLE001 - raised again by the one who asked
            answer = ("failed", error)
        line.send(answer)


def _end_with_parent() -> None:
    """Nobody waits for answers any more when the one who asked was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
