"""Rule one-placement."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from models.finding import N_, Finding, finding
from models.grouped import grouped
from models.placement import Placement, Segment
from scheduler.problem.calendar import DAY
from scheduler.problem.case import Case
from scheduler.problem.option import department_of, latest_second
from scheduler.program.program import CandidateColumns, Column, Program
from scheduler.rules.base import Rule

Key = TypeVar("Key")


class OnePlacement(Rule):
    """A candidate gets one complete placement or nothing."""

    id = "one-placement"
    name = N_("one placement for each candidate")

    def constrain(self, program: Program) -> None:
        for who, own in program.candidates.items():
            program.at_most(f"{self.id} {who}", own.placing, 1)
            if own.firsts:
                self._tie_halves(program, who, own)

    def _tie_halves(self, program: Program, who: str, own: CandidateColumns) -> None:
        """Both halves or none; the second after the first, within the gap, not one service."""
        round = program.round
        firsts = _by(own.firsts, lambda half: half.end)
        seconds = _by(own.seconds, lambda half: half.start)
        latest = [latest_second(round, _half(own[0])) for own in firsts.values()]
        ended = program.add_sums(f"{self.id} ended {who}", list(firsts.values()))
        begun = program.add_sums(f"{self.id} begun {who}", list(seconds.values()))
        name = f"{self.id} both halves {who}"
        program.add_row(name, [(ended[-1], 1), (begun[-1], -1)], lower=0, upper=0)
        days = list(enumerate(seconds))
        # Of the days before which the same firsts have ended, the last says most; of those for
        # which the same are too long ago, the first.
        for count, number in {sum(end < day for end in firsts): n for n, day in days}.items():
            if count < len(ended):
                self._not_more(program, f"order {who}", begun[: number + 1], ended[:count])
        for count, number in {sum(d < day for d in latest): n for n, day in days[::-1]}.items():
            if count:
                self._not_more(program, f"gap {who}", ended[:count], begun[:number])
        before = _by(own.firsts, lambda half: (department_of(round, half), half.end + DAY))
        after = _by(own.seconds, lambda half: (department_of(round, half), half.start))
        for place in (p for p in before if p in after):
            terms = [(c, 1) for c in (*before[place], *after[place])]
            name = f"{self.id} not meeting {who} {place[1]}"
            program.add_row(name, [*terms, (ended[-1], -1)], upper=0)

    def _not_more(
        self, program: Program, name: str, sums: list[Column], others: list[Column]
    ) -> None:
        """The last of these sums is no more than the last of the others; 0 if there is none."""
        terms = [(sums[-1], 1), *((c, -1) for c in others[-1:])]
        program.add_row(f"{self.id} {name} {sums[-1].name}", terms, upper=0)

    def violations(self, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
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


def _by(
    columns: Iterable[Column], key: Callable[[Segment], "Key"]
) -> dict["Key", tuple[Column, ...]]:
    """Halves by something about them, in its order."""
    return dict(sorted(grouped(columns, lambda c: key(_half(c))).items()))


def _half(column: Column) -> Segment:
    """The one segment of a half."""
    assert column.option is not None
    return column.option.segments[0]
