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
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from scheduler import interrupt

R = TypeVar("R")
S = TypeVar("S")

# What a task is told to call while it works; what comes of it reaches the one who waits.
Tell = Callable[..., None]
# function(state, *arguments, tell): both must be known by name to the processes.
Function = Callable[..., R]


@dataclass(frozen=True, slots=True)
class Lost:
    """Instead of a result: the process ended before the task was done."""


class Crew(Generic[S]):
    """So many processes with copies of a state; or, with none, this one with the state itself."""

    def __init__(self, state: S, processes: int) -> None:
        self._state = state
        self._payload = pickle.dumps(state, pickle.HIGHEST_PROTOCOL) if processes else b""
        self._idle: queue.LifoQueue[_Member | None] = queue.LifoQueue()
        self._threads = max(1, processes)
        for _ in range(self._threads):
            self._idle.put(None)
        self.apart = processes > 0
        self._stopped = Event()

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

        def run(number: int) -> R | Lost:
            def told(*what: object) -> None:
                tell(number, *what)

            if not self.apart:
                return function(self._state, *tasks[number](), told)
            member = self._idle.get()
            try:
                if member is None:
                    member = _Member(self._payload)
                found: R | Lost = member.ask(function, tasks[number](), told, self._stopped)
            except (EOFError, OSError):
                if member is not None:
                    member.end()
                member, found = None, Lost()
            finally:
                self._idle.put(member)
            return found

        with ThreadPoolExecutor(max_workers=self._threads) as pool:
            futures = [pool.submit(run, number) for number in range(len(tasks))]
            for future in futures:
                future.add_done_callback(lambda _: done())
            self._wait(futures, stop)
        return [future.result() for future in futures]

    def _wait(self, futures: Sequence[Future[R | Lost]], stop: Callable[[], None]) -> None:
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

    def __enter__(self) -> "Crew[S]":
        return self

    def __exit__(self, *_: object) -> None:
        while not self._idle.empty():
            member = self._idle.get()
            if member is not None:
                member.end()


class _Member:
    """A process and the line to it."""

    def __init__(self, payload: bytes) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._line.send_bytes(payload)

    def ask(
        self, function: Function[R], arguments: tuple[Any, ...], told: Tell, stopped: Event
    ) -> R:
        """The result of a task; raises EOFError if the process ends, and what the task raised."""
        self._line.send((function, arguments))
        while True:
            while not self._line.poll(0.1):
                if stopped.is_set():
                    raise EOFError
            kind, content = self._line.recv()
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
