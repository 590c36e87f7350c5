"""All goals of one component, one after the other, each on what the earlier ones leave.

For each goal the linear relaxation gives dual values, and these a proven bound and the face of
all plans that could reach it. The faces of several goals are worked out on trust; then one
search in the last face finds a plan that reaches all the bounds, and all are proved at once.
Where there is none, goals are searched, several at a time as one weighted sum: a relaxation
that may give up a little of an early goal to gain in a later one says little about the later
one, and the sum does not let it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.components import Component
from scheduler.engine.best import Best, counts_people, goal_row
from scheduler.engine.block import Block, Terms, total
from scheduler.engine.bound import Bound, exact_bound
from scheduler.engine.clock import Clock
from scheduler.engine.cpsat import Found
from scheduler.engine.face import Face
from scheduler.engine.fault import SolverFaultError
from scheduler.engine.nearby import Concern, neighbourhoods
from scheduler.engine.result import ComponentResult, Proof, StageResult
from scheduler.engine.seeker import Seeker
from scheduler.engine.start import start_plan
from scheduler.goals.base import Stage
from scheduler.program import Program

Report = Callable[[int, int, int | None], None]


@dataclass(frozen=True, slots=True)
class _Step:
    """A stage taken on trust: the value its bound allows, and the face it leaves."""

    value: int
    face: Face
    bound: Bound


@dataclass(frozen=True, slots=True)
class Exchange:
    """The options of a plan in which somebody has something else; None if no plan that keeps the
    rules has it. With `exact`, no such plan is better in the first stage that gets worse, or those
    before it.
    """

    taken: frozenset[int] | None
    exact: bool


class Cascade:
    """Solves one component; `report` is told stage, value and bound as they become known."""

    def __init__(
        self, program: Program, component: Component, clock: Clock, report: Report
    ) -> None:
        self._program = program
        self._seeker = Seeker(program, component, clock)
        self._report = report
        self._taken = start_plan(program, component)
        self._component = component
        self._own = set(component.columns)
        self._options = frozenset(i for i in self._own if program.columns[i].option is not None)
        self._results: list[StageResult] = []
        # The plans that are best before the first stage, after it, after the second …
        self._best = [Best.all_of(Face(self._seeker.pool))]
        # Where plans as good as the one found are looked for.
        self._last: tuple[Best, Terms] = (self._best[0], {})

    def solve(self, stages: Sequence[Stage], *, examine: bool = True) -> ComponentResult:
        """Every stage in turn; what is not proved says so.

        With `examine`, whether another plan is as good is looked into too.
        """
        signs = [-1 if s.maximise else 1 for s in stages]
        terms = [
            {i: sign * c for i, c in s.terms.items() if c and i in self._own}
            for s, sign in zip(stages, signs, strict=True)
        ]
        self._signs, self._terms = signs, terms
        if (time := self._seeker.clock.left) is not None:
            self._improve(terms, time * _FOR_PROOF)
        while len(self._results) < len(terms) and self._all_proved and not self._seeker.clock.out:
            left = terms[len(self._results) :]
            steps, floor = self._on_trust(left)
            known = steps[0].bound if steps else floor
            while steps and not self._reach(steps, left, floor):
                # At last none is left, and the first stage is searched.
                steps, floor = steps[:-1], None
            if not steps:
                found, block = self._seeker.find(
                    self._best[-1], left, self._taken, can_be_empty=False
                )
                self._record(found, block, known)
        proved = examine and self._all_proved and len(self._results) == len(terms)
        for n in range(len(self._results), len(terms)):
            self._keep(self._sum(terms[n]), None, Proof.NONE)
        unique, other = self._another() if proved else (None, None)
        return ComponentResult(
            tuple(sorted(self._taken & self._options)),
            tuple(self._results),
            unique,
            None if other is None else tuple(sorted(other & self._options)),
            self._seeker.pool,
        )

    def equals(self, stage: int, clock: Clock) -> tuple[list[frozenset[int]], bool]:
        """Plans that are as good in the stages before that one, each with as few changes as can
        be, and at least one for everybody whose placement could be another; and whether all of
        those were found before the clock ran out.
        """
        best = self._best[stage]
        left = self._people(best.face.live)
        plans: list[frozenset[int]] = []
        self._seeker.clock = clock
        changes = dict.fromkeys(self._taken & self._options, -1)
        while left:
            mine = {i for i in best.face.live if self._people([i]) & left}
            found, _ = self._seeker.find(best, [changes], self._taken, other_than=mine)
            if not found.complete:
                return plans, False
            if found.taken is None:
                break
            plans.append(found.taken & self._options)
            left -= self._people(plans[-1] ^ (self._taken & self._options))
        return plans, True

    def forced(self, wanted: frozenset[int], clock: Clock, near: Clock) -> Exchange | None:
        """A plan with one of these columns of one candidate, none of which is taken now; None if
        none was found and it is not known that there is none.

        First among plans near this one, then among all of them; each as long as its clock allows.
        Every stage must be proved.
        """
        self._seeker.clock = near
        first = self._near(wanted)
        if first is not None and clock.work is not None and len(self._own) > _LITTLE:
            return first  # a little work would not prove anything
        self._seeker.clock = clock
        for stage in reversed(range(len(self._results))):
            best = self._best[stage]
            live = wanted & set(best.face.live)
            if not live:
                continue
            found, _ = self._seeker.find(best, [self._terms[stage]], self._taken, other_than=live)
            if not found.complete:
                return first
            if found.taken is not None:
                return Exchange(found.taken & self._options, exact=True)
        return Exchange(None, exact=True)

    @cached_property
    def _concern(self) -> Concern:
        return Concern(self._program, self._component)

    def _near(self, wanted: frozenset[int]) -> Exchange | None:
        """The best such plan when only the people most concerned are planned anew."""
        who = self._people(wanted).pop()
        for most in _NEAR:
            moving = self._concern.of(who, wanted, self._taken, most)
            columns = {c.index for w in moving for c in self._program.candidates[w].all}
            stay = {i: int(i in self._taken) for i in self._options - columns}
            face = Face(self._seeker.pool).narrowed(stay, {})
            found, _ = self._seeker.find(
                Best.all_of(face), self._terms, self._taken, other_than=wanted
            )
            if found.taken is not None:
                return Exchange(found.taken & self._options, exact=False)
        return None

    def _people(self, columns: Iterable[int]) -> set[str]:
        """Whose options the columns are."""
        options = (self._program.columns[i].option for i in columns)
        return {option.candidate_id for option in options if option is not None}

    def _sum(self, terms: Terms) -> int:
        return total(terms, self._taken)

    def _keep(
        self, value: int, bound: int | None, proof: Proof, proved_by: Bound | None = None
    ) -> None:
        """The next stage's result; value and bound of the sum that is made small."""
        number = len(self._results)
        sign = self._signs[number]
        shown = None if bound is None else bound * sign
        prices = None if proved_by is None else proved_by.fractions
        self._results.append(StageResult(value * sign, shown, proof, prices))
        self._report(number, value * sign, shown)

    def _improve(self, stages: Sequence[Terms], seconds: float) -> None:
        """Make the first plan better, some people at a time, until so much time is left or a
        whole pass brings nothing.
        """
        everything = Face(self._seeker.pool)
        block = self._seeker.joined(stages)
        value = block.sum(self._taken)
        for groups in neighbourhoods(self._program, self._component):
            before = value
            for group in groups:
                if (self._seeker.clock.left or 0.0) <= seconds:
                    return
                moving = {c.index for who in group for c in self._program.candidates[who].all}
                stay = {i: int(i in self._taken) for i in self._options - moving}
                near = Best.all_of(everything.narrowed(stay, {}))
                found, _ = self._seeker.find(near, stages, self._taken)
                if found.taken is not None and (better := block.sum(found.taken)) < value:
                    self._taken, value = found.taken, better
            if value == before:
                return

    @property
    def _all_proved(self) -> bool:
        return all(r.proof is not Proof.NONE for r in self._results)

    def _on_trust(self, stages: Sequence[Terms]) -> tuple[list[_Step], Bound | None]:
        """The faces of as many stages as have a whole-numbered bound, one within the other; and
        a bound on the stage after them, if it is known.
        """
        steps: list[_Step] = []
        face = self._best[-1].pinned
        for terms in stages:
            if not any(i in terms for i in face.live):
                settled = exact_bound(face, terms, {})
                steps.append(_Step(settled.whole, face, settled))
                continue
            bound = self._seeker.bound(face, terms)
            if bound is None:
                return steps, None
            if not (bound.exact or counts_people(terms)):
                return steps, bound
            face = bound.narrowed(face, bound.whole)
            if not bound.exact:
                stage = len(self._results) + len(steps)
                number = self._seeker.pool.add(goal_row(terms, bound.whole), stage=stage)
                face = face.with_goal(number)
            steps.append(_Step(bound.whole, face, bound))
        return steps, None

    def _reach(self, steps: Sequence[_Step], stages: Sequence[Terms], floor: Bound | None) -> bool:
        """Whether a plan lies in the last face; if so it is kept, and the bounds are proved.

        The search makes the stages after the steps best at once.
        """
        face, after = Best.all_of(steps[-1].face), stages[len(steps) :]
        pairs = list(zip(steps, stages, strict=False))
        reached = all(self._sum(terms) == step.value for step, terms in pairs)
        found, block = Found(None, None, complete=False), self._seeker.joined(after)
        if after or not reached:
            found, block = self._seeker.find(face, after, self._taken)
            if found.taken is None and not reached:
                return False
            if found.taken is not None:
                self._taken = found.taken
        for step, terms in pairs:
            if self._sum(terms) != step.value:
                raise SolverFaultError(f"the face is pinned to {step.value}, the plan is not")
            self._keep(step.value, step.value, Proof.BOUND, step.bound)
            self._best.append(Best.all_of(step.face))
        self._last = (face, stages[len(steps) - 1])
        if after:
            self._record(found, block, floor)
        return True

    def _record(self, found: Found, block: Block, floor: Bound | None) -> None:
        """Keep what a search for the stages of a block has found; `floor` is a bound on the
        first of them.
        """
        if found.taken is not None and block.sum(found.taken) <= block.sum(self._taken):
            self._taken = found.taken
        if not found.complete:
            least = [] if found.bound is None else [block.first_bound(found.bound)]
            bound = max((*least, *([] if floor is None else [floor.whole])), default=None)
            self._keep(self._sum(block.stages[0]), bound, Proof.NONE)
            return
        if found.bound != block.sum(self._taken):
            raise SolverFaultError(f"proved best, but the bound is {found.bound}")
        for terms in block.stages:
            value, best = self._sum(terms), self._best[-1]
            if floor is not None and floor.whole == value:
                self._keep(value, value, Proof.BOUND, floor)
            else:
                self._keep(value, value, Proof.SEARCH)
            floor = None
            self._last = (best, terms)
            self._best.append(best.after(len(self._results) - 1, terms, value))

    def _another(self) -> tuple[bool | None, frozenset[int] | None]:
        """Whether no other plan has the same goal values (None: time ran out), and one if any.

        The next best by the last goal is looked for: the goal guides the search.
        """
        best, last = self._last
        free = [i for i in best.face.live if i in self._options]
        if not free:
            return True, None
        value = self._sum(last)
        found, _ = self._seeker.find(best, [last], self._taken, other_than=free)
        if found.taken is not None and total(last, found.taken) == value:
            return False, found.taken
        known = found.bound is not None and found.bound > value
        return (True, None) if found.complete or known else (None, None)


# With a time limit, this part of the time is kept for the proof.
_FOR_PROOF = 0.5
# A component of more columns is not searched with a limit on the work.
_LITTLE = 2000
# So many people are planned anew when somebody is to have something else; more if need be.
_NEAR = (8, 16, 32)
