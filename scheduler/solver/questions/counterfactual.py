"""Questions about the plan of one component: others as good, and plans with something else."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from models.proved import Proved
from scheduler.program.components import Component
from scheduler.program.program import Program
from scheduler.solver.clock import Clock
from scheduler.solver.heuristics.neighbourhood import Concern
from scheduler.solver.linear.bound import Bound, priced
from scheduler.solver.linear.face import Face
from scheduler.solver.optimal_set import Optimum
from scheduler.solver.search import Search
from scheduler.solver.weighted_sum import Terms, WeightedSum, total

# A component of more columns is not searched with a limit on the work.
_FEW_COLUMNS = 2000
# So many people are planned anew when somebody is to have something else; more if need be.
_NEAR_PEOPLE = (8, 16, 32)


@dataclass(frozen=True, slots=True)
class Least:
    """What is proved of every plan in which somebody has something else, and how: if no stage
    before this one gets worse, this one is at least so much.
    """

    stage: int
    least: int
    proof: Proved

    @property
    def value(self) -> tuple[int, int]:
        """The stage, and how much it is at least."""
        return self.stage, self.least


@dataclass(frozen=True, slots=True)
class Exchange:
    """The options of a plan in which somebody has something else; None if none was found: then
    `least` is what is proved of every such plan, or, if it is None, no plan that keeps the rules
    has it. `proof` tells how that is known, or, of a plan, that no such plan is better in the first
    stage that gets worse, or those before it.
    """

    taken: frozenset[int] | None
    proof: Proved
    least: Least | None = None


class Counterfactuals:
    """Answers questions about a component that was solved goal by goal."""

    def __init__(self, program: Program, component: Component, optimum: Optimum) -> None:
        self._program = program
        self._component = component
        self._optimum = optimum
        self._searching = Search(program, component, optimum.pool)
        self._own = set(component.columns)
        self._options = frozenset(i for i in self._own if program.columns[i].option is not None)

    def equals(self, stage: int, clock: Clock) -> tuple[list[frozenset[int]], bool]:
        """Plans that are as good in the stages before that one, each with as few changes as can
        be, and at least one for everybody whose placement could be another; and whether all of
        those were found before the clock ran out.
        """
        best = self._optimum.best[stage]
        left = self._people(best.face.live)
        plans: list[frozenset[int]] = []
        changes = self._searching.joined([dict.fromkeys(self._optimum.taken & self._options, -1)])
        while left:
            mine = {i for i in best.face.live if self._people([i]) & left}
            found, _ = self._searching.find(
                best, changes, self._optimum.taken, clock, other_than=mine
            )
            if not found.complete:
                return plans, False
            if found.taken is None:
                break
            plans.append(found.taken & self._options)
            left -= self._people(plans[-1] ^ (self._optimum.taken & self._options))
        return plans, True

    def forced(self, wanted: frozenset[int], clock: Clock, near: Clock) -> Exchange | None:
        """A plan with one of these columns of one candidate, none of which is taken now; None if
        none was found and it is not known that there is none.

        First among plans near this one, then, if every stage but a last lot is proved, among all of
        them; each as long as its clock allows. The answer does not depend on what was asked before.
        """
        rows = len(self._searching.pool.rows)
        try:
            return self._forced(wanted, clock, near)
        finally:
            self._searching.pool.forget(rows)

    def _forced(self, wanted: frozenset[int], clock: Clock, near: Clock) -> Exchange | None:
        taken = self._near(wanted, near)
        reached = None if taken is None else self._reached(taken)
        if reached is not None and not self._may_be_told(reached):
            taken = reached = None
        if self._known < self._optimum.decisive:
            return (
                None if taken is None or reached is None else self._exchange(taken, reached, None)
            )
        lowest = self._certified(wanted)
        little = clock.work is not None and len(self._own) > _FEW_COLUMNS
        if taken is not None and (little or (lowest is not None and reached == lowest.value)):
            return self._exchange(taken, reached, lowest)  # a little work would not prove any more
        for stage in reversed(range(self._known if lowest is None else lowest.stage + 1)):
            best = self._optimum.best[stage]
            live = wanted & set(best.face.live)
            if not live:
                continue
            worse = self._searching.joined([self._optimum.terms[stage]])
            found, _ = self._searching.find(
                best, worse, self._optimum.taken, clock, other_than=live
            )
            if not found.complete:
                if found.bound is not None:
                    lowest = self._higher(lowest, Least(stage, found.bound, Proved.SEARCH))
                return self._exchange(taken, reached, lowest)
            if found.taken is not None:
                reached = self._reached(found.taken)
                known = reached is None or self._may_be_told(reached)
                return Exchange(found.taken & self._options, Proved.SEARCH) if known else None
            if stage > 0:
                least = self._value(self._optimum.terms[stage - 1]) + 1
                lowest = Least(stage - 1, least, Proved.SEARCH)
        return Exchange(None, Proved.SEARCH)

    @property
    def _known(self) -> int:
        """How many stages are proved: the first ones."""
        return sum(result.proof is not Proved.NONE for result in self._optimum.results)

    def _may_be_told(self, reached: tuple[int, int]) -> bool:
        """Whether a plan is worse in the first stage in which it differs: else it would say that
        the plan at hand is not the best, in a stage of which that is not known.
        """
        return reached[0] < self._known or self._is_worse(*reached)

    def _exchange(
        self,
        taken: frozenset[int] | None,
        reached: tuple[int, int] | None,
        lowest: Least | None,
    ) -> Exchange | None:
        """What was found, how it first differs from the plan at hand, and what is proved of it;
        None if neither is anything.
        """
        if taken is None:
            return None if lowest is None else Exchange(None, lowest.proof, lowest)
        proved = lowest is not None and reached == lowest.value
        return Exchange(taken & self._options, lowest.proof if lowest and proved else Proved.NONE)

    def _certified(self, wanted: frozenset[int]) -> Least | None:
        """What the first certificate says that says something of plans with one of the columns."""
        for stage, (bound, charges) in self._certificates.items():
            if any(i in charges for i in wanted):
                lowest = Least(stage, bound.least_with(charges, wanted), Proved.BOUND)
                if self._is_worse(*lowest.value):
                    return lowest
        return None

    @cached_property
    def _certificates(self) -> dict[int, tuple[Bound, dict[int, int]]]:
        """The bounds that prove stages, and what each column costs above them."""
        found = {}
        for stage, result in enumerate(self._optimum.results):
            if result.prices is not None:
                face = self._optimum.best[stage].pinned
                bound = priced(face, self._optimum.terms[stage], result.prices)
                found[stage] = bound, bound.charges(face)
        return found

    def _is_worse(self, stage: int, value: int) -> bool:
        """Whether a stage is worse so than in the plan at hand."""
        return value > self._value(self._optimum.terms[stage])

    def _higher(self, lowest: Least | None, other: Least) -> Least | None:
        """The one that says more, if any: the other only where it is above the plan at hand."""
        if not self._is_worse(*other.value):
            return lowest
        known = () if lowest is None else (-lowest.stage, lowest.least)
        return other if (-other.stage, other.least) > known else lowest

    def _reached(self, taken: frozenset[int]) -> tuple[int, int] | None:
        """The first stage in which a plan differs from the one at hand, and how it is there."""
        for stage, terms in enumerate(self._optimum.terms):
            value = total(terms, taken)
            if value != self._value(terms):
                return stage, value
        return None

    @cached_property
    def _concern(self) -> Concern:
        return Concern(self._program, self._component)

    @cached_property
    def _all(self) -> WeightedSum:
        return self._searching.joined(self._optimum.terms)

    def _near(self, wanted: frozenset[int], clock: Clock) -> frozenset[int] | None:
        """The best such plan when only the people most concerned are planned anew."""
        who, face = self._people(wanted).pop(), Face(self._searching.pool)
        for most in _NEAR_PEOPLE:
            moving = self._concern.most_concerned(who, wanted, self._optimum.taken, most)
            columns = self._concern.columns_of(moving)
            found = self._searching.find_beside(
                face, self._all, self._optimum.taken, columns, clock, wanted
            )
            if found.taken is not None:
                return found.taken
        return None

    def _value(self, terms: Terms) -> int:
        """A sum in the plan at hand."""
        return total(terms, self._optimum.taken)

    def _people(self, columns: Iterable[int]) -> set[str]:
        """Whose options the columns are."""
        options = (self._program.columns[i].option for i in columns)
        return {option.candidate_id for option in options if option is not None}
