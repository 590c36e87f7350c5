"""What a goal is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import ClassVar

from models.entry import GoalNumber
from models.placement import Placement
from scheduler.problem.case import Case
from scheduler.program.program import Program

# A number, or for goals that go through a list one number each (None: nothing there).
Value = int | tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One linear thing to make as large or as small as possible: column index → coefficient.

    Most goals are one stage; a goal with a list has one for each entry.
    """

    goal_id: str
    terms: Mapping[int, int]
    maximise: bool = False


class Goal:
    """A goal of SPEC section 5. The docstring of a goal is the sentence people read."""

    id: ClassVar[str]
    # What people call what the goal wants.
    name: ClassVar[str]
    maximise: ClassVar[bool] = False
    # What is said when another plan is worse in it; may name {before} and {after}.
    worse: ClassVar[str]
    # The same for those who are told no points, where `worse` names some.
    worse_plain: ClassVar[str] = ""

    def constrain(self, program: Program) -> None:
        """Write helper columns and rows, if the goal needs any; called before `stages`."""

    def stages(self, program: Program) -> Sequence[Stage]:
        """What is to be made best, one after the other."""
        raise NotImplementedError

    def value(self, case: Case, placements: Sequence[Placement]) -> Value:
        """The value of a plan, from the placements alone."""
        raise NotImplementedError

    def shown(self, case: Case, sums: Sequence[int]) -> Value:
        """The value that the sums of the stages stand for."""
        return sums[0]


def comparable(value: Value) -> tuple[float, ...]:
    """A goal's value as numbers that can be compared; nothing is the worst there is."""
    return (value,) if isinstance(value, int) else tuple(inf if n is None else n for n in value)


def as_number(value: Value) -> GoalNumber:
    """A goal's value as plan.json writes it."""
    return value if isinstance(value, int) else list(value)
