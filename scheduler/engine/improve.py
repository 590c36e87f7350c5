"""Better plans near a plan: some people are planned anew while all others stay where they are.

This proves nothing, but gives a good plan early, for when there is not the time for a proof.
"""

from collections.abc import Sequence

from scheduler.engine.best import Best
from scheduler.engine.block import Terms
from scheduler.engine.clock import Clock
from scheduler.engine.face import Face
from scheduler.engine.nearby import Nearby
from scheduler.engine.seeker import Seeker

_MORE = 1.5  # so many times as many people at a time where that brings nothing any more
_WORK = 4.0  # for each time (see Clock)


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

    def run(self, clock: Clock) -> None:
        """Go on until the clock runs out, or until that would be planning everybody anew."""
        nearby = self._nearby
        while nearby.most < len(nearby.people) and not clock.out:
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
        self._seeker.clock = clock.limited(_WORK)
        stay = self._nearby.concern.staying(group, self.taken)
        near = Best.all_of(self._face.narrowed(stay, {}))
        found, _ = self._seeker.find(near, self._block, self.taken)
        if found.taken is not None and (value := self._block.sum(found.taken)) < self._value:
            self.taken, self._value = found.taken, value
