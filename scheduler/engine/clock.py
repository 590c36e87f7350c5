"""When to stop searching."""

import threading
import time
from dataclasses import dataclass, field

from ortools.sat.python import cp_model


@dataclass
class _Switch:
    """What clocks of the same job share: the word to stop, the searches it must reach, and the
    work they have done.
    """

    stopped: threading.Event = field(default_factory=threading.Event)
    running: set[cp_model.CpSolver] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    spent: float = 0.0


@dataclass
class Clock:
    """A deadline on the monotonic clock, an amount of work, or the word to stop (None: no limit).

    Work is counted by the searches themselves in units that are the same on every machine (about
    a second each), so that what it limits is the same everywhere.
    """

    deadline: float | None = None
    work: float | None = None
    switch: _Switch = field(default_factory=_Switch)

    @classmethod
    def after(cls, seconds: float | None) -> "Clock":
        """A clock that stops so many seconds from now; None never does."""
        return cls(None if seconds is None else time.monotonic() + seconds)

    def limited(self, work: float | None) -> "Clock":
        """A clock that stops with this one, or after so much work of its own."""
        return Clock(self.deadline, work, self.switch)

    @property
    def left(self) -> float | None:
        """Seconds left, 0 when stopped; None without a limit."""
        if self.switch.stopped.is_set() or self.work == 0.0:
            return 0.0
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    @property
    def spent(self) -> float:
        """The work done so far by all searches of the job."""
        return self.switch.spent

    @property
    def out(self) -> bool:
        """Whether there is no time left."""
        return self.left == 0.0

    def stop(self) -> None:
        """Make every search end soon, from another thread."""
        self.switch.stopped.set()
        with self.switch.lock:
            for solver in self.switch.running:
                solver.stop_search()

    def solve(self, solver: cp_model.CpSolver, model: cp_model.CpModel) -> object:
        """Solve until done, out of time or stopped; returns the solver's status."""
        left = self.left
        if left == 0.0:
            return cp_model.UNKNOWN
        if left is not None:
            solver.parameters.max_time_in_seconds = left
        if self.work is not None:
            solver.parameters.max_deterministic_time = self.work
        with self.switch.lock:
            self.switch.running.add(solver)
        try:
            status = solver.solve(model)
        finally:
            with self.switch.lock:
                self.switch.running.discard(solver)
        units = solver.response_proto.deterministic_time
        with self.switch.lock:
            self.switch.spent += units
        if self.work is not None:
            self.work = max(0.0, self.work - units)
        return status
