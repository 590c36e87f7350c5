"""What takes long to find out, asked of a solution: what would get worse if a wish were met (the
solver is asked for the plan that meets it), and what would help somebody.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self, TypeVar

from models.explanation import HarmEntry, HelpEntry
from models.proved import Proved
from models.wish import Wish
from scheduler.explanations.answers.harm import against_rules, at_least, harm_of
from scheduler.explanations.answers.help import Helper, not_examined
from scheduler.explanations.standing import Standing
from scheduler.solver.clock import Clock
from scheduler.solver.questions.counterfactual_plan import force
from scheduler.solver.solve import Solution
from scheduler.support.workers import Lost, Workers

R = TypeVar("R")

# So much work (see Clock) is for proving what one wish would cost, where not more is asked for.
QUICK = 0.5
# Processes of their own take a second or two to begin; they pay for so many columns.
_WORTH = 3000


@dataclass(frozen=True)
class _State:
    """What every process has to know."""

    solution: Solution
    work: float | None
    clock: Clock = field(default_factory=Clock)

    @cached_property
    def helper(self) -> Helper:
        """Looks for what would help."""
        return Helper(Standing(self.solution.work.program.case, self.solution.placements))

    def __reduce__(self) -> tuple[object, ...]:
        return _arrived, (self.solution, self.work)


def _arrived(solution: Solution, work: float | None) -> _State:
    """The state in another process, which has a clock of its own."""
    solution.work.attach()
    return _State(solution, work)


class Harm:
    """Asks a solution about wishes that it does not meet."""

    def __init__(self, solution: Solution, clock: Clock, work: float | None) -> None:
        self._solution = solution
        self._clock = clock
        self._work = work

    def of_wish(self, row: Wish) -> HarmEntry | None:
        """What would get worse if the row were met; None if that was not found out.

        `work` (see Clock) is for each question; whatever it is, plans that are nearly the same
        are searched. Of a plan that is not proved nothing is said to be proved.
        """
        if self._clock.out:
            return None
        work = self._solution.work
        wanted = work.program.meeting(row)
        found = force(work, wanted, self._clock.limited(self._work))
        if found is None:
            return None
        proof = found.proof if self._solution.optimal else Proved.NONE
        case, placements = work.program.case, self._solution.placements
        if found.placements is not None:
            return harm_of(case, placements, found.placements, proof)
        if proof is Proved.NONE:
            return None
        if found.least is not None:
            stage, worse = found.least
            return at_least(case, placements, work.stages[stage].goal_id, worse, proof)
        return against_rules()


class Questions:
    """Everything that takes long to find out, asked of a solution side by side.

    `work` (see Clock; None: no limit) is for proving what one wish would cost; `step` is told how
    many questions are answered, of how many.
    """

    def __init__(
        self,
        solution: Solution,
        clock: Clock,
        work: float | None,
        workers: int = 1,
        step: Callable[[int, int], None] = lambda *_: None,
    ) -> None:
        self._state = _State(solution, work, clock)
        self._clock = clock
        self._workers = workers
        self._step = step

    def harms(self, rows: Sequence[Wish]) -> list[HarmEntry | None]:
        """What would get worse if each row were met; None where that is not found out."""
        tasks = [lambda row=row: (row, self._clock.left) for row in rows]
        found = self._map(_harm, tasks)
        return [None if isinstance(harm, Lost) else harm for harm in found]

    def helps(self, people: Sequence[str]) -> list[HelpEntry]:
        """What would help each of them; not examined where time ran out."""
        tasks = [lambda who=who: (who, self._clock.left) for who in people]
        found = self._map(_help, tasks)
        return [
            not_examined(who) if isinstance(help, Lost) else help
            for who, help in zip(people, found, strict=True)
        ]

    def _map(
        self, function: Callable[..., R], tasks: Sequence[Callable[[], tuple[Any, ...]]]
    ) -> list[R | Lost]:
        count = itertools.count(1)
        return self._crew.map(
            function,
            tasks,
            done=lambda: self._step(next(count), len(tasks)),
            stop=self._clock.stop,
        )

    @cached_property
    def _crew(self) -> Workers[_State]:
        columns = len(self._state.solution.work.program.columns)
        return Workers(self._state, self._workers if self._workers > 1 and columns > _WORTH else 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "_crew" in self.__dict__:  # else nothing was asked
            self._crew.__exit__(*_)


def _harm(
    state: _State, row: Wish, seconds: float | None, _: Callable[..., None]
) -> HarmEntry | None:
    clock = state.clock.beside(seconds, None)
    return Harm(state.solution, clock, state.work).of_wish(row)


def _help(state: _State, who: str, seconds: float | None, _: Callable[..., None]) -> HelpEntry:
    return not_examined(who) if seconds == 0.0 else state.helper.entry(who)
