"""The rows of the rule municipal-order about two people and the very places they could have.

For i who goes before j, of whom neither is in a pair. A *claim* of i is an option that begins no
sooner than i wished. Whatever j has that holds a claim of i is i's for the taking, so j has it
only if i is placed; and of two whole places that both could have, i has the one with fewer points.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.placement import Segment
from scheduler.program.program import CandidateColumns, Column, Program
from scheduler.rules.base import Rule
from scheduler.rules.ceiling import Ceiling
from scheduler.rules.limit import LimitRule
from scheduler.rules.order_line import those_after

Places = tuple[Segment, ...]


def write_order(program: Program, name: str, others: Sequence[Rule]) -> None:
    """Write the rows of everybody who goes before somebody. Of the others, those are asked by which
    a claim may have no room though whoever had the place gives it up; then there is no row, but one
    against each plan that breaks the order after all (`order_cuts`).
    """
    round = program.round
    asked = [r for r in others if isinstance(r, LimitRule) and not r.within_fits(round)]
    paired = {w for p in program.round.pairs for w in (p.candidate_a, p.candidate_b)}
    people = program.candidates
    for first, after in those_after(program.round).items():
        if first in people and first not in paired:
            mine = _Claims(program, first, asked)
            for second in sorted((after & people.keys()) - paired):
                _write(program, f"{name} {first} {second}", mine, people[second])


class _Claims:
    """The columns of one candidate, and which of them are claims."""

    def __init__(self, program: Program, who: str, asked: Sequence[LimitRule]) -> None:
        self._round = program.round
        self._asked = asked
        wished = program.round.candidate[who].wished_start
        own = program.candidates[who]
        self.who = who
        self.own = own
        self.firsts = {c.segments: c for c in own.firsts if c.segments[0].start >= wished}
        self.seconds = {c.segments: c for c in own.seconds}
        self.whole = {c.segments: c for c in own.whole if c.segments[0].start >= wished}
        self._in: defaultdict[str, list[Column]] = defaultdict(list)
        for places, column in self.whole.items():
            self._in[places[0].vacancy_id].append(column)

    def within(self, held: Column) -> bool:
        """Whether a whole claim lies within what somebody holds, and has room where that was."""
        return any(
            all(_holds(held.segments, segment) for segment in claim.segments)
            and self.has_room(held, claim)
            for place in held.segments
            for claim in self._in.get(place.vacancy_id, ())
        )

    def has_room(self, held: Column, claim: Column) -> bool:
        """Whether a claim within what somebody holds has room where that was."""
        return all(rule.makes_way(self._round, held, claim) for rule in self._asked)

    def of_half(self, held: Column, claims: Mapping[Places, Column], most: int) -> bool:
        """Whether a half that somebody holds is one of these with at most so many points."""
        claim = claims.get(held.segments)
        return claim is not None and claim.points <= most and self.has_room(held, claim)


def _holds(places: Places, segment: Segment) -> bool:
    return any(
        p.vacancy_id == segment.vacancy_id and p.start <= segment.start and segment.end <= p.end
        for p in places
    )


def _write(program: Program, name: str, mine: _Claims, theirs: CandidateColumns) -> None:
    placing = [(c, -1) for c in mine.own.placing]
    for part in (theirs.placing, theirs.seconds):
        held = [(c, 1) for c in part if mine.within(c)]
        if held:
            program.add_row(f"{name} first", [*held, *placing], upper=0)
    for points, halves in _halves(program, mine, theirs):
        terms = [(c, 1) for c in halves]
        program.add_row(f"{name} halves {points}", [*terms, *placing], upper=1)
    for points, better, worse in _levels(program, mine, theirs):
        terms = [(c, 1) for c in (*better, *worse)]
        if all(mine.has_room(c, mine.whole[c.segments]) for c in better):
            # Of these i has one only in vain, so it is taken off what i is placed in.
            program.add_row(f"{name} better {points}", [*terms, *placing], upper=0)
        else:
            program.add_row(f"{name} better {points}", terms, upper=1)


def _halves(
    program: Program, mine: _Claims, theirs: CandidateColumns
) -> Iterator[tuple[int, Sequence[Column]]]:
    """First and second halves of j of which any two that pair are a claim of i. Where there is a
    ceiling: for each number of points a, firsts with at most a for i, and seconds with what that
    leaves.
    """
    most = program.round.policy.max_points
    if most is None or program.round.waives(mine.who, Ceiling.id):
        halves = (*mine.firsts.values(), *mine.seconds.values())
        most = 2 * max((c.points for c in halves), default=0)
    last: Sequence[Column] = ()
    for points in sorted({c.points for c in mine.firsts.values()}, reverse=True):
        if points > most:
            continue
        firsts = [c for c in theirs.firsts if mine.of_half(c, mine.firsts, points)]
        seconds = [c for c in theirs.seconds if mine.of_half(c, mine.seconds, most - points)]
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
    claims = [c for c in theirs.whole if c.segments in mine.whole]
    also = {c.segments for c in theirs.whole}
    strict = program.round.policy.municipal_order == "strict"
    other = [c for c in mine.own.whole if strict or c.segments in also]
    last: Iterable[Column] = ()
    for t in sorted({mine.whole[c.segments].points for c in claims}, reverse=True):
        worse = [c for c in other if c.points > t]
        # Of levels with the same on one side that with most on the other says it all.
        if worse and worse != last:
            yield t, [c for c in claims if mine.whole[c.segments].points <= t], worse
        last = worse
