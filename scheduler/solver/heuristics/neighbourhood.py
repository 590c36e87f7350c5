"""Whom to plan anew together while all others stay where they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from random import Random

from scheduler.program.components import Component, people_of
from scheduler.program.program import Program, shares_of

_PEOPLE = 10  # in a group, to begin with
_WIDER_TIMES = 1.5  # so many times as many people where smaller groups bring nothing any more


class Neighbourhoods:
    """Groups of at most so many people who compete with each other; the same in every run."""

    def __init__(self, program: Program, component: Component) -> None:
        self._most = _PEOPLE
        self._program = program
        self.people = people_of(program, component)
        self._homes: defaultdict[str, list[str]] = defaultdict(list)
        for who in self.people:
            self._homes[program.round.candidate[who].municipality].append(who)
        self._beside = _competitors(program, component)
        self.concern = Concern(program, component)
        self._random = Random(1)

    @property
    def all_at_once(self) -> bool:
        """Whether a group may be everybody by now."""
        return self._most >= len(self.people)

    def widen(self) -> None:
        """Larger groups from now on."""
        self._most = int(self._most * _WIDER_TIMES)

    def homes(self) -> list[str]:
        """The municipalities, in another order each time."""
        return self._random.sample(sorted(self._homes), len(self._homes))

    def of_home(self, home: str) -> frozenset[str]:
        """People of a municipality, and some who compete with them; others each time."""
        group = self._random.sample(self._homes[home], min(len(self._homes[home]), self._most - 2))
        near = sorted({w for who in group for w in self._beside[who]} - set(group))
        near = self._random.sample(near, min(len(near), self._most - len(group)))
        return frozenset([*group, *near])

    def badly_off(self, taken: Collection[int]) -> list[str]:
        """Those not placed, and then those placed far from their wish."""
        hard = self._program.round.policy.hard_points
        points: dict[str, int] = {}
        for index in taken:
            column = self._program.columns[index]
            if column.option is not None:
                who = column.option.candidate_id
                points[who] = points.get(who, 0) + column.points
        unplaced = [w for w in self.people if w not in points]
        return unplaced + [w for w in self.people if points.get(w, 0) >= hard]

    def around(self, who: str, taken: Collection[int]) -> frozenset[str]:
        """Somebody and those whom it concerns most if they are to have something else."""
        wanted = [c.index for c in self._program.candidates[who].all]
        return frozenset(self.concern.most_concerned(who, wanted, taken, self._most))


def _competitors(program: Program, component: Component) -> dict[str, set[str]]:
    """Who has a part in the same rows as somebody."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for row in component.rows:
        options = (program.columns[i].option for i, _ in row.terms)
        people = {o.candidate_id for o in options if o is not None}
        for who in people:
            beside[who] |= people
    return beside


class Concern:
    """Whom it concerns most when somebody is to have something else."""

    def __init__(self, program: Program, component: Component) -> None:
        self._program = program
        self._own = set(component.columns)
        self._owner = {c.index: w for w, own in program.candidates.items() for c in own.all}
        self._rows_of = shares_of(component.rows)
        self._seen: tuple[frozenset[int], Mapping[int, list[int]]] = frozenset(), {}

    def _there(self, taken: frozenset[int]) -> Mapping[int, list[int]]:
        """Of each row the columns in it that are taken."""
        if taken != self._seen[0]:
            there: defaultdict[int, list[int]] = defaultdict(list)
            for index in sorted(taken):
                for number, _ in self._rows_of.get(index, ()):
                    there[number].append(index)
            self._seen = taken, there
        return self._seen[1]

    def columns_of(self, people: Iterable[str]) -> list[int]:
        """Their columns."""
        own = self._program.candidates
        return sorted(c.index for who in people for c in own[who].all if c.index in self._own)

    def most_concerned(
        self, who: str, wanted: Collection[int], taken: Collection[int], most: int
    ) -> set[str]:
        """Somebody who is to have one of some columns, and those it concerns most: first those
        whose taken columns share rows with these, then the municipalities of all of them, and so
        on.
        """
        program = self._program
        found = {who: None}  # in the order of being found
        there = self._there(frozenset(taken))
        reached = sorted(wanted, key=lambda i: (program.columns[i].points, i))
        while len(found) < most:
            homes = {program.round.candidate[w].municipality for w in found}
            rows = dict.fromkeys(n for i in reached for n, _ in self._rows_of[i])
            beside = [i for n in rows for i in there.get(n, ())]
            more = [self._owner[i] for i in beside if i in self._owner]
            people = program.candidates
            more += [w for w in people if program.round.candidate[w].municipality in homes]
            new = [w for w in dict.fromkeys(more) if w not in found]
            if not new:
                break
            found.update(dict.fromkeys(new[: most - len(found)]))
            reached = [c.index for w in new for c in people[w].all]
        return {w for w in found if any(c.index in self._own for c in program.candidates[w].all)}
