"""Better plans near a plan: some people are planned anew while all others stay where they are.

This proves nothing, but gives a good plan early, for when there is not the time for a proof.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from random import Random

from scheduler.components import Component
from scheduler.program import Program

_PEOPLE = 10  # planned anew at a time


def neighbourhoods(program: Program, component: Component) -> Iterator[list[frozenset[str]]]:
    """Groups of people to plan anew: each municipality with people who compete with it; again and
    again, with other people. The same in every run. Nothing for a component of few people.
    """
    own = set(component.columns)
    people = [w for w, c in program.candidates.items() if c.all and c.all[0].index in own]
    if len(people) <= _PEOPLE:
        return
    beside = _competitors(program, component)
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for who in people:
        homes[program.round.candidate[who].municipality].append(who)
    random = Random(1)
    while True:
        groups = []
        for home in random.sample(sorted(homes), len(homes)):
            group = random.sample(homes[home], min(len(homes[home]), _PEOPLE - 2))
            near = sorted({w for who in group for w in beside[who]} - set(group))
            near = random.sample(near, min(len(near), _PEOPLE - len(group)))
            groups.append(frozenset([*group, *near]))
        yield groups


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
        self._rows = component.rows
        self._own = set(component.columns)
        self._owner = {c.index: w for w, own in program.candidates.items() for c in own.all}
        self._rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(component.rows):
            for index, _ in row.terms:
                self._rows_of[index].append(number)

    def of(self, who: str, wanted: Collection[int], taken: Collection[int], most: int) -> set[str]:
        """Somebody who is to have one of some columns, and those it concerns most: first those
        whose taken columns share rows with these, then the municipalities of all of them, and so
        on.
        """
        program = self._program
        found = {who: None}  # in the order of being found
        reached = sorted(wanted, key=lambda i: (program.columns[i].points, i))
        while len(found) < most:
            homes = {program.round.candidate[w].municipality for w in found}
            rows = dict.fromkeys(n for i in reached for n in self._rows_of[i])
            beside = [i for n in rows for i, _ in self._rows[n].terms if i in taken]
            more = [self._owner[i] for i in beside if i in self._owner]
            people = program.candidates
            more += [w for w in people if program.round.candidate[w].municipality in homes]
            new = [w for w in dict.fromkeys(more) if w not in found]
            if not new:
                break
            found.update(dict.fromkeys(new[: most - len(found)]))
            reached = [c.index for w in new for c in people[w].all]
        return {w for w in found if any(c.index in self._own for c in program.candidates[w].all)}
