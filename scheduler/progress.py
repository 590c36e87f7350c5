"""What is shown on stderr while the solver works."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status

from models.finding import N_
from scheduler.engine import Progress
from scheduler.locale import Translator


class ProgressDisplay:
    """A line with goal, value, bound and seconds; only on a terminal."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._console = Console(stderr=True)
        self._status: Status | None = None
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status = self._console.status(
                self._translator.text(N_("Looking for the best plan …"))
            )
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def report(self, progress: Progress) -> None:
        """Show how far one part of the round has come."""
        if self._status is None:
            return
        text = self._translator.text(
            N_("Part {part} of {parts}, goal {goal}: value {value}, bound {bound}, {seconds} s"),
            part=progress.part,
            parts=progress.parts,
            goal=progress.goal_id,
            value=progress.value,
            bound=progress.bound,
            seconds=int(time.monotonic() - self._started),
        )
        self._status.update(text)
