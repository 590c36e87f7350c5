"""Relaxing and searching, with the rows that come up on the way.

Some rules write rows only when something breaks them: whatever the relaxation or a search gives
is shown to them, and it is done again with their rows until they have none to add. So every plan
found keeps every rule, and every bound holds for all plans that do.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scheduler.components import Component
from scheduler.engine.best import Best
from scheduler.engine.block import Block, Spans, Terms
from scheduler.engine.bound import Bound, exact_bound
from scheduler.engine.cliques import Cliques
from scheduler.engine.clock import Clock
from scheduler.engine.cpsat import Found, search
from scheduler.engine.face import Face, Pool
from scheduler.engine.relaxation import Relaxation
from scheduler.program import Program

# So many rounds of rows that hardly improve a bound are enough.
_PATIENCE = 3
# A unit of work (see Clock): about a second, for asking the rules about so many people.
_PEOPLE_PER_UNIT = 2000


class Seeker:
    """Bounds and plans of one component."""

    def __init__(
        self,
        program: Program,
        component: Component,
        clock: Clock,
        pool: Pool | None = None,
        *,
        again: bool = False,
    ) -> None:
        self.clock = clock
        self._again = again
        self.pool = pool or Pool(component)
        self._program = program
        self._cliques = Cliques(component)
        self._spans = Spans(program, component)
        self._relaxation = Relaxation(self.pool)
        own = set(component.columns)
        first = (c.all[0].index for c in program.candidates.values() if c.all)
        self._people = sum(index in own for index in first)

    def joined(self, stages: Sequence[Terms]) -> Block:
        """As many of the stages as fit into one sum."""
        return self._spans.joined(stages)

    def bound(self, face: Face, terms: Terms) -> Bound | None:
        """The bound when rules have had their say about the relaxation; None if time ran out."""
        sums: list[float] = []
        while True:
            relaxed = self._relaxation.solve(face, terms, self.clock)
            if relaxed is None:
                return None
            sums.append(relaxed.total)
            tailing = len(sums) > _PATIENCE and sums[-1] - sums[-_PATIENCE] < 0.02
            if tailing or not self._add_rows(relaxed.values):
                return exact_bound(face, terms, relaxed.duals)

    def quick_bound(self, face: Face, terms: Terms) -> Bound | None:
        """The bound of a single relaxation; None if time ran out."""
        relaxed = self._relaxation.solve(face, terms, self.clock)
        return None if relaxed is None else exact_bound(face, terms, relaxed.duals)

    def _add_rows(self, values: Mapping[int, float]) -> bool:
        """Let rules write rows that the values break; whether there were any."""
        self.clock.charge(self._people / _PEOPLE_PER_UNIT)
        rows = self._program.broken_by(values)
        rows += self._cliques.broken_by(values)
        for row in rows:
            self.pool.add(row)
        return bool(rows)

    def find(
        self,
        best: Best,
        stages: Sequence[Terms],
        taken: frozenset[int],
        *,
        other_than: Iterable[int] = (),
        can_be_empty: bool = True,
    ) -> tuple[Found, Block]:
        """A plan among the best ones, as good as can be by as many of the stages as fit into
        one sum, that keeps all rules; the bound is one on that sum.

        Of the columns `other_than` some differ from the plan `taken`.
        """
        block, face, lead = self._spans.joined(stages), best.pinned, 0
        if best.terms:
            both = self._spans.joined([best.terms, *stages])
            if len(both.stages) > 1:
                block, face, lead = both.without_first(), best.face, both.weights[0]
        terms = Counter(block.terms)
        for index, coefficient in best.terms.items() if lead else ():
            terms[index] += lead * coefficient
        values = {i: int(i in taken) for i in other_than if i not in face.settled}
        while True:
            found = search(
                face,
                self.clock,
                () if values else taken,
                terms,
                other_than=values or None,
                can_be_empty=can_be_empty,
                again=self._again,
            )
            if found.taken is None or not self._add_rows(dict.fromkeys(found.taken, 1.0)):
                break
        if found.taken is not None and lead and best.above(found.taken):
            return Found(None, None, found.complete), block
        bound = None if found.bound is None else found.bound - lead * best.value
        return replace(found, bound=bound), block
