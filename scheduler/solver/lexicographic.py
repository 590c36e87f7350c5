"""All goals of one component, one after the other, each on what the earlier ones leave.

For each goal the linear relaxation gives dual values, and these a proven bound and the face of
all plans that could reach it. The faces of several goals are worked out on speculation; then one
search in the last face finds a plan that reaches all the bounds, and all are proved at once.
Where there is none, less is speculated on, and the goals that are left are searched several at a
time as one weighted sum: a relaxation that may give up a little of an early goal to gain in a
later one says little about the later one, and the sum does not let it.
"""

import math
from collections.abc import Callable, Sequence

from models.proved import Proved
from scheduler.goals.base import Stage
from scheduler.goals.lot import before_lot
from scheduler.program.components import Component
from scheduler.program.program import Program
from scheduler.solver.clock import Clock
from scheduler.solver.heuristics.greedy import greedy_plan
from scheduler.solver.heuristics.improve import NeighbourhoodSearch
from scheduler.solver.heuristics.neighbourhood import Neighbourhoods
from scheduler.solver.integer.cpsat import Found
from scheduler.solver.linear.bound import Bound
from scheduler.solver.linear.face import Face
from scheduler.solver.linear.zero_half import ROUNDS
from scheduler.solver.optimal_set import OptimalSet, Optimum
from scheduler.solver.result import ComponentResult, StageResult
from scheduler.solver.search import Search
from scheduler.solver.speculation import Step, speculated
from scheduler.solver.weighted_sum import Terms, WeightedSum, total
from scheduler.support.errors import SolverFaultError

# The first search that does not find out in so much work (see Clock) waits for a better plan, for
# which there is so much work for each person; the next ones have so many times as much.
_FIRST_SEARCH_UNITS, _UNITS_PER_PERSON, _LATER_TIMES = 3.0, 0.03, 4.0
# Where speculated stages turn out to be too many, so large a share of them is searched.
_FEWER_SHARE = 0.25
# A certificate for what a search has proved may take so much work, and such a share of all before.
_CERTIFY_UNITS, _CERTIFY_SHARE = 1.5, 0.1
# The lot, and whether another plan is as good, may take as much work as all before, and so much at
# least (SPEC section 9).
_LOT_LEAST_UNITS = 5.0
# With a limit, so much of what is left goes to a good plan to begin with, to a first proof, to
# bounds, and to a better plan.
_START_SHARE, _FIRST_SHARE, _BOUNDS_SHARE, _BETTER_SHARE = 0.4, 0.4, 0.3, 0.8

Report = Callable[[int, int, int | None], None]


