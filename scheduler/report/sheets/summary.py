"""What came out, and how sure it is."""

from collections import Counter
from collections.abc import Iterator

from models.finding import N_
from models.plan import WaitingPart
from scheduler.report.sheets.others import lot_lines, other_lines
from scheduler.report.texts import Delivery

BEST = N_("The plan is proved to be the best possible under the policy.")
OUT_OF_TIME = N_(
    "Time ran out: this is the best plan found so far, and it is not proved that no plan is better."
)
_UNIQUE = {
    True: N_("It is the only plan with these goal values."),
    False: N_("Other plans have exactly the same goal values."),
    None: N_("Whether other plans have the same goal values was not examined."),
}
# The lot is a goal too: where it chose, the plan is the only one with its goal values by the lot.
_CHOSEN = N_(
    "Several plans are equally good by every goal before the lot, and among them the lot chose "
    "this one alone."
)


def verdict(delivery: Delivery) -> Iterator[str]:
    """How sure the plan is, in whole sentences."""
    t, plan = delivery.translator, delivery.plan
    yield t.text(BEST if plan.status == "optimal" else OUT_OF_TIME)
    yield t.text(_CHOSEN if plan.unique and plan.lot.groups else _UNIQUE[plan.unique])
    yield from lot_lines(delivery)
    yield from other_lines(delivery)
    if plan.round.seed_reason:
        yield t.text(
            N_("The lot was drawn with the seed {seed}, because: {reason}"),
            seed=plan.round.seed,
            reason=plan.round.seed_reason,
        )
    yield from set_aside_lines(delivery)
    if plan.conflicts:
        yield t.text(
            N_("{n} conflict between promises needs a decision."),
            N_("{n} conflicts between promises need a decision."),
            n=len(plan.conflicts),
        )


def set_aside_lines(delivery: Delivery) -> Iterator[str]:
    """Who is not part of the plan, if anybody was set aside."""
    if delivery.plan.set_aside:
        yield delivery.translator.text(
            N_(
                "Set aside because of errors in their data, and not part of the plan: {candidates}."
            ),
            candidates=tuple(delivery.plan.set_aside),
        )


def figures(delivery: Delivery) -> list[tuple[str, int]]:
    """The key figures, each with its label."""
    t, plan, round = delivery.translator, delivery.plan, delivery.round
    parts = Counter(entry.part for entry in plan.unplaced)
    shapes = Counter(p.shape for p in plan.placements)
    hard = sum(p.points >= round.policy.hard_points for p in plan.placements)
    return [
        (t.text(N_("Open candidates")), len(round.open_candidates)),
        (t.text(N_("Placed")), len(plan.placements)),
        (t.text(N_("Of these joined of two windows")), shapes["joined"]),
        (t.text(N_("Of these three plus three")), shapes["split"]),
        (t.text(N_("Of these far from the wish")), hard),
        (t.text(N_("Not placed")), parts[WaitingPart.UNPLACED.value]),
        (t.text(N_("Wished period can no longer be kept")), parts[WaitingPart.PAST_LIMIT.value]),
        (t.text(N_("Not yet ready")), parts[WaitingPart.NOT_YET_READY.value]),
        (t.text(N_("On hold")), parts[WaitingPart.ON_HOLD.value]),
        (t.text(N_("Locked places")), len(plan.locks)),
        (t.text(N_("Conflicts")), len(plan.conflicts)),
    ]
