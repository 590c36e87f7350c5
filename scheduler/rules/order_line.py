"""Who goes before whom by the rule municipal-order, waivers of it looked at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from models.round import Round
from scheduler.problem.priority import ranked_after

RULE = "municipal-order"

# The last answers of `those_after`, with what they depend on: many rounds differ in other things.
_KNOWN: list[tuple[tuple[object, ...], Mapping[str, frozenset[str]]]] = []
_KEPT_ANSWERS = 8


def those_after(round: Round) -> Mapping[str, frozenset[str]]:
    """Open candidates who go before somebody, with the open ones they go before: all that are
    ranked after them, unless a waiver lets those go first.
    """
    facts = (round.candidates, round.priority, round.waivers, round.locks, round.policy)
    for own, after in _KNOWN:
        if all(one is other for one, other in zip(own, facts, strict=True)):
            return after
    found = {w: own for w, own in ranked_after(round).items() if not round.waives(w, RULE)}
    _KNOWN[:] = [(facts, found), *_KNOWN[: _KEPT_ANSWERS - 1]]
    return found


def in_line(round: Round, candidate_ids: Sequence[str]) -> list[str]:
    """The same candidates in nearly the same order, but nobody before one who goes before them.

    Each next one is the first of those left who has nobody left to wait for.
    """
    place = {who: n for n, who in enumerate(candidate_ids)}
    after = {who: [w for w in own if w in place] for who, own in those_after(round).items()}
    waits_for = Counter(w for who in place for w in after.get(who, ()))
    ready = [n for who, n in place.items() if not waits_for[who]]
    line: list[str] = []
    while ready:
        who = candidate_ids[heappop(ready)]
        line.append(who)
        for following in after.get(who, ()):
            waits_for[following] -= 1
            if not waits_for[following]:
                heappush(ready, place[following])
    return line
