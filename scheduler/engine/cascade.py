"""All goals of one component, one after the other, each on what the earlier ones leave.

For each goal the linear relaxation gives dual values, and these a proven bound and the face of
all plans that could reach it. The faces of several goals are worked out on trust; then one
search in the last face finds a plan that reaches all the bounds, and all are proved at once.
Where there is none, fewer goals are taken on trust; at last one goal is searched by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.engine.bound import Bound, exact_bound
from scheduler.engine.clock import Clock
from scheduler.engine.components import Component
from scheduler.engine.cpsat import Found, search
from scheduler.engine.face import Face
from scheduler.engine.relaxation import Relaxation
from scheduler.engine.result import ComponentResult, Proof, SolverFaultError, StageResult
from scheduler.engine.start import start_plan
from scheduler.goals.base import Stage
from scheduler.program import Program, Row

Report = Callable[[int, int, int | None], None]
Terms = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Step:
    """A stage taken on trust: the value its bound allows, and the face it leaves."""

    value: int
    face: Face


class Cascade:
    """Solves one component; `report` is told stage, value and bound as they become known."""

    def __init__(
        self, program: Program, component: Component, clock: Clock, report: Report
    ) -> None:
        self._clock = clock
        self._report = report
        self._face = Face.whole(component)
        self._relaxation = Relaxation(component)
        self._taken = start_plan(program, component)
        own = set(component.columns)
        self._own = own
        self._options = frozenset(i for i in own if program.columns[i].option is not None)
        self._results: list[StageResult] = []
        self._last: tuple[Face, Terms, Bound | None] | None = None
        self._ahead: tuple[Terms, Found] | None = None

    def solve(self, stages: Sequence[Stage]) -> ComponentResult:
        """Every stage in turn; what is not proved says so."""
        signs = [-1 if s.maximise else 1 for s in stages]
        terms = [
            {i: sign * c for i, c in s.terms.items() if c and i in self._own}
            for s, sign in zip(stages, signs, strict=True)
        ]
        steps: list[_Step] = []
        doubtful = 0  # so many of the steps are known not to be reached together
        while (done := len(self._results)) < len(terms) and not self._clock.out:
            if not steps:
                steps, doubtful = self._on_trust(terms[done:]), 0
            if not steps or doubtful == 1:
                if not self._search(terms[done], signs[done]):
                    break
                steps = []
                continue
            count = doubtful // 2 or len(steps)
            if self._reach(steps[:count], terms[done:], signs[done:]):
                steps, doubtful = steps[count:], max(0, doubtful - count)
            else:
                doubtful = count
        proved = len(self._results) == len(terms)
        for n in range(len(self._results), len(terms)):
            self._keep(self._sum(terms[n]) * signs[n], None, Proof.NONE)
        unique = self._is_unique(terms[-1] if terms else {}) if proved else None
        taken = tuple(sorted(self._taken & self._options))
        return ComponentResult(taken, tuple(self._results), unique)

    def _sum(self, terms: Terms) -> int:
        return sum(c for i, c in terms.items() if i in self._taken)

    def _keep(self, value: int, bound: int | None, proof: Proof) -> None:
        self._results.append(StageResult(value, bound, proof))
        self._report(len(self._results) - 1, value, bound)

    def _bound(self, face: Face, terms: Terms) -> Bound | None:
        """The bound on a stage in a face; asked for twice in a row, it is worked out once."""
        if self._last is None or self._last[0] is not face or self._last[1] is not terms:
            duals = self._relaxation.duals(face, terms, self._clock.left)
            bound = None if duals is None else exact_bound(face, terms, duals)
            self._last = (face, terms, bound)
        return self._last[2]

    def _on_trust(self, stages: Sequence[Terms]) -> list[_Step]:
        """The faces of as many stages as have a whole-numbered bound, one within the other."""
        steps: list[_Step] = []
        face = self._face
        for terms in stages:
            if not any(i in terms for i in face.live):
                _, value = face.live_terms(terms.items())
                steps.append(_Step(value, face))
                continue
            bound = self._bound(face, terms)
            if bound is None or not bound.exact:
                break
            face = bound.narrowed(face, bound.whole)
            steps.append(_Step(bound.whole, face))
        return steps

    def _reach(self, steps: Sequence[_Step], stages: Sequence[Terms], signs: Sequence[int]) -> bool:
        """Whether a plan lies in the last face; if so it is kept, and the bounds are proved.

        The search makes the stage after the steps best at once, which it will be asked for next.
        """
        pairs = list(zip(steps, stages, strict=False))
        if any(self._sum(terms) != step.value for step, terms in pairs):
            following = stages[len(steps)] if len(stages) > len(steps) else {}
            found = search(steps[-1].face, self._clock, self._taken, following)
            if found.taken is None:
                return False
            self._taken = found.taken
            self._ahead = (following, found)
        for (step, terms), sign in zip(pairs, signs, strict=False):
            if self._sum(terms) != step.value:
                raise SolverFaultError(f"the face is pinned to {step.value}, the plan is not")
            self._keep(step.value * sign, step.value * sign, Proof.BOUND)
        self._face = steps[-1].face
        return True

    def _search(self, terms: Terms, sign: int) -> bool:
        """Make one stage best by search; False if time ran out before it was proved."""
        bound = self._bound(self._face, terms)
        if self._ahead is not None and self._ahead[0] is terms:
            found = self._ahead[1]
        else:
            face = self._face
            if bound is not None:
                face = bound.narrowed(face, self._sum(terms))
            found = search(face, self._clock, self._taken, terms, can_be_empty=False)
        if found.taken is not None:
            self._taken = found.taken
        value = self._sum(terms)
        known = [b for b in (found.bound, bound.whole if bound else None) if b is not None]
        best = max(known) * sign if known else None
        if not found.complete:
            self._keep(value * sign, best, Proof.NONE)
            return False
        if best != value * sign:
            raise SolverFaultError(f"proved best {value * sign}, but the bound is {best}")
        self._keep(value * sign, best, Proof.SEARCH)
        face = self._face if bound is None else bound.narrowed(self._face, value)
        row = Row("goal", tuple(sorted(terms.items())), value, value)
        self._face = face.with_row(row)
        return True

    def _is_unique(self, last: Terms) -> bool | None:
        """Whether no other plan has the same goal values; None if time ran out.

        The last goal is there for the solver's sake: it guides the search to the contradiction.
        """
        free = [i for i in self._face.live if i in self._options]
        if not free:
            return True
        plan = {i: int(i in self._taken) for i in free}
        found = search(self._face, self._clock, (), last, other_than=plan)
        if found.taken is not None:
            return False
        return True if found.complete else None
