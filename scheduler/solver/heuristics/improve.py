"""Better plans near a plan: some people are planned anew while all others stay where they are.

This proves nothing, but gives a good plan early, for when there is not the time for a proof.
"""

from collections.abc import Sequence

from scheduler.solver.clock import Clock
from scheduler.solver.heuristics.neighbourhood import Nearby
from scheduler.solver.linear.face import Face
from scheduler.solver.search import Seeker
from scheduler.solver.weighted_sum import Terms

_MORE = 1.5  # so many times as many people at a time where that brings nothing any more
_COLUMNS_PER_UNIT = 5e3  # work for each time (see Clock)


class Improver:
    """Makes the plan `taken` better by the stages, within the face."""

    def __init__(
        self,
        nearby: Nearby,
        seeker: Seeker,
        face: Face,
        stages: Sequence[Terms],
        taken: frozenset[int],
    ) -> None:
        self._seeker = seeker
        self._face = face
        self._nearby = nearby
        self._block = seeker.joined(stages)
        self._value = self._block.sum(taken)
        self.taken = taken

    def run(self, clock: Clock, *, more: bool = True) -> None:
        """Go on until the clock runs out, or until that would be planning everybody anew; or, if
        not with `more` people at a time, until it brings nothing any more.
        """
        nearby, most = self._nearby, self._nearby.most
        while nearby.most < len(nearby.people) and not clock.out and (more or nearby.most == most):
            before = self._value
            for home in nearby.homes():
                self._anew(nearby.of_home(home), clock)
            for who in nearby.badly_off(self.taken):
                self._anew(nearby.of(who, self.taken), clock)
            if self._value == before and not clock.out:
                nearby.most = int(nearby.most * _MORE)

    def _anew(self, group: frozenset[str], clock: Clock) -> None:
        """Plan these people anew."""
        if clock.out:
            return
        moving = self._nearby.concern.columns_of(group)
        self._seeker.clock = clock.limited(len(moving) / _COLUMNS_PER_UNIT)
        found = self._seeker.find_beside(self._face, self._block, self.taken, moving)
        if found.taken is not None and (value := self._block.sum(found.taken)) < self._value:
            self.taken, self._value = found.taken, value
