"""What was proved by search alone, searched a second time with other settings."""

from models.finding import N_, finding
from models.plan import Plan
from models.proved import Proved
from scheduler.goals.base import as_number
from scheduler.goals.catalogue import goals_of
from scheduler.problem.case import Case
from scheduler.solver.solve import solve
from scheduler.verification.found import SearchedAgain


def search_again(plan: Plan, case: Case, workers: int = 1) -> SearchedAgain:
    """Solve the case of a sound plan with other settings of the solver, and compare every goal.

    Nothing is solved where no goal rests on a search.
    """
    searched = sum(entry.proof is Proved.SEARCH for entry in plan.goals)
    if not searched:
        return SearchedAgain(0, ())
    other = solve(case, workers=workers, examine=False, again=True)
    return SearchedAgain(
        searched,
        tuple(
            finding(
                N_("Goal {goal} is given as {given}, but a second search proves {true}."),
                goal=goal.id,
                given=str(entry.value),
                true=str(true),
            )
            for goal, entry in zip(goals_of(case), plan.goals, strict=True)
            if entry.proof is not Proved.NONE
            and (true := as_number(goal.value(case, other.placements))) != entry.value
        ),
    )
