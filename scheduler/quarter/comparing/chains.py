"""Who took whose place: the shortest way from somebody to where the change began."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from models.finding import N_, Finding, finding
from models.grouped import grouped
from scheduler.quarter.comparing.compare import Change
from scheduler.quarter.comparing.side import Service

_HAS_NOW = N_("{candidate} now has {vacancy}, which {other} had.")
_TOOK = N_("{other} now has {vacancy}, which {candidate} had.")

# From one person to the next, with the sentence about it.
Step = tuple[str, Finding]


class Chains:
    """The graph of places given up and taken over between two plans."""

    def __init__(self, changes: Mapping[str, Change]) -> None:
        self._changes = changes

    def to_a_beginning(
        self, who: str, begins: Callable[[str], bool]
    ) -> tuple[list[str], list[Finding]] | None:
        """The people from somebody to the nearest one with whom a change begins, and how each has
        to do with the next; None if no way leads to one.
        """
        came: dict[str, tuple[str, Finding] | None] = {who: None}
        queue = deque([who])
        while queue:
            here = queue.popleft()
            if here != who and begins(here):
                return self._way(here, came)
            for following, told in self._steps(here):
                if following not in came:
                    came[following] = (here, told)
                    queue.append(following)
        return None

    @staticmethod
    def _way(
        end: str, came: Mapping[str, tuple[str, Finding] | None]
    ) -> tuple[list[str], list[Finding]]:
        people, told = [end], []
        while (step := came[people[-1]]) is not None:
            people.append(step[0])
            told.append(step[1])
        return people[::-1], told[::-1]

    def _steps(self, who: str) -> Iterator[Step]:
        """Whose places somebody took over, then who took over theirs, by id."""
        own = self._changes[who]
        for taken in own.taken:
            for other, left in self._at(self._left, taken, who):
                yield other, finding(_HAS_NOW, candidate=who, vacancy=left.vacancy_id, other=other)
        for left in own.left:
            for other, taken in self._at(self._taken, left, who):
                yield other, finding(_TOOK, candidate=who, vacancy=taken.vacancy_id, other=other)

    @staticmethod
    def _at(
        places: Mapping[str, tuple[tuple[str, Service], ...]], service: Service, but: str
    ) -> Iterator[tuple[str, Service]]:
        for other, own in places.get(service.vacancy_id, ()):
            if other != but and own.meets(service):
                yield other, own

    @cached_property
    def _left(self) -> Mapping[str, tuple[tuple[str, Service], ...]]:
        found = ((who, s) for who, change in self._changes.items() for s in change.left)
        return grouped(found, lambda pair: pair[1].vacancy_id)

    @cached_property
    def _taken(self) -> Mapping[str, tuple[tuple[str, Service], ...]]:
        found = ((who, s) for who, change in self._changes.items() for s in change.taken)
        return grouped(found, lambda pair: pair[1].vacancy_id)
