"""Rule ceiling."""

from collections.abc import Iterator, Sequence

from models.finding import N_, Finding, finding
from models.placement import Placement
from models.round import Round
from models.wish import Wish
from scheduler.problem.case import Case
from scheduler.program.program import CandidateColumns, Column, Program
from scheduler.rules.base import Rule


class Ceiling(Rule):
    """Where the policy sets a ceiling, no placement has more points than it; a worse one is
    only listed for discussion.
    """

    id = "ceiling"
    name = N_("the ceiling for points")
    shuts_out = N_(
        "{vacancies}: further from the wishes in the sheet {sheet} than the policy allows."
    )
    cure = Wish.sheet
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

    def constrain(self, program: Program) -> None:
        limit = program.round.policy.max_points
        if limit is None:
            return
        for who, own in program.candidates.items():
            if own.firsts and not program.round.waives(who, self.id):
                for dear, cheap in too_dear(own, limit + 1):
                    terms = [(c, 1) for c in dear] + [(c, -1) for c in cheap]
                    program.add_row(f"{self.id} {who}", terms, upper=0)

    def violations(self, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
        for placement in placements:
            found = self.refuses_points(case.round, placement.candidate_id, placement.points)
            if found is not None:
                yield found


def too_dear(own: CandidateColumns, points: int) -> Iterator[tuple[list[Column], list[Column]]]:
    """Second halves, and all the first halves that do not make `points` with any of them.

    A pair with at least `points` is a second of one such set without a first of it. (Written
    with the firsts that are left, not those that are shut out: the relaxation is tighter.)
    """
    for least in sorted({c.points for c in own.firsts}):
        dear = [c for c in own.seconds if c.points >= points - least]
        if dear:
            yield dear, [c for c in own.firsts if c.points < least]
