"""What a plan says beside itself, as far as it can be judged without solving: figures of other
plans, and whom it leaves out.
"""

from collections.abc import Iterator, Sequence

from models.finding import N_, Finding, finding
from models.plan import FiguresEntry, Plan
from models.proved import Proved
from models.round import Round
from scheduler.goals.catalogue import GOALS, other_principle
from scheduler.goals.lot import Lot


def check_figures(plan: Plan, round: Round) -> Iterator[Finding]:
    """Figures that no plan of the round can have, and a comparison with goals that there are not.

    Whether a plan with these figures exists is not examined.
    """
    placed, open_candidates = len(plan.placements), len(round.open_candidates)
    fewer = plan.one_fewer
    if fewer is not None and not (fewer.placed < placed and _may_be(fewer)):
        yield finding(N_("The figures of the best plan with one fewer placed cannot be right."))
    other = plan.comparison
    principle = list(other_principle(round.policy).goals)
    known = all(goal in GOALS for goal in other.goals) if other.policy else other.goals == principle
    figures = other.figures
    may_be = figures is None or (_may_be(figures) and figures.placed <= open_candidates)
    if not known or not other.goals or not may_be:
        yield finding(N_("The comparison with another policy cannot be right."))
    goals = {entry.id: entry for entry in plan.goals}
    if plan.unique and Lot.id in goals and goals[Lot.id].proof is Proved.NONE:
        yield finding(N_("The plan is called the only one, but its lot is not proved."))


def _may_be(figures: FiguresEntry) -> bool:
    placed, total, worst = figures.placed, figures.total_points, figures.worst_points
    return placed >= 0 and 0 <= worst <= total <= worst * placed


def check_set_aside(plan: Plan, set_aside: Sequence[str]) -> Iterator[Finding]:
    """Candidates who are said to be set aside and are not, or the other way round."""
    for who in sorted({*plan.set_aside} ^ {*set_aside}):
        yield finding(
            N_("Whether {candidate} is set aside is not as the input has it."), candidate=who
        )
