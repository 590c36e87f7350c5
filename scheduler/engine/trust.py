"""Stages taken on trust: each at the value that its bound allows, in the face that this leaves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.engine.best import counts_people, goal_row
from scheduler.engine.block import Terms
from scheduler.engine.bound import Bound, exact_bound
from scheduler.engine.face import Face
from scheduler.engine.rounding import ROUNDS
from scheduler.engine.seeker import Seeker


@dataclass(frozen=True, slots=True)
class Step:
    """A stage taken on trust: the value its bound allows, and the face it leaves."""

    value: int
    face: Face
    bound: Bound


@dataclass
class Known:
    """What is found out about stages while others before them are taken on trust: the least that a
    stage can be, by the values of all before it; and how often rounded rows are sought for each.
    """

    least: dict[tuple[int, ...], int] = field(default_factory=dict)
    rounds: Counter[int] = field(default_factory=Counter)


@dataclass
class Trust:
    """Steps from a face on; the stages before the first of these have the values `before`."""

    seeker: Seeker
    face: Face
    stages: Sequence[Terms]
    before: tuple[int, ...]
    known: Known
    steps: list[Step] = field(default_factory=list)
    floor: Bound | None = None  # on the stage after the steps, if it is known

    @property
    def least(self) -> int | None:
        """The least that the stage after the steps can be, beside its bound."""
        return self.known.least.get(self._values)

    @property
    def near(self) -> Bound | None:
        """The bound on the stage after the steps, if it was made better: the best is near it."""
        return self.floor if self.known.rounds[len(self._values)] else None

    @property
    def _values(self) -> tuple[int, ...]:
        """Of all stages up to the last step."""
        return (*self.before, *(step.value for step in self.steps))

    def go_on(self) -> None:
        """Take as many more stages as have a whole-numbered bound."""
        self.floor = None
        while len(self.steps) < len(self.stages):
            number, terms = len(self._values), self.stages[len(self.steps)]
            face = self.steps[-1].face if self.steps else self.face
            if not any(i in terms for i in face.live):
                settled = exact_bound(face, terms, {})
                self.steps.append(Step(settled.whole, face, settled))
                continue
            bound = self.seeker.bound(face, terms, self.known.rounds[number])
            if bound is None:
                return
            value = bound.whole if self.least is None else max(bound.whole, self.least)
            exact = bound.exact and value == bound.whole
            if not (exact or counts_people(terms)):
                self.floor = bound
                return
            if value == bound.whole:
                face = bound.narrowed(face, value)  # else no certificate could say so
            if not exact:
                row = goal_row(terms, value)
                face = face.with_goal(self.seeker.pool.add(row, stage=number))
            self.steps.append(Step(value, face, bound))

    def go_back(self) -> None:
        """No plan lies in the last face: its stage is more than its value."""
        step = self.steps.pop()
        self.floor = step.bound
        self.known.least[self._values] = step.value + 1

    def look_closer(self) -> None:
        """Make the relaxation of the stage after the steps better, and go on from there."""
        number = len(self._values)
        if self.known.rounds[number] < ROUNDS:
            self.known.rounds[number] += ROUNDS // 4
            self.go_on()
