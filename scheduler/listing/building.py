"""From a case to its programme."""

from scheduler.goals.base import Goal, Stage
from scheduler.goals.catalogue import goals_of
from scheduler.problem.case import Case
from scheduler.program.program import Program
from scheduler.rules.catalogue import RULES


def build_program(case: Case) -> tuple[Program, list[tuple[Goal, list[Stage]]]]:
    """The whole programme of a case, and the stages of its goals in order."""
    program = Program(case)
    goals = goals_of(case)
    for rule in RULES:
        rule.constrain(program)
    for goal in goals:
        goal.constrain(program)
    return program, [(goal, list(goal.stages(program))) for goal in goals]
