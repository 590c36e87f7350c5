"""Relaxing and searching, with the rows that come up on the way.

Some rules write rows only when a plan breaks them: what a search finds is shown to them, and it is
searched again with their rows until they have none to add. So every plan found keeps every rule,
and every bound holds for all plans that do.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from scheduler.program.components import Component, people_of
from scheduler.program.program import Program, Row
from scheduler.solver.clock import Clock
from scheduler.solver.heuristics.subproblem import Patch
from scheduler.solver.integer.cpsat import Found, search
from scheduler.solver.integer.indicators import Indicators
from scheduler.solver.linear.bound import Bound, exact_bound
from scheduler.solver.linear.face import Face, Pool
from scheduler.solver.linear.relaxation import Relaxation
from scheduler.solver.linear.zero_half import zero_half_cuts
from scheduler.solver.optimal_set import OptimalSet
from scheduler.solver.weighted_sum import Spans, Terms, WeightedSum
from scheduler.support.errors import SolverFaultError

# So many rounds of rows that hardly improve a bound are enough.
_PATIENCE_ROUNDS, _LITTLE_SHARE = 3, 0.02
# A unit of work (see Clock): about a second, for asking the rules about so many people.
_PEOPLE_PER_UNIT = 2000
# The same for looking at so many rows for others that follow from them.
_ROWS_PER_UNIT = 1e4


class Search:
    """Bounds and plans of one component."""

    def __init__(
        self,
        program: Program,
        component: Component,
        pool: Pool | None = None,
        *,
        again: bool = False,
    ) -> None:
        self._again = again
        self.pool = pool or Pool(component)
        self._program = program
        self._component = component
        self._spans = Spans(program, component)
        self._made: Relaxation | None = None
        self.people = len(people_of(program, component))
        self._helpers = [i for i in component.columns if program.columns[i].option is None]

    @cached_property
    def _indicators(self) -> Indicators:
        return Indicators(self._program, self._component)

    @property
    def _relaxation(self) -> Relaxation:
        if self._made is None:
            self._made = Relaxation(self.pool)
        return self._made

    def joined(self, stages: Sequence[Terms]) -> WeightedSum:
        """As many of the stages as fit into one sum."""
        return self._spans.joined(stages)

    def bound(
        self,
        face: Face,
        terms: Terms,
        clock: Clock,
        rounds: int = 0,
        enough: int | None = None,
    ) -> Bound | None:
        """The bound that a relaxation gives; None if time ran out.

        So many times rounded rows are sought, as long as the bound gets better. With `enough`, the
        bound need not be more than that, and if it will not be that, it may be less.
        """
        sums: list[float] = []
        while True:
            relaxed = self._relaxation.solve(face, terms, clock)
            if relaxed is None:
                return None
            sums.append(relaxed.total)
            tailing = (
                len(sums) > _PATIENCE_ROUNDS and sums[-1] - sums[-_PATIENCE_ROUNDS] < _LITTLE_SHARE
            )
            tailing |= enough is not None and not _may_reach(enough, sums, rounds)
            if tailing or len(sums) > rounds or not self._round(relaxed.values, clock):
                return exact_bound(face, terms, relaxed.duals)

    def _round(self, values: Mapping[int, float], clock: Clock) -> bool:
        """Add rounded rows that the values break; whether there were any."""
        clock.charge(len(self.pool.rows) / _ROWS_PER_UNIT)
        rows = zero_half_cuts(self.pool, values)
        for row in rows:
            self.pool.add(row)
        return bool(rows)

    def certificate(
        self, face: Face, terms: Terms, value: int, clock: Clock, rounds: int
    ) -> Bound | None:
        """A bound on a sum of which it is known that the value is the least: that, if it is found
        with so many rounds of rounded rows, or less. What was tried in vain leaves nothing behind.
        """
        count = len(self.pool.rows)
        bound = plain = self.bound(face, terms, clock)
        if rounds and plain is not None and plain.whole < value:
            bound = self.bound(face, terms, clock, rounds, value)
        if bound is not None and bound.whole > value:
            raise SolverFaultError.because(
                f"{value} was proved best, but the bound is {bound.whole}"
            )
        if bound is not None and bound.whole == value:
            return bound
        self.pool.forget(count)
        self._made = None
        return plain

    def _add_rows(
        self, clock: Clock, plan: frozenset[int], also: Iterable[frozenset[int]] = ()
    ) -> bool:
        """Let rules write rows that a plan breaks, and if there are any, rows that others break
        too; whether there were any.
        """
        found: dict[tuple[tuple[int, int], ...], Row] = {}
        for taken in (plan, *also):
            clock.charge(self.people / _PEOPLE_PER_UNIT)
            found.update((row.terms, row) for row in self._program.separated(taken))
            if not found:
                return False
        for row in found.values():
            self.pool.add(row)
        return True

    def find(
        self,
        best: OptimalSet,
        block: WeightedSum,
        taken: frozenset[int],
        clock: Clock,
        *,
        other_than: Iterable[int] = (),
        can_be_empty: bool = True,
    ) -> tuple[Found, WeightedSum]:
        """A plan among the best ones, as good as can be by the block, or by as many of its first
        stages as are told, that keeps all rules; the bound is one on their sum.

        Of the columns `other_than` some differ from the plan `taken`.
        """
        face, lead = best.pinned, 0
        if best.terms:
            both = self._spans.joined([best.terms, *block.stages])
            if len(both.stages) > 1:
                block, face, lead = both.without_first(), best.face, both.weights[0]
        terms = Counter(block.terms)
        for index, coefficient in best.terms.items() if lead else ():
            terms[index] += lead * coefficient
        values = {i: int(i in taken) for i in other_than if i not in face.settled}
        while True:
            found = search(
                face,
                clock,
                () if values else taken,
                terms,
                other_than=values or None,
                can_be_empty=can_be_empty,
                again=self._again,
            )
            # The plans that it came by on its way would be next.
            if found.taken is None or not self._add_rows(clock, found.taken, found.passed):
                break
        bound = None if found.bound is None else found.bound - lead * best.value
        if found.taken is None:
            return replace(found, bound=bound), block
        if lead and best.above(found.taken):
            return Found(None, None, found.complete), block
        return replace(found, taken=self._indicators.needed(found.taken), bound=bound), block

    def find_beside(
        self,
        face: Face,
        block: WeightedSum,
        taken: frozenset[int],
        moving: Collection[int],
        clock: Clock,
        other_than: Iterable[int] = (),
    ) -> Found:
        """The plan of the face, as good as can be by the block, in which all but the moving columns
        are as in the plan `taken`, which keeps all rules.
        """
        hint = () if other_than else taken
        while True:
            patch = Patch(face, taken, moving, self._helpers)
            values = {i: int(i in taken) for i in {*other_than}.intersection(patch.live)}
            found = search(
                patch, clock, hint, block.terms, other_than=values or None, again=self._again
            )
            if found.taken is None:
                return found
            if not self._add_rows(clock, found.taken):
                return replace(found, taken=self._indicators.needed(found.taken))


def _may_reach(enough: int, sums: Sequence[float], rounds: int) -> bool:
    """Whether a bound is not there yet, but may be after so many rounds, if they go on as the last
    ones did.
    """
    left = enough - 1 + _CLEAR - sums[-1]
    if len(sums) <= _LOOK_BACK_ROUNDS:
        return left > 0
    return 0 < left <= rounds * (sums[-1] - sums[-1 - _LOOK_BACK_ROUNDS]) / _LOOK_BACK_ROUNDS


# A sum that is more than a whole number by this is more in exact arithmetic too, nearly always.
_CLEAR = 0.01
_LOOK_BACK_ROUNDS = 4
