"""What is shown on stderr while the solver works."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from models.finding import N_
from scheduler.locale import Translator
from scheduler.support.watch import Progress, Watch


class ProgressDisplay(Watch):
    """A line with goal, value and bound, and the seconds so far; only on a terminal."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        console = Console(stderr=True)
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task(translator.text(N_("Looking for the best plan …")))

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

    def report(self, progress: Progress) -> None:
        """Show how far one part of the round has come."""
        text = self._translator.text(
            N_("Part {part} of {parts}, goal {goal}: value {value}, bound {bound}"),
            part=progress.part,
            parts=progress.parts,
            goal=progress.goal_id,
            value=progress.value,
            bound=progress.bound,
        )
        self._bar.update(self._task, description=text)

    def explaining(self, done: int, of: int) -> None:
        """Show how many wishes and people are explained."""
        self._show(N_("Explaining: {done} of {total}"), done, of)

    def checking(self, done: int, of: int) -> None:
        """Show how much is checked."""
        self._show(N_("Checking what is said: {done} of {total}"), done, of)

    def _show(self, text: str, done: int, of: int) -> None:
        description = self._translator.text(text, done=done, total=of)
        self._bar.update(self._task, description=description)
