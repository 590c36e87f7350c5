"""What is told of a plan in a study: a number for each measure, alike for every policy."""

from collections.abc import Sequence
from statistics import median

from models.entry import Entry
from models.grouped import grouped
from models.placement import Placement
from models.plan import WaitingPart
from models.round import Round
from scheduler.listing.deadlines import free_stretches
from scheduler.listing.waiting_list import waiting_list
from scheduler.problem.case import Case
from scheduler.rules.catalogue import ORDER
from scheduler.rules.occupancy import VACANCY, Stays

_HALF_YEAR = 6
# So many candidates of one municipality are few.
_FEW = 3


class Figures(Entry):
    """The figures of one plan. Points are by the plan's own policy.

    `far` are placed at or above the policy's `hard_points`; a tenth of those placed, rounded up,
    have `points_tenth` points or more. `within_six` begin at most six months from their wish, both
    halves. `gave_way` let somebody after them have a place they would rather have had, and
    `passed_over` counts what the reading "placed" of the municipal order would not allow, whatever
    the policy says. Those unplaced are told by how many open candidates their municipality has:
    one, two or three, more. `unused_days` are days of positions from the run date on.
    """

    candidates: int
    placed: int
    waiting: int
    far: int
    points_median: float | None
    points_tenth: int | None
    within_six: int
    gave_way: int
    passed_over: int
    unplaced_alone: int
    unplaced_few: int
    unplaced_many: int
    unused_days: int


def figures_of(case: Case, placements: Sequence[Placement]) -> Figures:
    """The figures of a plan for the case."""
    round = case.round
    points = sorted(p.points for p in placements)
    unplaced = [
        c.municipality
        for c, part in waiting_list(round, placements)
        if part is WaitingPart.UNPLACED
    ]
    homes = grouped(round.open_candidates, lambda c: c.municipality)
    sizes = [len(homes[number]) for number in unplaced]
    return Figures(
        candidates=len(round.open_candidates),
        placed=len(placements),
        waiting=len(unplaced),
        far=sum(p >= round.policy.hard_points for p in points),
        points_median=float(median(points)) if points else None,
        points_tenth=points[-len(points) // 10] if points else None,
        within_six=sum(_near(p) for p in placements),
        gave_way=len({first for first, _ in ORDER.gave_way(case, placements)}),
        passed_over=_passed_over(case, placements),
        unplaced_alone=sum(size == 1 for size in sizes),
        unplaced_few=sum(1 < size <= _FEW for size in sizes),
        unplaced_many=sum(size > _FEW for size in sizes),
        unused_days=_unused(round, placements),
    )


def _near(placement: Placement) -> bool:
    months = (s.deviation for s in placement.segments if s.deviation is not None)
    return all(abs(m) <= _HALF_YEAR for m in months)


def _passed_over(case: Case, placements: Sequence[Placement]) -> int:
    """How many are passed over by somebody after them, as "placed" has it."""
    policy = case.round.policy.model_copy(update={"municipal_order": "placed"})
    round = case.round.model_copy(update={"policy": policy})
    broken = ORDER.broken(Case(round, case.choices, case.previous), placements)
    return len({one.first for one in broken})


def _unused(round: Round, placements: Sequence[Placement]) -> int:
    stays = Stays(round, placements).at(VACANCY)
    return sum(
        ((free.last - free.first).days + 1) * free.positions
        for vacancy in round.vacancies
        for free in free_stretches(round.run_date, vacancy, stays[vacancy.vacancy_id])
    )