class Lexicographic:
    """Solves one component; `report` is told stage, value and bound as they become known.

    With `again`, the solver has other settings than usual.
    """

    def __init__(
        self,
        program: Program,
        component: Component,
        clock: Clock,
        report: Report,
        *,
        again: bool = False,
    ) -> None:
        self._searching = Search(program, component, again=again)
        self._clock = clock
        self._report = report
        self._taken = greedy_plan(program, component)
        self._program = program
        self._component = component
        self._own = set(component.columns)
        self._options = frozenset(i for i in self._own if program.columns[i].option is not None)
        self._results: list[StageResult] = []
        self._neighbourhoods: Neighbourhoods | None = None
        # Bounds on stages that are not proved.
        self._bounds: dict[int, int] = {}
        # The plans that are best before the first stage, after it, after the second …
        self._best = [OptimalSet.all_of(Face(self._searching.pool))]

    @property
    def optimum(self) -> Optimum:
        """What was found, for questions about it."""
        return Optimum(
            self._searching.pool,
            self._taken,
            tuple(self._terms),
            tuple(self._results),
            self._decisive,
            tuple(self._best),
        )

    def solve(self, stages: Sequence[Stage], *, examine: bool = True) -> ComponentResult:
        """Every stage in turn; what is not proved says so.

        With `examine`, whether another plan is as good is looked into too, and certificates are
        sought for what searches prove.
        """
        self._signs = [-1 if s.maximise else 1 for s in stages]
        self._terms = [
            {i: sign * c for i, c in s.terms.items() if c and i in self._own}
            for s, sign in zip(stages, self._signs, strict=True)
        ]
        self._rounds = ROUNDS if examine else 0
        last = self._decisive = before_lot([s.goal_id for s in stages])
        clock = self._clock
        before = clock.done
        if clock.limits and examine:
            # Most parts are proved soon. Where one is not, a better plan comes before more proof.
            self._improve(clock.part(_START_SHARE), more=False)
            self._prove(clock.part(_FIRST_SHARE), last)
            self._bound(clock.part(_BOUNDS_SHARE), last)
            self._improve(clock.part(_BETTER_SHARE))
        self._prove(clock, last)
        unique, other = None, None
        if self._proved >= last:
            clock = clock.limited(max(_LOT_LEAST_UNITS, clock.done - before))
            self._prove(clock, len(stages))
            if examine and self._proved == len(stages):
                unique, other = self._another(clock)
        for number in range(self._proved, len(stages)):
            self._keep(self._sum(self._terms[number]), self._bounds.get(number), Proved.NONE)
        return ComponentResult(
            tuple(sorted(self._taken & self._options)),
            tuple(self._results),
            unique,
            None if other is None else tuple(sorted(other & self._options)),
            self._searching.pool,
        )

    @property
    def _proved(self) -> int:
        """How many stages are."""
        return len(self._results)

    def _prove(self, clock: Clock, last: int) -> None:
        """One stage after the other, until so many are proved or the clock runs out."""
        while self._proved < last and not clock.out:
            self._advance(clock, last)

    def _advance(self, clock: Clock, last: int) -> None:
        """Prove at least one stage more, of the first so many, unless the clock runs out.

        Where a search does not find out what it should, less is speculated on, and a better plan
        is looked for nearby, which later searches begin with.
        """
        stages, work = self._terms[self._proved : last], _FIRST_SEARCH_UNITS
        steps = speculated(self._searching, self._best[-1].pinned, stages, self._proved, clock)
        while not clock.out:
            found, block = self._search(steps, stages, clock.limited(work))
            if found.taken is not None or self._reaches(steps):
                self._keep_steps(steps, found)
                if len(steps) < len(stages):
                    self._record(found, block, clock)
                if steps or found.complete:
                    return
            if not found.complete:
                self._improve(clock.limited(_UNITS_PER_PERSON * self._searching.people))
                work *= _LATER_TIMES
            steps = steps[: len(steps) - math.ceil(len(steps) * _FEWER_SHARE)]

    def _search(
        self, steps: Sequence[Step], stages: Sequence[Terms], clock: Clock
    ) -> tuple[Found, WeightedSum]:
        """A plan in the face of the last step that makes the stages after the steps best."""
        best = OptimalSet.all_of(steps[-1].face) if steps else self._best[-1]
        block = self._searching.joined(stages[len(steps) :])
        if not block.stages and self._reaches(steps):
            return Found(None, None, complete=True), block
        return self._searching.find(best, block, self._taken, clock, can_be_empty=bool(steps))

    def _reaches(self, steps: Sequence[Step]) -> bool:
        """Whether the plan at hand has the values of the steps."""
        stages = self._terms[self._proved :]
        return bool(steps) and all(
            self._sum(terms) == step.value for step, terms in zip(steps, stages, strict=False)
        )

    def _keep_steps(self, steps: Sequence[Step], found: Found) -> None:
        """The next stages have the values at which they were speculated to be."""
        if found.taken is not None and steps and not self._reaches(steps):
            self._taken = found.taken
        for step, terms in zip(steps, self._terms[self._proved :], strict=False):
            if self._sum(terms) != step.value:
                raise SolverFaultError.because(
                    f"the face is pinned to {step.value}, the plan is not"
                )
            self._keep(step.value, step.value, Proved.BOUND, step.bound)
            self._best.append(OptimalSet.all_of(step.face))

    def _record(self, found: Found, block: WeightedSum, clock: Clock) -> None:
        """Keep what a search for the stages of a block has found."""
        if found.taken is not None and block.sum(found.taken) <= block.sum(self._taken):
            self._taken = found.taken
        if not found.complete:
            if found.bound is not None:
                self._raise_bound(self._proved, block.first_bound(found.bound))
            return
        if found.bound != block.sum(self._taken):
            raise SolverFaultError.because(f"proved best, but the bound is {found.bound}")
        for terms in block.stages:
            value, best = self._sum(terms), self._best[-1]
            little = clock.limited(_CERTIFY_UNITS + _CERTIFY_SHARE * clock.done)
            bound = self._searching.certificate(best.pinned, terms, value, little, self._rounds)
            if bound is not None and bound.whole == value:
                self._keep(value, value, Proved.BOUND, bound)
            else:
                self._keep(value, value, Proved.SEARCH)
            self._best.append(best.after(self._proved - 1, terms, value, bound))

    def _bound(self, clock: Clock, last: int) -> None:
        """Bounds on the stages that are not proved, for the plans that are best by those that are:
        the best plan of all is one of these.
        """
        for number in range(self._proved, last):
            if clock.out:
                return
            bound = self._searching.bound(self._best[-1].pinned, self._terms[number], clock)
            if bound is not None:
                self._raise_bound(number, bound.whole)

    def _raise_bound(self, stage: int, bound: int) -> None:
        self._bounds[stage] = max(bound, self._bounds.get(stage, bound))

    def _sum(self, terms: Terms) -> int:
        return total(terms, self._taken)

    def _keep(
        self, value: int, bound: int | None, proof: Proved, proved_by: Bound | None = None
    ) -> None:
        """The next stage's result; value and bound of the sum that is made small."""
        number = len(self._results)
        sign = self._signs[number]
        shown = None if bound is None else bound * sign
        prices = None if proved_by is None else proved_by.fractions
        self._results.append(StageResult(value * sign, shown, proof, prices))
        self._report(number, value * sign, shown)

    def _improve(self, clock: Clock, *, more: bool = True) -> None:
        """Make the plan better by the stages that are not proved, some people at a time."""
        stages, face = self._terms[self._proved :], self._best[-1].pinned
        if not stages:
            return
        if self._neighbourhoods is None:
            self._neighbourhoods = Neighbourhoods(self._program, self._component)
        improver = NeighbourhoodSearch(
            self._neighbourhoods, self._searching, face, stages, self._taken
        )
        improver.run(clock, more=more)
        self._taken = improver.taken

    def _another(self, clock: Clock) -> tuple[bool | None, frozenset[int] | None]:
        """Whether no other plan has the same goal values (None: work ran out), and one if any.

        The next best by the last goal is looked for: the goal guides the search.
        """
        best = self._best[-2] if len(self._best) > 1 else self._best[-1]
        last = self._terms[-1] if self._terms else {}
        free = [i for i in best.face.live if i in self._options]
        if not free:
            return True, None
        block = self._searching.joined([last])
        found, _ = self._searching.find(best, block, self._taken, clock, other_than=free)
        value = self._sum(last)
        if found.taken is not None and total(last, found.taken) == value:
            return False, found.taken
        known = found.bound is not None and found.bound > value
        return (True, None) if found.complete or known else (None, None)
