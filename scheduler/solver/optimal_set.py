"""The plans that are best by the goals so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.program.program import Row
from scheduler.solver.linear.bound import Bound
from scheduler.solver.linear.face import Face, Pool
from scheduler.solver.result import StageResult
from scheduler.solver.weighted_sum import Terms, total
from scheduler.support.errors import SolverFaultError


@dataclass(frozen=True, slots=True)
class OptimalSet:
    """The plans in `face` with the least Σ terms, which is `value`; `pinned` is the face of them
    that certificates are about.

    A goal with large numbers is kept as a sum: as a row it would hide the structure of the face
    from a search.
    """

    face: Face
    pinned: Face
    terms: Terms
    value: int

    @classmethod
    def all_of(cls, face: Face) -> "OptimalSet":
        """All plans of a face."""
        return cls(face, face, {}, 0)

    def after(
        self, stage: int, terms: Terms, value: int, bound: Bound | None = None
    ) -> "OptimalSet":
        """Those of them that are best by the next stage too, at which they have this value.

        The `bound` on it, if there is one, says which columns none of them has. If it is the value
        itself, certificates may lean on that; they lean on no other bound.
        """
        settled = {} if bound is None else bound.settled(value)
        pinned = self.pinned
        if bound is not None and bound.whole == value:
            pinned = bound.narrowed(pinned, value)
            if bound.exact:
                return OptimalSet.all_of(pinned)
        row = self.face.pool.add(goal_row(terms, value), stage=stage)
        pinned = pinned.with_goal(row)
        if counts_people(terms):
            face = self.face.with_goal(row).narrowed(settled, {})
            return OptimalSet(face, pinned, self.terms, self.value)
        return OptimalSet(self.pinned.narrowed(settled, {}), pinned, terms, value)

    def above(self, taken: frozenset[int]) -> bool:
        """Whether a plan of the face is not one of them; SolverFaultError if it is better."""
        value = total(self.terms, taken)
        if value < self.value:
            raise SolverFaultError.because(f"{self.value} was proved best, but {value} was found")
        return value > self.value


@dataclass(frozen=True, slots=True)
class Optimum:
    """A component solved goal by goal, as far as that came: what questions about it need.

    `taken` are the columns of its plan, helpers too; `terms` the sums that the stages make small,
    `results` what came of them. So many of the stages are `decisive`: all but a lot at the end.
    `best` are the plans that are best before the first stage, after it, after the second …
    """

    pool: Pool
    taken: frozenset[int]
    terms: tuple[Terms, ...]
    results: tuple[StageResult, ...]
    decisive: int
    best: tuple[OptimalSet, ...]


def goal_row(terms: Terms, value: int) -> Row:
    """The row that keeps a goal at its value."""
    return Row("goal", tuple(sorted(terms.items())), value, value)


def counts_people(terms: Mapping[int, int]) -> bool:
    """Whether a sum counts people, more or less: it often reaches its rounded bound."""
    return all(abs(c) <= 16 for c in terms.values())
