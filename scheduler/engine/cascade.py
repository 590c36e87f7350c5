"""All goals of one component, one after the other, each on what the earlier ones leave.

For each goal the linear relaxation gives dual values, and these a proven bound and the face of
all plans that could reach it. The faces of several goals are worked out on trust; then one
search in the last face finds a plan that reaches all the bounds, and all are proved at once.
Where there is none, fewer goals are taken on trust; at last one goal is searched by itself.

Some rules write rows only when something breaks them: whatever the relaxation or a search
gives is shown to them, and it is done again with their rows until they have none to add. So
every plan kept here keeps every rule, and every bound holds for all plans that do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.engine.bound import Bound, exact_bound
from scheduler.engine.clock import Clock
from scheduler.engine.components import Component
from scheduler.engine.cpsat import Found, search
from scheduler.engine.face import Face, Pool
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
        self._program = program
        self._clock = clock
        self._report = report
        self._pool = Pool(component)
        # All plans still in question, and the same with the goal before last pinned, not the last.
        self._face = self._before_last = Face(self._pool)
        self._relaxation = Relaxation(self._pool)
        self._taken = start_plan(program, component)
        self._own = set(component.columns)
        self._options = frozenset(i for i in self._own if program.columns[i].option is not None)
        self._guide = {i: c for i, c in program.guide.items() if i in self._own}
        self._results: list[StageResult] = []
        self._last: tuple[Face, Terms, Bound | None] | None = None
        self._ahead: tuple[Terms, Found] | None = None
        self._left_by: list[Face] = []  # the face that each stage leaves

    def solve(self, stages: Sequence[Stage], *, examine: bool = True) -> ComponentResult:
        """Every stage in turn; what is not proved says so.

        With `examine`, whether another plan is as good is looked into too.
        """
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
        proved = examine and len(self._results) == len(terms)
        for n in range(len(self._results), len(terms)):
            self._keep(self._sum(terms[n]) * signs[n], None, Proof.NONE)
        unique, other = self._another(terms[-1] if terms else {}) if proved else (None, None)
        return ComponentResult(
            tuple(sorted(self._taken & self._options)),
            tuple(self._results),
            unique,
            None if other is None else tuple(sorted(other & self._options)),
        )

    def _sum(self, terms: Terms) -> int:
        return sum(c for i, c in terms.items() if i in self._taken)

    def equals(self, stage: int, clock: Clock) -> tuple[list[frozenset[int]], bool]:
        """Plans that are as good in the stages before that one, each with as few changes as can
        be, and at least one for everybody whose placement could be another; and whether all of
        those were found before the clock ran out.
        """
        face = self._left_by[stage - 1] if stage else Face(self._pool)
        left = self._people(face.live)
        plans: list[frozenset[int]] = []
        self._clock = clock
        while left:
            mine = {i: int(i in self._taken) for i in face.live if self._people([i]) & left}
            changes = dict.fromkeys(self._taken & self._options, -1)
            found = self._find(face, changes, other_than=mine)
            if not found.complete:
                return plans, False
            if found.taken is None:
                break
            plans.append(found.taken & self._options)
            left -= self._people(plans[-1] ^ (self._taken & self._options))
        return plans, True

    def _people(self, columns: Iterable[int]) -> set[str]:
        """Whose options the columns are."""
        options = (self._program.columns[i].option for i in columns)
        return {option.candidate_id for option in options if option is not None}

    def _keep(self, value: int, bound: int | None, proof: Proof) -> None:
        self._results.append(StageResult(value, bound, proof))
        self._report(len(self._results) - 1, value, bound)

    def _bound(self, face: Face, terms: Terms) -> Bound | None:
        """The bound on a stage in a face; asked for twice in a row, it is worked out once."""
        if self._last is None or self._last[0] is not face or self._last[1] is not terms:
            self._last = (face, terms, self._relaxed_bound(face, terms))
        return self._last[2]

    def _relaxed_bound(self, face: Face, terms: Terms) -> Bound | None:
        """The bound when rules have had their say about the relaxation; None if time ran out."""
        sums: list[float] = []
        while True:
            relaxed = self._relaxation.solve(face, terms, self._clock.left)
            if relaxed is None:
                return None
            sums.append(relaxed.total)
            tailing = len(sums) > _PATIENCE and sums[-1] - sums[-_PATIENCE] < 0.02
            if tailing or not self._add_rows(relaxed.values):
                return exact_bound(face, terms, relaxed.duals)

    def _add_rows(self, values: Mapping[int, float]) -> bool:
        """Let rules write rows that the values break; whether there were any."""
        rows = self._program.broken_by(values)
        for row in rows:
            self._pool.add(row)
        return bool(rows)

    def _find(
        self,
        face: Face,
        terms: Terms,
        *,
        other_than: Mapping[int, int] | None = None,
        can_be_empty: bool = True,
    ) -> Found:
        """Search a face, with `terms` as small as possible, until what is found keeps all rules."""
        guide = self._guide if _small(terms) and other_than is None else {}
        hint = self._taken if other_than is None else ()
        while True:
            found = search(
                face,
                self._clock,
                hint,
                terms,
                guide=guide,
                other_than=other_than,
                can_be_empty=can_be_empty,
            )
            if found.taken is None or not self._add_rows(dict.fromkeys(found.taken, 1.0)):
                return found

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
            if bound is None or not (bound.exact or _small(terms)):
                break
            face = bound.narrowed(face, bound.whole)
            if not bound.exact:
                face = face.with_goal(_goal_row(terms, bound.whole))
            steps.append(_Step(bound.whole, face))
        return steps

    def _reach(self, steps: Sequence[_Step], stages: Sequence[Terms], signs: Sequence[int]) -> bool:
        """Whether a plan lies in the last face; if so it is kept, and the bounds are proved.

        The search makes the stage after the steps best at once, which it will be asked for next.
        """
        pairs = list(zip(steps, stages, strict=False))
        if any(self._sum(terms) != step.value for step, terms in pairs):
            following = stages[len(steps)] if len(stages) > len(steps) else {}
            found = self._find(steps[-1].face, following)
            if found.taken is None:
                return False
            self._taken = found.taken
            self._ahead = (following, found)
        for (step, terms), sign in zip(pairs, signs, strict=False):
            if self._sum(terms) != step.value:
                raise SolverFaultError(f"the face is pinned to {step.value}, the plan is not")
            self._keep(step.value * sign, step.value * sign, Proof.BOUND)
            self._left_by.append(step.face)
        self._face = self._before_last = steps[-1].face
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
            found = self._find(face, terms, can_be_empty=False)
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
        self._before_last = face
        self._face = face.with_goal(_goal_row(terms, value))
        self._left_by.append(self._face)
        return True

    def _another(self, last: Terms) -> tuple[bool | None, frozenset[int] | None]:
        """Whether no other plan has the same goal values (None: time ran out), and one if any.

        The next best by the last goal is looked for: the goal guides the search.
        """
        face = self._before_last
        free = [i for i in face.live if i in self._options]
        if not free:
            return True, None
        plan = {i: int(i in self._taken) for i in free}
        value = self._sum(last)
        found = self._find(face, last, other_than=plan)
        if found.taken is not None and sum(c for i, c in last.items() if i in found.taken) == value:
            return False, found.taken
        known = found.bound is not None and found.bound > value
        return (True, None) if found.complete or known else (None, None)


def _goal_row(terms: Terms, value: int) -> Row:
    """The row that keeps a goal at its value."""
    return Row("goal", tuple(sorted(terms.items())), value, value)


# So many rounds of rows that hardly improve a bound are enough.
_PATIENCE = 5


def _small(terms: Terms) -> bool:
    """Whether a sum counts people, more or less: it often reaches its rounded bound."""
    return all(abs(c) <= 16 for c in terms.values())
