"""Rule one-placement."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.finding import N_, Finding, finding
from models.placement import Placement, Segment
from scheduler.calendar import DAY
from scheduler.option import department_of, latest_second
from scheduler.rules.base import Rule

if TYPE_CHECKING:
    from scheduler.case import Case
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
        for day, ended in _days(seconds, lambda day: [c for s, c in firsts if s.end < day]):
            begun = [c for s, c in seconds if s.start <= day]
            self._not_more(program, f"order {who} {day}", begun, ended, own)
        for day, near in _days(
            seconds,
            lambda day: [c for s, c in firsts if latest_second(program.round, s) >= day],
            last=False,
        ):
            later = [c for s, c in seconds if s.start >= day]
            self._not_more(program, f"gap {who} {day}", later, near, own)
        for place, end in sorted({(department_of(program.round, s), s.end) for s, _ in firsts}):
            meeting = [
                c
                for s, c in seconds
                if s.start == end + DAY and department_of(program.round, s) == place
            ]
            apart = [
                c for s, c in firsts if (department_of(program.round, s), s.end) != (place, end)
            ]
            if meeting:
                self._not_more(program, f"not meeting {who} {end}", meeting, apart, own)

    def _not_more(
        self,
        program: "Program",
        name: str,
        seconds: list["Column"],
        firsts: list["Column"],
        own: "CandidateColumns",
    ) -> None:
        """No more of these seconds than of these firsts; with all firsts that is known already."""
        if len(firsts) < len(own.firsts):
            terms = [(c, 1) for c in seconds] + [(c, -1) for c in firsts]
            program.add_row(f"{self.id} {name}", terms, upper=0)

    def violations(self, case: "Case", placements: Sequence[Placement]) -> Iterator[Finding]:
        round = case.round
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


def _days(
    seconds: list[tuple[Segment, "Column"]],
    firsts: Callable[[date], list["Column"]],
    *,
    last: bool = True,
) -> Iterator[tuple[date, list["Column"]]]:
    """The first days of second halves with the first halves that go with each.

    Where several days have the same first halves, only the last (or first) says anything.
    """
    days = sorted({s.start for s, _ in seconds}, reverse=last)
    before: list[Column] | None = None
    for day in days:
        fitting = firsts(day)
        if fitting != before:
            yield day, fitting
        before = fitting
