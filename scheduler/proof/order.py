"""Rows about the municipal order, derived a second time: what a certificate may lean on.

The order of i says: whoever goes before others and has nothing as good as an option A finds A
taken even without them. So in every plan one of these is true:

1. i has something as good as A: one of the columns `good` is taken.
2. Those not after i leave A no room: in a row s that A has a part in, their load is too large.
3. A has room with everybody there.

A row derived here has on its left the columns of those after i that exclude A, at most one of
which is taken (or all load on a row), and on its right what 1 and 2 give. In case 3 the left is
nothing, or no more than leaves room; in cases 1 and 2 the right is at least as large as the left
can be. What no plan has beside any column of the left may be missing on the right, as the left
is nothing then. It shares no code with the rows that the engine works with.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.certificate import CliqueEntry, FilledEntry, OrderEntry
from scheduler.option import Part, may_pair
from scheduler.priority import RULE, those_after
from scheduler.program import Column, Program
from scheduler.rules import CEILING


class NotProvedError(Exception):
    """A certificate does not prove what it says; the text says why, for those who look closer."""


@dataclass(frozen=True, slots=True)
class Inequality:
    """Σ terms ≤ upper, in every plan."""

    terms: dict[int, int]
    upper: int


class Lemmas:
    """Rows that follow from those of a programme and from the municipal order."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._after = those_after(program.round)
        self._strict = program.round.policy.municipal_order == "strict"
        self._rows = program.rows
        self._in: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for number, row in enumerate(self._rows):
            for index, coefficient in row.terms:
                self._in[index][number] = coefficient

    def row(self, entry: CliqueEntry | OrderEntry | FilledEntry) -> Inequality:
        """The row that an entry names; raises NotProvedError if there is no such row."""
        if isinstance(entry, CliqueEntry):
            self._need_clique(entry.columns)
            return Inequality(dict.fromkeys(entry.columns, 1), 1)
        if isinstance(entry, FilledEntry):
            return self._filled_row(entry)
        return self._order_row(entry)

    def _owner(self, index: int) -> str:
        option = self._program.columns[index].option
        return "" if option is None else option.candidate_id

    def _exclude(self, one: int, other: int) -> bool:
        """Whether a row of nothing but positive numbers has no room for both columns."""
        mine, theirs = self._in[one], self._in[other]
        for number in mine.keys() & theirs.keys():
            row = self._rows[number]
            full = row.upper is not None and mine[number] + theirs[number] > row.upper
            if full and all(c > 0 for _, c in row.terms):
                return True
        return False

    def _need_clique(self, columns: Sequence[int]) -> None:
        for n, one in enumerate(columns):
            for other in columns[:n]:
                if one == other or not self._exclude(one, other):
                    raise NotProvedError(f"columns {one} and {other} may stand together")

    def _order_row(self, entry: OrderEntry) -> Inequality:
        who, option = entry.candidate_id, [self._program.columns[i] for i in entry.option]
        if who not in self._after:
            raise NotProvedError(f"{who} goes before nobody")
        points = self._points(who, option)
        share: Counter[int] = Counter()
        for column in option:
            for number, coefficient in self._in[column.index].items():
                share[number] += coefficient
        shared = {n: s for n, s in share.items() if s > 0 and self._ties_several(n)}
        left, times, upper, gone = self._left(entry, shared)
        right: Counter[int] = Counter(
            i for i in self._good(who, points, entry.second) if not gone(i)
        )
        crowd: set[int] = set()
        for number, amount in shared.items():
            row = self._rows[number]
            assert row.upper is not None
            room = row.upper - amount
            staying = {i: c for i, c in row.terms if self._stays(who, i)}
            if room == 0:
                crowd.update(i for i, c in staying.items() if c > 0 and not gone(i))
            elif room > 0:
                right.update(self._filled(who, number, staying, room))
            else:
                self._need_absence(staying, room)
                upper += times
                right.update(staying)
        right.update(crowd)
        terms = Counter(left)
        for index, coefficient in right.items():
            terms[index] -= times * coefficient
        return Inequality({i: c for i, c in terms.items() if c}, upper)

    def _points(self, who: str, option: Sequence[Column]) -> int:
        """The points of an option made of columns, if it is one."""
        parts = [c.option.part for c in option if c.option and c.option.candidate_id == who]
        points = sum(c.points for c in option)
        if parts == [Part.WHOLE] and len(option) == 1:
            return points
        if parts == [Part.FIRST, Part.SECOND] and len(option) == 2:
            first, second = (c.option.segments[0] for c in option if c.option)
            round = self._program.round
            refused = CEILING.refuses_points(round, who, points)
            if may_pair(round, first, second) and refused is None:
                return points
        raise NotProvedError(f"{who} has no such option")

    def _left(
        self, entry: OrderEntry, shared: Mapping[int, int]
    ) -> tuple[dict[int, int], int, int, Callable[[int], bool]]:
        """The left side, how often the right counts, the limit, and what the right may lack."""
        who = entry.candidate_id
        if entry.row is None:
            self._need_clique(entry.left)
            for index in entry.left:
                if self._owner(index) not in self._after[who]:
                    raise NotProvedError(f"column {index} is not of those after {who}")
                if not any(self._fills(n, s, index) for n, s in shared.items()):
                    raise NotProvedError(f"column {index} does not exclude the option of {who}")
            return (
                dict.fromkeys(entry.left, 1),
                1,
                0,
                lambda i: all(self._exclude(i, other) for other in entry.left),
            )
        if entry.row not in shared:
            raise NotProvedError(f"the option of {who} has no part in row {entry.row}")
        row, times = self._rows[entry.row], shared[entry.row]
        own = {i: c for i, c in row.terms if self._owner(i) == who}
        if row.upper is None or any(c < 0 for c in own.values()):
            raise NotProvedError(f"row {entry.row} does not fill up")
        left = {i: c for i, c in row.terms if i not in own}
        return left, times, row.upper - times, lambda i: own.get(i, 0) >= times

    def _fills(self, number: int, share: int, index: int) -> bool:
        """Whether a column leaves no room in a row for such a share."""
        row = self._rows[number]
        amount = self._in[index].get(number, 0)
        return (
            row.upper is not None
            and amount + share > row.upper
            and all(c > 0 for _, c in row.terms)
        )

    def _ties_several(self, number: int) -> bool:
        row = self._rows[number]
        return row.upper is not None and len({self._owner(i) for i, _ in row.terms} - {""}) > 1

    def _stays(self, who: str, index: int) -> bool:
        owner = self._owner(index)
        return owner != who and owner not in self._after[who]

    def _good(self, who: str, points: int, second: int) -> set[int]:
        """Columns of which one is taken whenever the candidate has at most so many points.

        A pair of halves with at most so many points has a second half with fewer than `second`,
        or a first half that leaves room for as many.
        """
        own = self._program.candidates[who]
        if not self._strict:
            return {c.index for c in own.placing}
        good = {c.index for c in own.whole if c.points <= points}
        good |= {c.index for c in own.firsts if c.points + second <= points}
        return good | {c.index for c in own.seconds if c.points < second}

    def _filled(
        self, who: str, number: int, staying: Mapping[int, int], room: int
    ) -> dict[int, int]:
        """The helper that may be 1 when those who stay fill a row; none if they are too few."""
        row = self._rows[number]
        if row.upper != room + 1 or any(c != 1 for c in staying.values()):
            raise NotProvedError(f"row {row.name} counts somebody more than once")
        helper = self._helper(who, number)
        if helper is not None:
            return {helper: 1}
        if len({self._owner(i) for i in staying}) > room:
            raise NotProvedError(f"nothing says when others fill row {row.name}")
        return {}

    def _filled_row(self, entry: FilledEntry) -> Inequality:
        """A helper is in no row but these and those that it makes easier: it may be told to be 1
        exactly where others fill the row.
        """
        helper = self._helper(entry.candidate_id, entry.row)
        if helper is None:
            raise NotProvedError(f"no helper tells of {entry.candidate_id} and row {entry.row}")
        row = self._rows[entry.row]
        staying = {i: -c for i, c in row.terms if self._stays(entry.candidate_id, i)}
        if row.upper is None or any(c != -1 for c in staying.values()):
            raise NotProvedError(f"row {row.name} counts somebody more than once")
        return Inequality({helper: row.upper, **staying}, 0)

    def _helper(self, who: str, number: int) -> int | None:
        """The helper column for a candidate and a row, if there is one."""
        helper = self._program.helpers.get(f"{RULE} {who} row {number} filled")
        return None if helper is None else helper.index

    def _need_absence(self, staying: Mapping[int, int], room: int) -> None:
        """A row that is full unless one other person is placed (both or neither)."""
        owners = {self._owner(i) for i in staying}
        if room != -1 or len(owners) != 1 or any(c != -1 for c in staying.values()):
            raise NotProvedError("a row is full in a way that no certificate can lean on")
        placing = {c.index for c in self._program.candidates[owners.pop()].placing}
        if not staying.keys() <= placing:
            raise NotProvedError("a row is full in a way that no certificate can lean on")
