"""Better plans near a plan: some people are planned anew while all others stay where they are.

This proves nothing, but gives a good plan early, for when there is not the time for a proof.
"""

from collections import defaultdict
from collections.abc import Iterator
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
