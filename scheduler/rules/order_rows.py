"""The rows of the rule municipal-order about two people and the very places they could have.

For i who goes before j, of whom neither is in a pair. A *claim* of i is an option that begins no
sooner than i wished. Whatever j has that holds a claim of i is i's for the taking, so j has it
only if i is placed; and of two whole places that both could have, i has the one with fewer points.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from models.placement import Segment
from scheduler.program.program import CandidateColumns, Column, Program
from scheduler.rules.ceiling import Ceiling
from scheduler.rules.order_line import those_after

Places = tuple[Segment, ...]


def write_order(program: Program, name: str) -> None:
    """Write the rows of everybody who goes before somebody."""
    paired = {w for p in program.round.pairs for w in (p.candidate_a, p.candidate_b)}
    people = program.candidates
    for first, after in those_after(program.round).items():
        if first in people and first not in paired:
            mine = _Claims(program, first)
            for second in sorted((after & people.keys()) - paired):
                _write(program, f"{name} {first} {second}", mine, people[second])


class _Claims:
    """The columns of one candidate, and which of them are claims."""

    def __init__(self, program: Program, who: str) -> None:
        wished = program.round.candidate[who].wished_start
        own = program.candidates[who]
        self.who = who
        self.own = own
        self.firsts = {c.segments: c.points for c in own.firsts if c.segments[0].start >= wished}
        self.seconds = {c.segments: c.points for c in own.seconds}
        self.points = {c.segments: c.points for c in own.whole if c.segments[0].start >= wished}
        self._in: defaultdict[str, list[Places]] = defaultdict(list)
        for places in self.points:
            self._in[places[0].vacancy_id].append(places)

    def within(self, places: Places) -> bool:
        """Whether a whole claim lies within these places."""
        return any(
            all(_holds(places, segment) for segment in claim)
            for place in places
            for claim in self._in.get(place.vacancy_id, ())
        )


def _holds(places: Places, segment: Segment) -> bool:
    return any(
        p.vacancy_id == segment.vacancy_id and p.start <= segment.start and segment.end <= p.end
        for p in places
    )


def _write(program: Program, name: str, mine: _Claims, theirs: CandidateColumns) -> None:
    placing = [(c, -1) for c in mine.own.placing]
    for part in (theirs.placing, theirs.seconds):
        held = [(c, 1) for c in part if mine.within(c.segments)]
        if held:
            program.add_row(f"{name} first", [*held, *placing], upper=0)
    for points, halves in _halves(program, mine, theirs):
        terms = [(c, 1) for c in halves]
        program.add_row(f"{name} halves {points}", [*terms, *placing], upper=1)
    for points, better, worse in _levels(program, mine, theirs):
        # Of these i has one only in vain, so it is taken off what i is placed in.
        less = [(c, 1) for c in (*better, *worse)]
        program.add_row(f"{name} better {points}", [*less, *placing], upper=0)


def _halves(
    program: Program, mine: _Claims, theirs: CandidateColumns
) -> Iterator[tuple[int, Sequence[Column]]]:
    """First and second halves of j of which any two that pair are a claim of i. Where there is a
    ceiling: for each number of points a, firsts with at most a for i, and seconds with what that
    leaves.
    """
    most = program.round.policy.max_points
    if most is None or program.round.waives(mine.who, Ceiling.id):
        most = 2 * max((*mine.firsts.values(), *mine.seconds.values()), default=0)
    last: Sequence[Column] = ()
    for points in sorted({p for p in mine.firsts.values() if p <= most}, reverse=True):
        firsts = [c for c in theirs.firsts if mine.firsts.get(c.segments, most + 1) <= points]
        left = most - points
        seconds = [c for c in theirs.seconds if mine.seconds.get(c.segments, left + 1) <= left]
        # What has as many seconds and fewer firsts says less.
        if firsts and seconds and seconds != last:
            yield points, [*firsts, *seconds]
        last = seconds


def _levels(
    program: Program, mine: _Claims, theirs: CandidateColumns
) -> Iterator[tuple[int, Sequence[Column], Sequence[Column]]]:
    """For each number of points t: j's columns that are claims of i with at most t, and i's whole
    columns with more than t, which j could have too (in strict orders, whether or not).
    """
    claims = [c for c in theirs.whole if c.segments in mine.points]
    also = {c.segments for c in theirs.whole}
    strict = program.round.policy.municipal_order == "strict"
    other = [c for c in mine.own.whole if strict or c.segments in also]
    last: Iterable[Column] = ()
    for t in sorted({mine.points[c.segments] for c in claims}, reverse=True):
        worse = [c for c in other if c.points > t]
        # Of levels with the same on one side that with most on the other says it all.
        if worse and worse != last:
            yield t, [c for c in claims if mine.points[c.segments] <= t], worse
        last = worse
