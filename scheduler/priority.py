"""Who goes before whom within a municipality (SPEC section 4c, the first paragraph)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import permutations

from models.candidate import Candidate
from models.grouped import grouped
from models.round import Round
from scheduler.calendar import wished_period

RULE = "municipal-order"


def ready_together(round: Round, one: Candidate, two: Candidate) -> bool:
    """Whether the later of two wished periods begins soon enough after the earlier one."""
    earlier, later = sorted((wished_period(one), wished_period(two)), key=lambda p: p.a)
    return earlier.deviation(later.a) <= round.policy.ready_together_months


def goes_before(round: Round, one: Candidate, two: Candidate) -> bool:
    """Whether `one` has the lower priority number of two who are ready together.

    Candidates without a number come after those with one, without order among themselves.
    """
    first, second = (round.priority_of.get(c.candidate_id) for c in (one, two))
    ranked = first is not None and (second is None or first < second)
    return ranked and ready_together(round, one, two)


# The last answers of `those_after`, with what they depend on: many rounds differ in other things.
_KNOWN: list[tuple[tuple[object, ...], Mapping[str, frozenset[str]]]] = []
_KEPT = 8


def those_after(round: Round) -> Mapping[str, frozenset[str]]:
    """Open candidates whose order is to be kept, each with the open ones they go before."""
    facts = (round.candidates, round.priority, round.waivers, round.locks, round.policy)
    for own, after in _KNOWN:
        if all(one is other for one, other in zip(own, facts, strict=True)):
            return after
    found = _those_after(round)
    _KNOWN[:] = [(facts, found), *_KNOWN[: _KEPT - 1]]
    return found


def _those_after(round: Round) -> Mapping[str, frozenset[str]]:
    homes = grouped(round.open_candidates, lambda c: c.municipality)
    after: defaultdict[str, set[str]] = defaultdict(set)
    for own in homes.values():
        for one, two in permutations(own, 2):
            if goes_before(round, one, two) and not round.waives(one.candidate_id, RULE):
                after[one.candidate_id].add(two.candidate_id)
    return {who: frozenset(after[who]) for who in sorted(after)}


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
