"""What a plan says that its certificates prove of wishes: how much a goal gets worse at least."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.finding import N_, Finding, finding
from models.plan import Plan
from models.proved import Proved
from scheduler.goals.base import Stage
from scheduler.program.program import Program


@dataclass(frozen=True, slots=True)
class Claim:
    """In every plan with one of the columns, a stage of the goal is worse by so much at least, or
    a stage before it is worse.
    """

    candidate_id: str
    rank: int
    columns: frozenset[int]
    goal: str
    worse: int

    def not_shown(self) -> Finding:
        """What is said where no certificate shows it."""
        return finding(
            N_("The proofs do not prove what is said of wish {rank} of {candidate}."),
            rank=self.rank,
            candidate=self.candidate_id,
        )


def claims_of(plan: Plan, program: Program, stages: Sequence[Stage]) -> Iterator[Claim]:
    """What the plan's explanations say that its certificates prove."""
    maximised = {stage.goal_id: stage.maximise for stage in stages}
    for entry in plan.explanations:
        harm = entry.harm
        if harm is None or harm.proof is not Proved.BOUND:
            continue
        worse = 1  # of lists it is not told
        if isinstance(harm.before, int) and isinstance(harm.after, int):
            worse = harm.after - harm.before
            worse = -worse if maximised.get(harm.goal) else worse
        columns = frozenset(
            index
            for row in program.round.ranked.get(entry.candidate_id, ())
            if row.rank == entry.rank
            for index in program.meeting(row)
        )
        yield Claim(entry.candidate_id, entry.rank, columns, harm.goal, worse)
