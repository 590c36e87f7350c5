"""Rule one-placement."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.finding import N_, Finding, finding
from models.placement import Placement, Segment
from models.round import Round
from scheduler.calendar import DAY
from scheduler.option import department_of, latest_second
from scheduler.rules.base import Rule

if TYPE_CHECKING:
    from scheduler.program import CandidateColumns, Column, Program


class OnePlacement(Rule):
    """A candidate gets one complete placement or nothing."""

    id = "one-placement"

    def constrain(self, program: "Program") -> None:
        for who, own in program.candidates.items():
            program.at_most(f"{self.id} {who}", own.placing, 1)
            if own.firsts:
                self._tie_halves(program, who, own)

    def _tie_halves(self, program: "Program", who: str, own: "CandidateColumns") -> None:
        """Both halves or none; the second after the first, within the gap, not one service."""
        firsts = [(half(c), c) for c in own.firsts]
        seconds = [(half(c), c) for c in own.seconds]
        program.add_row(
            f"{self.id} both halves {who}",
            [(c, 1) for c in own.firsts] + [(c, -1) for c in own.seconds],
            lower=0,
            upper=0,
        )
        for day in sorted({s.start for s, _ in seconds}):
            begun = [(c, 1) for s, c in seconds if s.start <= day]
            ended = [(c, -1) for s, c in firsts if s.end < day]
            program.add_row(f"{self.id} order {who} {day}", begun + ended, upper=0)
            later = [(c, 1) for s, c in seconds if s.start >= day]
            near = [(c, -1) for s, c in firsts if latest_second(program.round, s) >= day]
            program.add_row(f"{self.id} gap {who} {day}", later + near, upper=0)
        for place, end in sorted({(department_of(program.round, s), s.end) for s, _ in firsts}):
            before = [
                c for s, c in firsts if (department_of(program.round, s), s.end) == (place, end)
            ]
            after = [
                c
                for s, c in seconds
                if s.start == end + DAY and department_of(program.round, s) == place
            ]
            if after:
                program.at_most(f"{self.id} not meeting {who} {end}", before + after, 1)

    def violations(self, round: Round, placements: Sequence[Placement]) -> Iterator[Finding]:
        times = Counter(p.candidate_id for p in placements)
        for who, count in sorted(times.items()):
            if count > 1:
                yield finding(
                    N_("{candidate} has {count} placements; one is allowed."),
                    rule=self.id,
                    candidate=who,
                    count=count,
                )
            if who not in round.candidate or not round.is_open(who):
                yield finding(
                    N_("{candidate} is not an open candidate and can get nothing new."),
                    rule=self.id,
                    candidate=who,
                )


def half(column: "Column") -> Segment:
    """The one segment of a half."""
    assert column.option is not None
    return column.option.segments[0]
