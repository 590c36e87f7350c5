"""Who goes before whom within a municipality (SPEC section 4c)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import permutations

from models.candidate import Candidate
from models.grouped import grouped
from models.round import Round

RULE = "municipal-order"


def ranked_before(round: Round, one: Candidate, two: Candidate) -> bool:
    """Whether the municipality of both names `one` first.

    Candidates without a number come after those with one, without order among themselves.
    """
    first, second = (round.priority_of.get(c.candidate_id) for c in (one, two))
    return first is not None and (second is None or first < second)


def ranked_after(round: Round) -> Mapping[str, frozenset[str]]:
    """Open candidates with the open ones that their municipality names after them."""
    homes = grouped(round.open_candidates, lambda c: c.municipality)
    after: defaultdict[str, set[str]] = defaultdict(set)
    for own in homes.values():
        for one, two in permutations(own, 2):
            if ranked_before(round, one, two):
                after[one.candidate_id].add(two.candidate_id)
    return {who: frozenset(after[who]) for who in sorted(after)}


# The last answers of `those_after`, with what they depend on: many rounds differ in other things.
_KNOWN: list[tuple[tuple[object, ...], Mapping[str, frozenset[str]]]] = []
_KEPT = 8


def those_after(round: Round) -> Mapping[str, frozenset[str]]:
    """Open candidates who go before somebody, with the open ones they go before: all that are
    ranked after them, unless a waiver lets those go first.
    """
    facts = (round.candidates, round.priority, round.waivers, round.locks, round.policy)
    for own, after in _KNOWN:
        if all(one is other for one, other in zip(own, facts, strict=True)):
            return after
    found = {w: own for w, own in ranked_after(round).items() if not round.waives(w, RULE)}
    _KNOWN[:] = [(facts, found), *_KNOWN[: _KEPT - 1]]
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
