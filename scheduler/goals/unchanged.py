"""Goal unchanged."""

from collections.abc import Mapping, Sequence

from models.finding import N_
from models.placement import Placement, Segment
from scheduler.goals.base import Goal, Stage
from scheduler.problem.case import Case
from scheduler.program.program import Program


class Unchanged(Goal):
    """Keep as many placements as possible from the plan before."""

    id = "unchanged"
    name = N_("as little as possible changed since the plan before")
    maximise = True
    worse = N_("Fewer would keep what the plan before gave them: {after} instead of {before}.")

    def constrain(self, program: Program) -> None:
        for who, segments in _before(program.case).items():
            own = program.candidates.get(who)
            if own is None or len(segments) != 2:
                continue
            halves = [
                [c for c in part if c.option is not None and c.option.segments == (segment,)]
                for part, segment in zip((own.firsts, own.seconds), segments, strict=True)
            ]
            if all(halves):
                same = program.add_helper(self._name(who))
                for columns in halves:
                    terms = [(c, -1) for c in columns]
                    program.add_row(f"{self.id} {who}", [(same, 1), *terms], upper=0)

    def stages(self, program: Program) -> Sequence[Stage]:
        before = _before(program.case)
        terms = {
            column.index: 1
            for who, own in program.candidates.items()
            for column in own.whole
            if column.option is not None and column.option.segments == before.get(who)
        }
        names = (self._name(who) for who in before)
        terms.update({program.helpers[n].index: 1 for n in names if n in program.helpers})
        return (Stage(self.id, terms, self.maximise),)

    def value(self, case: Case, placements: Sequence[Placement]) -> int:
        before = _before(case)
        return sum(before.get(p.candidate_id) == p.bare for p in placements)

    def _name(self, candidate_id: str) -> str:
        return f"{self.id} {candidate_id}"


def _before(case: Case) -> Mapping[str, tuple[Segment, ...]]:
    return {p.candidate_id: p.bare for p in case.previous or ()}
