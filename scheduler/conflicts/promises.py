"""What the locks break, rule by rule (SPEC section 4d)."""

from models.conflict import Conflict
from models.round import Round
from scheduler.conflicts.stale import Stale
from scheduler.rules.base import Rule
from scheduler.rules.catalogue import RULES

# What promises can break: the rules, and that they are to somebody who waits for something.
KINDS: tuple[Rule, ...] = (*RULES, Stale())


def kind_of(conflict: Conflict) -> Rule:
    """What the conflict breaks."""
    return next(kind for kind in KINDS if kind.id == conflict.finding.rule)


def find_conflicts(round: Round) -> list[Conflict]:
    """Every conflict, in the order of rules, then of days and people."""
    found: list[Conflict] = []
    for rule in KINDS:
        own = rule.conflicts(round)
        found.extend(sorted(own, key=lambda c: (c.first, c.last, c.candidate_ids, c.vacancy_ids)))
    return found
