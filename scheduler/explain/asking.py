"""What would get worse if a wish were met: the solver is asked for the plan that meets it."""

from models.explanation import HarmEntry
from models.wish import Wish
from scheduler.engine import Solution
from scheduler.engine.clock import Clock
from scheduler.engine.forced import force
from scheduler.explain.harm import against_rules, harm_of
from scheduler.option import meets

# So much work (see Clock) is for proving what one wish would cost, where not more is asked for.
QUICK = 0.5


class Harm:
    """Asks a solution about wishes that it does not meet."""

    def __init__(self, solution: Solution, clock: Clock, work: float | None) -> None:
        self._solution = solution
        self._clock = clock
        self._work = work

    def of(self, row: Wish) -> HarmEntry | None:
        """What would get worse if the row were met; None if that was not found out.

        `work` (see Clock) is for each question; whatever it is, plans that are nearly the same
        are searched.
        """
        if not self._solution.optimal or self._clock.out:
            return None
        work = self._solution.work
        round = work.program.round
        wanted = frozenset(
            column.index
            for column in work.program.candidates[row.candidate_id].all
            if column.option is not None
            and any(meets(round, row, segment) for segment in column.option.segments)
        )
        found = force(work, wanted, self._clock.limited(self._work))
        if found is None:
            return None
        if found.placements is None:
            return against_rules()
        return harm_of(work.program.case, self._solution.placements, found.placements, found.exact)
