"""What has changed since the plan before: found when a plan is made, and checked with that plan."""

from collections.abc import Iterator

from models.entry import FindingEntry
from models.finding import N_, Finding, finding
from models.plan import Plan
from models.round import Round
from models.since import ServiceEntry, SinceEntry, SincePlanEntry
from scheduler.quarter.comparing.compare import Cause, ChangeKind, Told
from scheduler.quarter.comparing.reasons import compare
from scheduler.quarter.comparing.side import Service, Side

_UNCHANGED = (ChangeKind.KEPT, ChangeKind.WAITING)

_NOT_KNOWN = N_("No single cause is known; alis compare may find one in the inputs of both plans.")
_OTHER_PLAN = N_(
    "The plan tells what has changed since another plan than the one named with --previous."
)
_NOT_TRUE = N_("What is said of {candidate} since the plan before is not true.")


def since_entry(before: Plan, after: Plan, round: Round) -> SincePlanEntry:
    """Who has something else than in the plan before, and why; `round` is the plan's own."""
    told = compare(Side.of_plan(before), Side.of_plan(after, round))
    return SincePlanEntry(
        round=before.round.name,
        run_date=before.round.run_date,
        plan=before.fingerprint,
        changes=[_entry(one) for one in told if one.change.kind not in _UNCHANGED],
    )


def check_since(plan: Plan, before: Plan, round: Round) -> Iterator[Finding]:
    """What is not true of the changes since the plan before; nothing of a plan that tells none."""
    if plan.since is None:
        return
    true = since_entry(before, plan, round)
    if (plan.since.plan, plan.since.round, plan.since.run_date) != (
        true.plan,
        true.round,
        true.run_date,
    ):
        yield finding(_OTHER_PLAN)
        return
    told = [(e.candidate_id, e) for e in plan.since.changes]
    own = [(e.candidate_id, e) for e in true.changes]
    if told != own:
        wrong = [who for who, e in (*told, *own) if (who, e) not in told or (who, e) not in own]
        for who in dict.fromkeys(wrong or [who for who, _ in told]):
            yield finding(_NOT_TRUE, candidate=who)


def _entry(told: Told) -> SinceEntry:
    change = told.change
    reasons = (finding(_NOT_KNOWN),) if told.cause is Cause.UNKNOWN else told.reasons
    return SinceEntry.model_validate(
        {
            "candidate_id": change.candidate_id,
            "kind": change.kind.value,
            "before": [_service(s) for s in change.before],
            "now": [_service(s) for s in change.after],
            "reasons": [FindingEntry.from_finding(reason) for reason in reasons],
        }
    )


def _service(service: Service) -> ServiceEntry:
    return ServiceEntry(vacancy_id=service.vacancy_id, start=service.start, end=service.end)
