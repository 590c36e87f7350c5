"""A rule set aside for one candidate, and two candidates who belong together or apart."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, CodeWord, finding

# The rules with a W in SPEC section 4, the municipal order, and the goal last-chance.
WAIVABLE = (
    "scheme",
    "practice",
    "registered",
    "agreement",
    "duration",
    "part-time",
    "deviation",
    "lead-time",
    "on-call",
    "ceiling",
    "municipal-order",
    "last-chance",
)


class Waiver(Noun):
    """A named rule set aside for a candidate: by whom, when and why."""

    sheet: ClassVar[str] = "waivers"

    candidate_id: str = column(N_("The candidate the rule is set aside for."))
    rule: str = column(N_("Id of the rule, as alis policy prints it."))
    approved_by: str = column(N_("Who approved it."))
    approved_on: date = column(N_("The day it was approved."))
    reason: str = column(N_("Why it was approved."))

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.rule not in WAIVABLE:
            yield Problem(
                "rule",
                finding(
                    N_("No waiver is possible for this rule; write one of: {rules}."),
                    rules=WAIVABLE,
                ),
            )


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
        yield from super().problems()
        if self.candidate_a == self.candidate_b:
            yield Problem("candidate_b", finding(N_("Name two different candidates.")))
