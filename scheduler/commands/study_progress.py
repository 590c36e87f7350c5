"""What is shown on stderr while a study is made."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from models.finding import N_
from scheduler.commands.console import talk
from scheduler.locale import Translator
from scheduler.studies.executor import Executor
from scheduler.studies.study import Stand, StudyWatch

# Without a terminal, a line every so many seconds.
_EVERY = 10.0


class StudyDisplay(StudyWatch):
    """A bar, with how many plans are made, being made and left, and the time to go; without a
    terminal, a line now and then.
    """

    def __init__(self, translator: Translator, executor: Executor) -> None:
        self._translator = translator
        self._executor = executor
        console = Console(stderr=True)
        self._live = console.is_terminal
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
            disable=not self._live,
        )
        self._task = self._bar.add_task("")
        self._told = time.monotonic()
        self.last = Stand(0, 0, 0, None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def stand(self, stand: Stand) -> None:
        """Show how far it has come."""
        self.last = stand
        text = self._text(stand)
        done = stand.total - stand.left
        self._bar.update(self._task, description=text, completed=done, total=max(1, stand.total))
        now = time.monotonic()
        if not self._live and (now - self._told >= _EVERY):
            self._told = now
            talk(text)

    def _text(self, stand: Stand) -> str:
        running = min(stand.left, self._executor.at_once)
        numbers = {"done": stand.done, "running": running, "left": stand.left - running}
        if stand.seconds is None:
            return self._translator.text(
                N_("Plans made: {done}, being made: {running}, left: {left}."), **numbers
            )
        minutes, seconds = divmod(round(stand.seconds), 60)
        return self._translator.text(
            N_("Plans made: {done}, being made: {running}, left: {left}; about {time} to go."),
            **numbers,
            time=f"{minutes}:{seconds:02d}",
        )
