"""A plan of a tiny round without its explanations, which answers do not need."""

from models.entry import PlacementEntry
from models.plan import (
    SCHEMA,
    GoalEntry,
    LockEntry,
    LotEntry,
    Plan,
    RoundEntry,
    SolverEntry,
    UnplacedEntry,
    policy_entry,
)
from models.round import Round
from scheduler.explanations.other_policy import not_compared
from scheduler.goals.base import as_number
from scheduler.listing.options import make_case
from scheduler.listing.waiting_list import waiting_list
from scheduler.solver.solve import solve


def quick_plan(round: Round) -> Plan:
    """The best plan; nothing in it is explained."""
    solution = solve(make_case(round))
    placements = solution.placements
    return Plan(
        schema=SCHEMA,
        product="alis",
        solver=SolverEntry(name="", version="", seconds=0.0),
        round=RoundEntry.from_round(round, "nb"),
        input={},
        policy=dict(policy_entry(round)),
        status="optimal",
        unique=None,
        other_plan=[],
        lot=LotEntry(examined=False, groups=[]),
        one_fewer=None,
        comparison=not_compared(round, None),
        goals=[
            GoalEntry(
                id=g.goal_id,
                value=as_number(g.value),
                bound=None if g.bound is None else as_number(g.bound),
                proof=g.proof,
            )
            for g in solution.goals
        ],
        placements=[PlacementEntry.from_placement(p) for p in placements],
        locks=[LockEntry.from_lock(k) for k in round.locks],
        unplaced=[
            UnplacedEntry(candidate_id=c.candidate_id, part=part.value)
            for c, part in waiting_list(round, placements)
        ],
        set_aside=[],
        conflicts=[],
        explanations=[],
        help=[],
        unused=[],
        turns=[],
        gave_way=[],
        consents=[],
        open_wishes=[],
    )
