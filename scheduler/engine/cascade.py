"""All goals of one component, one after the other, each on what the earlier ones leave.

For each goal the linear relaxation gives dual values, and these a proven bound and the face of
all plans that could reach it. The faces of several goals are worked out on trust; then one
search in the last face finds a plan that reaches all the bounds, and all are proved at once.
Where there is none, goals are searched, several at a time as one weighted sum: a relaxation
that may give up a little of an early goal to gain in a later one says little about the later
one, and the sum does not let it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.components import Component
from scheduler.engine.best import Best
from scheduler.engine.block import Block, Terms, total
from scheduler.engine.bound import Bound
from scheduler.engine.clock import Clock
from scheduler.engine.cpsat import Found
from scheduler.engine.face import Face, Pool
from scheduler.engine.fault import SolverFaultError
from scheduler.engine.improve import Improver
from scheduler.engine.nearby import Nearby
from scheduler.engine.result import ComponentResult, Proof, StageResult
from scheduler.engine.seeker import Seeker
from scheduler.engine.start import start_plan
from scheduler.engine.trust import Known, Step, Trust
from scheduler.goals.base import Stage
from scheduler.program import Program

# The first search that does not find out in so much work (see Clock) waits for a better plan, for
# which there is so much work for each person.
_AT_ONCE, _PER_PERSON = 3.0, 0.03
# Another that does not find out in so much work waits for a better relaxation too, and for a better
# plan with such a share of its work.
_BURST, _SHARE = 30.0, 0.2

Report = Callable[[int, int, int | None], None]


class Cascade:
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
        self._seeker = Seeker(program, component, clock, again=again)
        self._report = report
        self._taken = start_plan(program, component)
        self._belong_to(program, component)
        self._results: list[StageResult] = []
        self._known = Known()
        self._nearby: Nearby | None = None
        # Bounds on stages that are not proved.
        self._floors: dict[int, int] = {}
        # The plans that are best before the first stage, after it, after the second …
        self._best = [Best.all_of(Face(self._seeker.pool))]
        # Where plans as good as the one found are looked for.
        self._last: tuple[Best, Terms] = (self._best[0], {})

    def _belong_to(self, program: Program, component: Component) -> None:
        self._program = program
        self._component = component
        self._own = set(component.columns)
        self._options = frozenset(i for i in self._own if program.columns[i].option is not None)

    def __getstate__(self) -> dict[str, object]:
        """What was found; see `attach`."""
        return {"pool": self._seeker.pool, **{name: self.__dict__[name] for name in _FOUND}}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)

    def attach(self, program: Program, component: Component) -> None:
        """Give the cascade, which comes from another process, the programme and its part of it."""
        pool: Pool = self.__dict__.pop("pool")
        pool.attach(component)
        self._seeker = Seeker(program, component, Clock(), pool)
        self._belong_to(program, component)

    def solve(self, stages: Sequence[Stage], *, examine: bool = True) -> ComponentResult:
        """Every stage in turn; what is not proved says so.

        With `examine`, whether another plan is as good is looked into too.
        """
        self._signs = [-1 if s.maximise else 1 for s in stages]
        self._terms = [
            {i: sign * c for i, c in s.terms.items() if c and i in self._own}
            for s, sign in zip(stages, self._signs, strict=True)
        ]
        clock = self._seeker.clock
        if clock.limits:
            # Most parts are proved soon. Where one is not, a better plan comes before more proof.
            self._improve(clock.part(_START), more=False)
            self._prove(clock.part(_FIRST))
            self._bound(clock.part(_BOUNDS))
            self._improve(clock.part(_BETTER))
        self._prove(clock)
        proved = self._proved == len(stages)
        for number in range(self._proved, len(stages)):
            self._keep(self._sum(self._terms[number]), self._floors.get(number), Proof.NONE)
        self._seeker.clock = clock
        unique, other = self._another() if examine and proved else (None, None)
        if examine and proved:
            self._certify(clock.limited(_CERTIFY + _CERTIFY_SHARE * clock.done))
        return ComponentResult(
            tuple(sorted(self._taken & self._options)),
            tuple(self._results),
            unique,
            None if other is None else tuple(sorted(other & self._options)),
            self._seeker.pool,
        )

    @property
    def _proved(self) -> int:
        """How many stages are."""
        return len(self._results)

    def _prove(self, clock: Clock) -> None:
        """One stage after the other, until all are proved or the clock runs out."""
        while self._proved < len(self._terms) and not clock.out:
            self._advance(clock)

    def _advance(self, clock: Clock) -> None:
        """Prove at least one stage more, unless the clock runs out.

        Where a search does not find out what it should, a better plan is looked for nearby, which
        later searches begin with. From the second time on the relaxation of its stage is made
        better with rounded rows too, and it gets twice the work.
        """
        stages, work = self._terms[self._proved :], _BURST
        self._seeker.clock = clock
        before = tuple(self._sum(terms) for terms in self._terms[: self._proved])
        trust = Trust(self._seeker, self._best[-1].pinned, stages, before, self._known)
        trust.go_on()
        while not clock.out:
            first = self._nearby is None
            self._seeker.clock = clock.limited(_AT_ONCE if first else work)
            reached = self._reach(trust)
            if reached:
                return
            if reached is False:
                trust.go_back()
                continue
            better = _PER_PERSON * self._seeker.people if first else _SHARE * work
            self._improve(clock.limited(better))
            if not first:
                work *= 2
                self._seeker.clock = clock
                trust.look_closer()
        for step, terms in zip(trust.steps, stages, strict=False):
            if self._sum(terms) != step.value:
                return
            self._keep_step(step, terms)  # the plan at hand reaches it

    def _bound(self, clock: Clock) -> None:
        """Bounds on the stages that are not proved, for the plans that are best by those that are:
        the best plan of all is one of these.
        """
        self._seeker.clock = clock
        for number in range(self._proved, len(self._terms)):
            if clock.out:
                return
            bound = self._seeker.quick_bound(self._best[-1].pinned, self._terms[number])
            if bound is not None:
                self._floor(number, bound.whole)

    def _floor(self, stage: int, bound: int) -> None:
        self._floors[stage] = max(bound, self._floors.get(stage, bound))

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

    def _improve(self, clock: Clock, *, more: bool = True) -> None:
        """Make the plan better by the stages that are not proved, some people at a time."""
        stages, face = self._terms[self._proved :], self._best[-1].pinned
        if not stages:
            return
        if self._nearby is None:
            self._nearby = Nearby(self._program, self._component)
        improver = Improver(self._nearby, self._seeker, face, stages, self._taken)
        improver.run(clock, more=more)
        self._taken = improver.taken

    def _keep_step(self, step: Step, terms: Terms) -> None:
        """The next stage has the value at which it was taken on trust."""
        if step.bound.whole == step.value:
            self._keep(step.value, step.value, Proof.BOUND, step.bound)
        else:
            self._keep(step.value, step.value, Proof.SEARCH)
        best = Best.all_of(step.face)
        self._best.append(best)
        self._last = (best, terms)

    def _reach(self, trust: Trust) -> bool | None:
        """Whether a plan lies in the last face; if so it is kept, and the steps are proved. None
        if that was not found out.

        The search makes the stages after the steps best at once; where there are no steps, it
        must do so.
        """
        steps, after = trust.steps, trust.stages[len(trust.steps) :]
        best = Best.all_of(steps[-1].face) if steps else self._best[-1]
        pairs = list(zip(steps, trust.stages, strict=False))
        reached = all(self._sum(terms) == step.value for step, terms in pairs)
        found, block = Found(None, None, complete=False), self._seeker.joined(after)
        if after or not reached:
            found, block = self._seeker.find_near(
                best, block, self._taken, trust.near, trust.least, can_be_empty=bool(steps)
            )
            if found.taken is None and not reached:
                return False if found.complete else None
            if found.taken is not None and not reached:
                self._taken = found.taken
        for step, terms in pairs:
            if self._sum(terms) != step.value:
                raise SolverFaultError(f"the face is pinned to {step.value}, the plan is not")
            self._keep_step(step, terms)
        if after:
            self._record(found, block, trust.floor)
        return True if steps or found.complete else None

    def _record(self, found: Found, block: Block, floor: Bound | None) -> None:
        """Keep what a search for the stages of a block has found; `floor` is a bound on the
        first of them.
        """
        if found.taken is not None and block.sum(found.taken) <= block.sum(self._taken):
            self._taken = found.taken
        if not found.complete:
            if found.bound is not None:
                self._floor(self._proved, block.first_bound(found.bound))
            if floor is not None:
                self._floor(self._proved, floor.whole)
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
        found, _ = self._seeker.find(
            best, self._seeker.joined([last]), self._taken, other_than=free
        )
        if found.taken is not None and total(last, found.taken) == value:
            return False, found.taken
        known = found.bound is not None and found.bound > value
        return (True, None) if found.complete or known else (None, None)

    def _certify(self, clock: Clock) -> None:
        """Prove with bounds what searches have proved, where that takes little: anyone can check
        these.
        """
        searched = [n for n, r in enumerate(self._results) if r.proof is Proof.SEARCH]
        for waiting, number in zip(range(len(searched), 0, -1), searched, strict=True):
            self._seeker.clock = clock.part(1 / waiting)
            terms, face = self._terms[number], self._best[number].pinned
            bound = self._seeker.certificate(face, terms, self._sum(terms))
            if bound is not None:
                self._results[number] = replace(
                    self._results[number], proof=Proof.BOUND, prices=bound.fractions
                )


# What a cascade has found, and takes along to another process.
_FOUND = ("_taken", "_results", "_floors", "_best", "_last", "_signs", "_terms")
# So much work goes to certificates, and such a share of the work done before.
_CERTIFY, _CERTIFY_SHARE = 3.0, 0.1
# With a limit, so much of what is left goes to a good plan to begin with, to a first proof, to
# bounds, and to a better plan.
_START, _FIRST, _BOUNDS, _BETTER = 0.4, 0.4, 0.3, 0.8
