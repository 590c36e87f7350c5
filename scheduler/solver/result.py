"""What solving one component gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from models.proved import Proved
from scheduler.solver.linear.face import Pool


@dataclass(frozen=True, slots=True)
class StageResult:
    """One stage of one component: the sum reached, the best bound known, and the proof.

    `bound` is None where a bound would say nothing, because an earlier stage is not proved.
    `prices` are the dual values, by row number, of a stage that a bound proves.
    """

    value: int
    bound: int | None
    proof: Proved
    prices: Mapping[int, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """The columns taken, a result per stage, and whether no other plan is as good.

    `unique` is None where that was not examined, because time ran out; where it is false, `other`
    are the columns of another plan that is as good. `pool` has the rows that prices are of.
    """

    taken: tuple[int, ...]
    stages: tuple[StageResult, ...]
    unique: bool | None
    other: tuple[int, ...] | None
    pool: Pool

    @property
    def proved(self) -> bool:
        """Whether every stage is."""
        return all(s.proof is not Proved.NONE for s in self.stages)
