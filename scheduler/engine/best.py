"""The plans that are best by the goals so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.engine.block import Terms, total
from scheduler.engine.face import Face
from scheduler.engine.fault import SolverFaultError
from scheduler.program import Row


@dataclass(frozen=True, slots=True)
class Best:
    """The plans in `face` with the least Σ terms, which is `value`; `pinned` is the face of them.

    A goal with large numbers is kept as a sum: as a row it would hide the structure of the face
    from a search.
    """

    face: Face
    pinned: Face
    terms: Terms
    value: int

    @classmethod
    def all_of(cls, face: Face) -> "Best":
        """All plans of a face."""
        return cls(face, face, {}, 0)

    def after(self, stage: int, terms: Terms, value: int) -> "Best":
        """Those of them that are best by the next stage too, at which they have this value."""
        row = self.face.pool.add(goal_row(terms, value), stage=stage)
        pinned = self.pinned.with_goal(row)
        if counts_people(terms):
            return Best(self.face.with_goal(row), pinned, self.terms, self.value)
        return Best(self.pinned, pinned, terms, value)

    def without(self, settled: Mapping[int, int]) -> "Best":
        """Those of them in which the columns have these values."""
        face, pinned = self.face.narrowed(settled, {}), self.pinned.narrowed(settled, {})
        return replace(self, face=face, pinned=pinned)

    def above(self, taken: frozenset[int]) -> bool:
        """Whether a plan of the face is not one of them; SolverFaultError if it is better."""
        value = total(self.terms, taken)
        if value < self.value:
            raise SolverFaultError(f"{self.value} was proved best, but {value} was found")
        return value > self.value


def goal_row(terms: Terms, value: int) -> Row:
    """The row that keeps a goal at its value."""
    return Row("goal", tuple(sorted(terms.items())), value, value)


def counts_people(terms: Terms) -> bool:
    """Whether a sum counts people, more or less: it often reaches its rounded bound."""
    return all(abs(c) <= 16 for c in terms.values())
