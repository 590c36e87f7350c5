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
    yield t.text(N_("(In files the word in quotation marks is written.)"))
    for rule in RULES:
        mark = "*" if rule.waivable else " "
        yield f" {mark} {t.text(rule.name)} («{rule.id}»): {t.text(sentence(rule))}"
    yield ""
    yield t.text(N_("Goals, the most important first"))
    for number, goal_id in enumerate(policy.goals, 1):
        goal = GOALS[goal_id]
        yield f"  {number}. {t.text(goal.name)} («{goal_id}»): {t.text(sentence(goal))}"
    yield ""
    yield t.text(N_("Numbers, each with its source:"))
    for key, says, value, source in policy_rows(policy, t):
        yield f"  {key} = {value}: {says} ({source})"


def policy_data(policy: Policy, translator: Translator) -> dict[str, object]:
    """The policy for programs."""
    t = translator
    return {
        "rules": [
            {
                "id": r.id,
                "name": t.text(r.name),
                "waivable": r.waivable,
                "text": t.text(sentence(r)),
            }
            for r in RULES
        ],
        "goals": [
            {"id": g, "name": t.text(GOALS[g].name), "text": t.text(sentence(GOALS[g]))}
            for g in policy.goals
        ],
        "numbers": [
            {"key": key, "text": says, "value": value, "source": source}
            for key, says, value, source in policy_rows(policy, t)
        ],
        "policy": policy.to_json(),
    }
