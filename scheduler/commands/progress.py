"""What is shown on stderr while the solver works."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from models.finding import N_
from scheduler.commands.console import talk
from scheduler.goals.catalogue import GOAL_NAMES
from scheduler.locale import Translator
from scheduler.support.watch import Progress, Watch

_LOOKING = N_("Looking for the best plan …")


class ProgressDisplay(Watch):
    """A line that says what is being done, and the seconds so far; without a terminal a line for
    each of the three things that are done.
    """

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
        self._shown = console.is_terminal
        self._told: set[str] = set()
        self._task = self._bar.add_task(translator.text(_LOOKING))

    def __enter__(self) -> Self:
        self._bar.start()
        self._tell(_LOOKING)
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
            N_("Looking for a better plan … (part {part} of {parts}: {goal})"),
            part=progress.part,
            parts=progress.parts,
            goal=GOAL_NAMES[progress.goal_id],
        )
        self._bar.update(self._task, description=text)

    def explaining(self, done: int, of: int) -> None:
        """Show how many wishes and people are explained."""
        self._tell(N_("Finding out why each has what they have, and what would help …"))
        self._show(N_("Explaining: {done} of {total}"), done, of)

    def checking(self, done: int, of: int) -> None:
        """Show how much is checked."""
        self._tell(N_("Checking the plan and what is said of it …"))
        self._show(N_("Checking what is said: {done} of {total}"), done, of)

    def _tell(self, text: str) -> None:
        """A line, once, where there is no terminal to show more."""
        if not self._shown and text not in self._told:
            self._told.add(text)
            talk(self._translator.text(text))

    def _show(self, text: str, done: int, of: int) -> None:
        description = self._translator.text(text, done=done, total=of)
        self._bar.update(self._task, description=description)
