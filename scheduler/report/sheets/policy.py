"""A policy in words: its rules, goals and numbers, each number with its source."""

from collections.abc import Iterator

from models.finding import N_
from models.policy import Policy
from scheduler.goals.catalogue import GOALS
from scheduler.locale import Translator
from scheduler.report.sheets.facts import policy_rows
from scheduler.rules.catalogue import RULES
from scheduler.support.sentences import sentence


def policy_lines(name: str, policy: Policy, translator: Translator) -> Iterator[str]:
    """The policy for the terminal."""
    t = translator
    yield t.text(N_("The policy {policy}"), policy=name)
    yield ""
    yield t.text(N_("Rules; those marked with * may be set aside for a candidate by a waiver:"))
    for rule in RULES:
        mark = "*" if rule.waivable else " "
        yield f" {mark} {rule.id}: {t.text(sentence(rule))}"
    yield ""
    yield t.text(N_("Goals, the most important first"))
    for number, goal_id in enumerate(policy.goals, 1):
        yield f"  {number}. {goal_id}: {t.text(sentence(GOALS[goal_id]))}"
    yield ""
    yield t.text(N_("Numbers, each with its source:"))
    for key, says, value, source in policy_rows(policy, t):
        yield f"  {key} = {value}: {says} ({source})"


def policy_data(policy: Policy, translator: Translator) -> dict[str, object]:
    """The policy for programs."""
    t = translator
    return {
        "rules": [{"id": r.id, "waivable": r.waivable, "text": t.text(sentence(r))} for r in RULES],
        "goals": [{"id": g, "text": t.text(sentence(GOALS[g]))} for g in policy.goals],
        "numbers": [
            {"key": key, "text": says, "value": value, "source": source}
            for key, says, value, source in policy_rows(policy, t)
        ],
        "policy": policy.to_json(),
    }
