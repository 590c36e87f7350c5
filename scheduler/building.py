"""From a case to its programme."""

from scheduler.case import Case
from scheduler.goals import goals_of
from scheduler.goals.base import Goal, Stage
from scheduler.program import Program
from scheduler.rules import RULES


def build_program(case: Case) -> tuple[Program, list[tuple[Goal, list[Stage]]]]:
    """The whole programme of a case, and the stages of its goals in order."""
    program = Program(case)
    goals = goals_of(case)
    for rule in RULES:
        rule.constrain(program)
    for goal in goals:
        goal.constrain(program)
    return program, [(goal, list(goal.stages(program))) for goal in goals]
