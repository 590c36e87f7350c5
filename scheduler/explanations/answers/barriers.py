"""Which rules, alone or two together, keep a candidate from something."""

from collections.abc import Iterator
from itertools import chain

from models.candidate import Candidate
from models.round import Round
from scheduler.listing.options import trials
from scheduler.problem.windows import Windows
from scheduler.rules.base import Level
from scheduler.rules.catalogue import CEILING, OPTION_RULES

_RULES = tuple(r for r in OPTION_RULES if r is not CEILING)
_MOST = 2


def barriers(round: Round, candidate: Candidate, windows: Windows) -> frozenset[frozenset[str]]:
    """The sets of at most two rules that are all that refuses some service the candidate could
    try, ceilings apart.
    """
    return frozenset(_found(round, candidate, windows))


def _found(round: Round, candidate: Candidate, windows: Windows) -> Iterator[frozenset[str]]:
    who = candidate.candidate_id
    rules = [r for r in _RULES if not round.waives(who, r.id)]
    early = [r for r in rules if r.level is not Level.DAY]
    daily = [r for r in rules if r.level is Level.DAY]
    for group in trials(round, candidate, windows.all):
        first = next(group, None)
        if first is None:
            continue
        fixed = {r.id for r in early if r.refuses_listed(round, first) is not None}
        if len(fixed) > _MOST:
            continue
        for option in chain((first,), group):
            found = {*fixed, *(r.id for r in daily if r.refuses_listed(round, option) is not None)}
            if 0 < len(found) <= _MOST:
                yield frozenset(found)
