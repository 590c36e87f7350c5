"""Replaying explanations: every statement worked out anew, and its proofs asked for again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from models.entry import Entry
from models.explanation import ExplanationEntry, HarmEntry, HelpEntry
from models.finding import N_, Finding, finding
from models.plan import Plan
from models.wish import Wish
from scheduler.case import Case
from scheduler.engine import Solution, solve
from scheduler.engine.clock import Clock
from scheduler.explain.all import explain
from scheduler.explain.asking import QUICK, Harm, not_examined
from scheduler.explain.help import Helper
from scheduler.explain.standing import Standing
from scheduler.explain.statements import CONSENT, HELP, WISH, check_statements
from scheduler.goals import goals_of

E = TypeVar("E", bound=Entry)

_UNUSED = N_("What is said of unused days in vacancy {vacancy} is not true.")
_TURN = N_("What is said of why {other} has a place that {candidate} has not, is not true.")
_OPEN = N_("What is said of the open wish {rank} of {candidate} is not true.")


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many statements were replayed, how many of them say that something was not examined,
    and those that are not true.
    """

    total: int
    not_examined: int
    findings: tuple[Finding, ...]


def replay(plan: Plan, case: Case, workers: int = 1) -> Replayed:
    """Work out every explanation of a sound plan again. What was proved by solving is solved again.

    What a plan says was not examined is not examined here either.
    """
    true = explain(case, plan.answer(), _Asked(plan, case, workers))
    found = [
        *check_statements(plan, case),
        *_other(plan.explanations, true.wishes, _wish),
        *_other(plan.help, true.help, lambda e: finding(HELP, candidate=e.candidate_id)),
        *_other(plan.unused, true.unused, lambda e: finding(_UNUSED, vacancy=e.vacancy_id)),
        *_other(
            plan.turns,
            true.turns,
            lambda e: finding(_TURN, candidate=e.first, other=e.second),
        ),
        *_other(
            plan.consents,
            true.consents,
            lambda e: finding(CONSENT, candidate=e.first, other=e.second),
        ),
        *_other(
            plan.open_wishes,
            true.open_wishes,
            lambda e: finding(_OPEN, candidate=e.candidate_id, rank=e.rank),
        ),
    ]
    lists = (
        plan.explanations,
        plan.help,
        plan.unused,
        plan.turns,
        plan.consents,
        plan.open_wishes,
    )
    skipped = [e for e in plan.explanations if e.outcome == "taken" and e.harm is None]
    skipped_days = [e for e in plan.unused if e.reason == "not_examined"]
    skipped_help = [e for e in plan.help if not e.examined]
    return Replayed(
        sum(len(own) for own in lists),
        len(skipped) + len(skipped_days) + len(skipped_help),
        tuple(dict.fromkeys(found)),
    )


class _Asked:
    """What would help, worked out again; what would get worse, as the plan has it where another
    plan shows it, which is checked by itself, and solved again where it is said to be proved.
    """

    def __init__(self, plan: Plan, case: Case, workers: int) -> None:
        self._said = {(e.candidate_id, e.rank): e.harm for e in plan.explanations}
        self._plan = plan
        self._case = case
        self._workers = workers
        self._solution: Solution | None = None
        self._left_out = {e.candidate_id for e in plan.help if not e.examined and not e.remedies}

    def helps(self, people: Sequence[str]) -> list[HelpEntry]:
        helper = Helper(Standing(self._case, self._plan.answer()))
        return [not_examined(who) if who in self._left_out else helper.entry(who) for who in people]

    def harms(self, rows: Sequence[Wish]) -> list[HarmEntry | None]:
        return [self._of(row) for row in rows]

    def _of(self, row: Wish) -> HarmEntry | None:
        said = self._said.get((row.candidate_id, int(row.rank)))
        if said is None or said.proof == "none":
            return said
        if self._solution is None:
            self._solution = solve(self._case, workers=self._workers)
        if self._solution.placements != self._plan.answer():
            return None  # another plan is as good or better; nothing is proved of this one
        if said.kind == "floor" and Harm(self._solution, Clock(), QUICK).of(row) == said:
            return said
        found = Harm(self._solution, Clock(), None).of(row)
        # Several plans may meet the wish equally well; which of them is told is not the point.
        if found is not None and (_same_harm(found, said) or self._above(found, said)):
            return said
        return found

    def _above(self, found: HarmEntry, said: HarmEntry) -> bool:
        """Whether what is said to be the least that a wish costs is not more than it does cost."""
        if said.kind != "floor" or found.kind != "goal" or found.proof == "none":
            return said.kind == "floor" and found.kind == "rules"
        goals = [g for g in goals_of(self._case) if g.id in (found.goal, said.goal)]
        if len(goals) == 2 or not isinstance(said.after, int) or not isinstance(found.after, int):
            return goals[0].id == found.goal
        return found.after <= said.after if goals[0].maximise else found.after >= said.after


def _same_harm(one: HarmEntry, other: HarmEntry) -> bool:
    return one.model_copy(update={"changes": []}) == other.model_copy(update={"changes": []})


def _wish(entry: ExplanationEntry) -> Finding:
    return finding(WISH, candidate=entry.candidate_id, rank=entry.rank)


def _other(
    given: Sequence[E], true: Sequence[E], told: Callable[[E], Finding]
) -> Iterator[Finding]:
    """A finding for every entry that is in one list and not in the other."""
    yield from (told(entry) for entry in given if entry not in true)
    yield from (told(entry) for entry in true if entry not in given)
