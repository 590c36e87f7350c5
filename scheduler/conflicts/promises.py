"""What the locks break, rule by rule (SPEC section 4d)."""

from models.conflict import Conflict
from models.round import Round
from scheduler.rules.catalogue import RULES


def find_conflicts(round: Round) -> list[Conflict]:
    """Every conflict, in the order of rules, then of days and people."""
    found: list[Conflict] = []
    for rule in RULES:
        own = rule.conflicts(round)
        found.extend(sorted(own, key=lambda c: (c.first, c.last, c.candidate_ids, c.vacancy_ids)))
    return found
