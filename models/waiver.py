"""A rule set aside for one candidate, and two candidates who belong together or apart."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, CodeWord, Finding, Term, finding

# The rule about how long a service is.
DURATION = "duration"
# The rules with a W in SPEC section 4, the municipal order, and the goal last-chance, each with
# what people call it.
WAIVABLE: Mapping[str, str] = {
    "scheme": N_("the requirement of the new training scheme"),
    "practice": N_("the requirement of practice"),
    "registered": N_("the requirement that the municipality is registered"),
    "agreement": N_("the requirement of an agreement"),
    DURATION: N_("the requirement of six or three months"),
    "part-time": N_("the requirement of full time"),
    "deviation": N_("the limit on how far the first day may be from the wish"),
    "lead-time": N_("the requirement of notice before the first day"),
    "on-call": N_("the requirement of on-call duty"),
    "ceiling": N_("the ceiling for points"),
    "municipal-order": N_("the municipality's order of priority"),
    "last-chance": N_("a place for those whose last chance this is"),
}


class Waiver(Noun):
    """A named rule set aside for a candidate: by whom, when and why."""

    sheet: ClassVar[str] = "waivers"

    candidate_id: str = column(N_("The candidate the rule is set aside for."))
    rule: str = column(
        N_("The rule: its name, or the word that alis policy prints in quotation marks.")
    )
    approved_by: str = column(N_("Who approved it."))
    approved_on: date = column(N_("The day it was approved."))
    reason: str = column(N_("Why it was approved."))
    valid_to: date | None = column(
        N_("The last day it counts; alis next leaves it out of rounds after that."), default=None
    )

    def problems(self) -> Iterator[Problem]:
        if self.rule not in WAIVABLE:
            yield Problem(
                "rule",
                finding(
                    N_("No waiver is possible for this rule; write one of: {rules}."),
                    rules=waivable_rules(),
                ),
            )


def waivable_rules() -> tuple[Finding, ...]:
    """What may be set aside: what is written in files, and what it is called."""
    told = ((N_("«{id}» ({name})"), rule, Term(name)) for rule, name in WAIVABLE.items())
    return tuple(finding(text, id=rule, name=name) for text, rule, name in told)


class PairKind(CodeWord):
    """What two candidates have to do with one another."""

    SAME_SITE = "same_site"
    NOT_TOGETHER = "not_together"


class Pair(Noun):
    """Two candidates who must serve at the same site, or never at the same time."""

    sheet: ClassVar[str] = "pairs"

    candidate_a: str = column(N_("One of the two candidates."))
    candidate_b: str = column(N_("The other candidate."))
    kind: PairKind = column(N_("same_site or not_together."))
    alone_ok: bool = column(
        N_("Whether one of them may be placed without the other."), default=True
    )

    def problems(self) -> Iterator[Problem]:
        if self.candidate_a == self.candidate_b:
            yield Problem("candidate_b", finding(N_("Name two different candidates.")))
