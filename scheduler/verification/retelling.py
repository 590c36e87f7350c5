"""What takes little of the explanations, worked out again: no solver is needed."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from models.explanation import HarmEntry, HelpEntry
from models.finding import N_, Finding, finding
from models.need import NeedPlaceEntry, PositionNeedEntry
from models.plan import Plan
from models.wish import Wish
from scheduler.explanations.all import Explained, explain
from scheduler.explanations.answers.help import not_examined
from scheduler.explanations.answers.need import need_of
from scheduler.problem.case import Case
from scheduler.solver.clock import Clock
from scheduler.verification.statements import Statement, not_true

_NEED = N_("What is said of the need for {department} is not true.")

# The lists of statements in a plan.
LISTS = (
    "explanations",
    "help",
    "unused",
    "turns",
    "gave_way",
    "consents",
    "open_wishes",
)


def retell(plan: Plan, case: Case) -> list[Finding]:
    """Work out again what takes little: all explanations of a sound plan but what would help, and
    what would get worse if a wish were met; of these, only whether they are told of everybody. And
    the need.
    """
    found = [*differing(plan, explain(case, plan.answer(), _AsSaid(plan))), *_need(plan, case)]
    return list(dict.fromkeys(found))


def _need(plan: Plan, case: Case) -> Iterator[Finding]:
    """What is not true of the need; positions are not missed where time ran out."""
    if plan.need is None:
        return
    true = need_of(case, plan.answer(), Clock())
    told, positions = plan.need.positions, true.positions
    if not plan.need.examined:
        positions = positions[: len(told)]
    yield from _first_differing(plan.need.places, true.places)
    yield from _first_differing(told, positions)


def _first_differing(
    given: Sequence[NeedPlaceEntry | PositionNeedEntry],
    true: Sequence[NeedPlaceEntry | PositionNeedEntry],
) -> Iterator[Finding]:
    for one, other in zip_longest(given, true):
        about = one or other
        if one != other and about is not None:
            yield finding(_NEED, department=about.department or None)
            return


class _AsSaid:
    """What would help, and what would get worse, as the plan has it."""

    def __init__(self, plan: Plan) -> None:
        self._harms = {(e.candidate_id, e.rank): e.harm for e in plan.explanations}
        self._help = {e.candidate_id: e for e in plan.help}

    def helps(self, people: Sequence[str]) -> list[HelpEntry]:
        return [self._help.get(who) or not_examined(who) for who in people]

    def harms(self, rows: Sequence[Wish]) -> list[HarmEntry | None]:
        return [self._harms.get((row.candidate_id, int(row.rank))) for row in rows]


def differing(plan: Plan, true: Explained) -> Iterator[Finding]:
    """A finding for every entry that the plan has and is not true, that it lacks, has twice, or in
    another order.
    """
    for name in LISTS:
        given: list[Statement] = getattr(plan, name)
        own: list[Statement] = getattr(true, name)
        strange = [e for e in given if e not in own] + [e for e in own if e not in given]
        if not strange:
            pairs = zip_longest(given, own)
            strange = [one or other for one, other in pairs if one != other][:1]
        yield from map(not_true, strange)
