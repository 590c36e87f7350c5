"""Rule ceiling."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.finding import N_, Finding, finding
from models.placement import Placement
from models.round import Round
from scheduler.rules.base import Rule

if TYPE_CHECKING:
    from scheduler.program import CandidateColumns, Column, Program


class Ceiling(Rule):
    """Where the policy sets a ceiling, no placement has more points than it; a worse one is
    only listed for discussion.
    """

    id = "ceiling"
    waivable = True

    def refuses_points(self, round: Round, candidate_id: str, points: int) -> Finding | None:
        """Why so many points are refused; None if they are not, or if the rule is waived."""
        limit = round.policy.max_points
        if limit is None or points <= limit or round.waives(candidate_id, self.id):
            return None
        return finding(
            N_("The placement has {points} points; the ceiling is {limit}."),
            rule=self.id,
            points=points,
            limit=limit,
        )

    def constrain(self, program: "Program") -> None:
        limit = program.round.policy.max_points
        if limit is None:
            return
        for who, own in program.candidates.items():
            if own.firsts and not program.round.waives(who, self.id):
                for columns in too_dear(own, limit + 1):
                    program.at_most(f"{self.id} {who}", columns, 1)

    def violations(self, round: Round, placements: Sequence[Placement]) -> Iterator[Finding]:
        for placement in placements:
            found = self.refuses_points(round, placement.candidate_id, placement.points)
            if found is not None:
                yield found


def too_dear(own: "CandidateColumns", points: int) -> Iterator[list["Column"]]:
    """Sets of halves of which two together have at least `points`; any such pair is in one.

    For each first half's points p: the firsts with p or more, and the seconds with the rest.
    """
    for least in sorted({c.points for c in own.firsts}):
        firsts = [c for c in own.firsts if c.points >= least]
        seconds = [c for c in own.seconds if c.points >= points - least]
        if seconds:
            yield firsts + seconds
