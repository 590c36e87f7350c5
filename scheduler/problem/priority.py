"""Who goes before whom within a municipality (SPEC section 4c)."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import permutations

from models.candidate import Candidate
from models.grouped import grouped
from models.round import Round


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
