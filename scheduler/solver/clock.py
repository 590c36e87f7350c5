"""When to stop searching."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol


class Stoppable(Protocol):
    """A search that can be told to end."""

    def stop_search(self) -> None:
        """End soon."""


@dataclass
class _Switch:
    """What clocks of the same job share: the word to stop, the searches it must reach, and the
    work they have done.
    """

    stopped: threading.Event = field(default_factory=threading.Event)
    running: set[Stoppable] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    spent: float = 0.0


@dataclass
class Clock:
    """A deadline on the monotonic clock, an amount of work, or the word to stop (None: no limit).

    Work is counted by the searches themselves in units that are the same on every machine (about
    a second each), so that what it limits is the same everywhere. `done` is what this clock has
    counted.
    """

    deadline: float | None = None
    work: float | None = None
    switch: _Switch = field(default_factory=_Switch)
    whole: "Clock | None" = None
    done: float = 0.0

    @classmethod
    def after(cls, seconds: float | None, work: float | None = None) -> "Clock":
        """A clock that stops so many seconds from now, or after so much work; None never does."""
        return cls(None if seconds is None else time.monotonic() + seconds, work)

    def limited(self, work: float | None) -> "Clock":
        """A clock that stops with this one, or after so much work of its own."""
        return Clock(self.deadline, work, self.switch, self)

    def part(self, share: float) -> "Clock":
        """A clock with this share of the time and of the work that are left; what it does counts
        for this one too.
        """
        left, work = self.left, self.work_left
        deadline = None if left is None else time.monotonic() + left * share
        return Clock(deadline, None if work is None else work * share, self.switch, self)

    def beside(self, seconds: float | None, work: float | None) -> "Clock":
        """A clock of its own for something done at the same time; they stop together."""
        deadline = None if seconds is None else time.monotonic() + seconds
        return Clock(deadline, work, self.switch)

    @property
    def limits(self) -> bool:
        """Whether there is a limit on time or work."""
        return self.deadline is not None or self.work_left is not None

    @property
    def left(self) -> float | None:
        """Seconds left, 0 when stopped or out of work; None without a limit."""
        if self.switch.stopped.is_set() or self.work_left == 0.0:
            return 0.0
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    @property
    def work_left(self) -> float | None:
        """The work left; None without a limit."""
        beyond = None if self.whole is None else self.whole.work_left
        known = [w for w in (self.work, beyond) if w is not None]
        return min(known, default=None)

    @property
    def spent(self) -> float:
        """The work done so far by all searches of the job."""
        return self.switch.spent

    def count(self, units: float) -> None:
        """Count work that searches have done for the job, here or in another process."""
        with self.switch.lock:
            self.switch.spent += units

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

    @contextmanager
    def running(self, search: Stoppable) -> Iterator[None]:
        """While inside the `with`, `stop` ends this search too."""
        with self.switch.lock:
            self.switch.running.add(search)
        try:
            yield
        finally:
            with self.switch.lock:
                self.switch.running.discard(search)

    def charge(self, units: float) -> None:
        """Take work off what is left."""
        self.done += units
        if self.work is not None:
            self.work = max(0.0, self.work - units)
        if self.whole is not None:
            self.whole.charge(units)


class Shares:
    """Time and work for each of several parts, by their sizes: so none takes that of others."""

    def __init__(self, clock: Clock, workers: int, sizes: Sequence[int]) -> None:
        self._clock = clock
        self._workers = max(1, workers)
        self._sizes = sizes
        self._waiting = sum(sizes)
        self._lock = threading.Lock()

    def next(self, number: int) -> tuple[float | None, float | None]:
        """Seconds and work for the part that begins now: of the time its share of what is left, of
        the work its share of all, as that must not depend on when it begins.
        """
        own = self._sizes[number]
        with self._lock:
            share = min(1.0, self._workers * own / self._waiting)
            self._waiting -= own
        seconds, work = self._clock.left, self._clock.work_left
        return (
            None if seconds is None else seconds * share,
            None if work is None else work * own / sum(self._sizes),
        )
