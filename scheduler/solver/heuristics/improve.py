"""Better plans near a plan: some people are planned anew while all others stay where they are.

This proves nothing, but gives a good plan early, for when there is not the time for a proof.
"""

from collections.abc import Sequence

from scheduler.solver.clock import Clock
from scheduler.solver.heuristics.neighbourhood import Neighbourhoods
from scheduler.solver.linear.face import Face
from scheduler.solver.search import Search
from scheduler.solver.weighted_sum import Terms

_COLUMNS_PER_UNIT = 5e3  # work for each time (see Clock)


class NeighbourhoodSearch:
    """Makes the plan `taken` better by the stages, within the face."""

    def __init__(
        self,
        neighbourhoods: Neighbourhoods,
        searching: Search,
        face: Face,
        stages: Sequence[Terms],
        taken: frozenset[int],
    ) -> None:
        self._searching = searching
        self._face = face
        self._neighbourhoods = neighbourhoods
        self._block = searching.joined(stages)
        self._value = self._block.sum(taken)
        self.taken = taken

    def run(self, clock: Clock, *, more: bool = True) -> None:
        """Go on until the clock runs out, or until that would be planning everybody anew; or, if
        not with `more` people at a time, until it brings nothing any more.
        """
        groups, brings = self._neighbourhoods, True
        while not groups.all_at_once and not clock.out and (more or brings):
            before = self._value
            for home in groups.homes():
                self._anew(groups.of_home(home), clock)
            for who in groups.badly_off(self.taken):
                self._anew(groups.around(who, self.taken), clock)
            brings = self._value != before or clock.out
            if not brings:
                groups.widen()

    def _anew(self, group: frozenset[str], clock: Clock) -> None:
        """Plan these people anew."""
        if clock.out:
            return
        moving = self._neighbourhoods.concern.columns_of(group)
        little = clock.limited(len(moving) / _COLUMNS_PER_UNIT)
        found = self._searching.find_beside(self._face, self._block, self.taken, moving, little)
        if found.taken is not None and (value := self._block.sum(found.taken)) < self._value:
            self.taken, self._value = found.taken, value
