"""What was not proved by certificate, searched with other settings."""

from collections.abc import Iterator

from models.finding import N_, Finding, Term, finding
from models.plan import Plan
from models.proved import Proved
from scheduler.goals.base import as_number
from scheduler.goals.catalogue import goals_of
from scheduler.problem.case import Case
from scheduler.solver.solve import solve
from scheduler.verification.found import SearchedAgain


def search_again(plan: Plan, case: Case, workers: int = 1) -> SearchedAgain:
    """Solve the case of a sound plan with other settings of the solver, and compare every goal,
    also those that the plan does not say are proved.

    Nothing is solved where certificates are said to prove every goal.
    """
    searched = sum(entry.proof is not Proved.BOUND for entry in plan.goals)
    return SearchedAgain(searched, tuple(_differing(plan, case, workers)) if searched else ())


def _differing(plan: Plan, case: Case, workers: int) -> Iterator[Finding]:
    other = solve(case, workers=workers, examine=False, again=True)
    for goal, entry in zip(goals_of(case), plan.goals, strict=True):
        true = as_number(goal.value(case, other.placements))
        if entry.value == true:
            continue
        if entry.proof is Proved.NONE:
            text = N_(
                "The goal “{goal}” is {given} in the plan, which does not say that this is "
                "proved; a second search gives {true}."
            )
        else:
            text = N_("The goal “{goal}” is given as {given}, but a second search proves {true}.")
        yield finding(text, goal=Term(goal.name), given=str(entry.value), true=str(true))
