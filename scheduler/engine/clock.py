"""When to stop searching."""

import threading
import time
from dataclasses import dataclass

from ortools.sat.python import cp_model


@dataclass
class Clock:
    """A deadline on the monotonic clock (None: never), or the word to stop."""

    deadline: float | None = None

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._running: set[cp_model.CpSolver] = set()
        self._lock = threading.Lock()

    @classmethod
    def after(cls, seconds: float | None) -> "Clock":
        """A clock that stops so many seconds from now; None never does."""
        return cls(None if seconds is None else time.monotonic() + seconds)

    @property
    def left(self) -> float | None:
        """Seconds left, 0 when stopped; None without a limit."""
        if self._stopped.is_set():
            return 0.0
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    @property
    def out(self) -> bool:
        """Whether there is no time left."""
        return self.left == 0.0

    def stop(self) -> None:
        """Make every search end soon, from another thread."""
        self._stopped.set()
        with self._lock:
            for solver in self._running:
                solver.stop_search()

    def solve(self, solver: cp_model.CpSolver, model: cp_model.CpModel) -> object:
        """Solve until done, out of time or stopped; returns the solver's status."""
        left = self.left
        if left == 0.0:
            return cp_model.UNKNOWN
        if left is not None:
            solver.parameters.max_time_in_seconds = left
        with self._lock:
            self._running.add(solver)
        try:
            return solver.solve(model)
        finally:
            with self._lock:
                self._running.discard(solver)
