"""Goal order."""

from collections.abc import Sequence

from models.finding import N_
from models.placement import Placement
from models.round import Round
from scheduler.goals.base import Goal, Stage, Value
from scheduler.problem.case import Case
from scheduler.problem.lot import lot
from scheduler.problem.waiting import waiting_quarters
from scheduler.program.program import Program


def turns(round: Round) -> list[str]:
    """The open candidates in turn: longest waiting first, then first registered, then the lot."""
    return sorted(
        (c.candidate_id for c in round.open_candidates),
        key=lambda who: (
            -waiting_quarters(round, who),
            round.candidate[who].registered_on,
            lot(f"{round.seed}|{who}"),
            who,
        ),
    )


class Order(Goal):
    """A strict queue by waiting time: those who have waited longest come first, and each gets the
    fewest points that are still possible.
    """

    id = "order"
    name = N_("a strict queue by waiting time")
    worse = N_(
        "Somebody whose turn comes earlier would get something farther from their wish, or nothing."
    )

    def stages(self, program: Program) -> Sequence[Stage]:
        worst = _unplaced(program.case)
        stages = []
        for who in turns(program.round):
            own = program.candidates.get(who)
            terms = {}
            if own is not None:
                # Being placed is worth more than any number of points.
                terms = {c.index: c.points - worst for c in own.placing}
                terms.update({c.index: c.points for c in own.seconds})
            stages.append(Stage(self.id, terms))
        return stages

    def value(self, case: Case, placements: Sequence[Placement]) -> Value:
        points = {p.candidate_id: p.points for p in placements}
        return tuple(points.get(who) for who in turns(case.round))

    def shown(self, case: Case, sums: Sequence[int]) -> Value:
        if any(total > 0 for total in sums):
            raise ValueError("nobody does worse than being unplaced")
        worst = _unplaced(case)
        return tuple(total + worst if total else None for total in sums)


def _unplaced(case: Case) -> int:
    """More points than any placement has."""
    most = 0
    for choices in case.choices.values():
        parts = (choices.whole, choices.firsts, choices.seconds)
        whole, first, second = (max((c.points for c in part), default=0) for part in parts)
        most = max(most, whole, first + second)
    return most + 1
