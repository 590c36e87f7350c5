"""Rows of the rule municipal-order that are written when a whole-number plan breaks them.

For somebody unplaced, i, who has a claim A that the plan keeps all other rows with if A is put in
the place of C: what j has, or one half of it (to give up the other one too makes no less room). Of
every such row in which A has more than C (on the side of its limit)
let D be the columns of others, not in the plan, that push it towards the limit, and N those in the
plan that hold it away. A stays out of reach only if some of D come or some of N go:

    Σ C − (|C| − 1) ≤ Σ placing columns of i + Σ D + Σ (1 − N).

It holds in every plan that keeps the order, and follows from the rows alone; the plan may be any
set of columns.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.certificate import OrderEntry
from scheduler.problem.option import pairs_with
from scheduler.program.program import Column, Program, Row
from scheduler.rules.order_line import RULE, those_after

Columns = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Swap:
    """A claim of somebody unplaced in the place of what somebody after them has; by row, how much
    more it takes.
    """

    first: str
    claim: Columns
    second: str
    held: Columns
    change: Mapping[int, int]


class OrderCuts:
    """Finds and writes such rows, against the rows that the programme has when it is made."""

    def __init__(self, program: Program) -> None:
        self._program = program
        after = those_after(program.round)
        self._after = {w: own for w, own in after.items() if w in program.candidates}
        self._owners = {c.index: c.option.candidate_id for c in program.columns if c.option}
        # Rows with helper columns are about one candidate and tie halves, which `may_pair` tells.
        rows = enumerate(program.rows)
        self._rows = {n: row for n, row in rows if all(i in self._owners for i, _ in row.terms)}
        self._shares: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, row in self._rows.items():
            for index, coefficient in row.terms:
                self._shares[index].append((number, coefficient))
        self._filling = {number for number, row in self._rows.items() if row.fills}
        # Who may not be given up by halves, as somebody may not be placed without them.
        pairs = (p for p in program.round.pairs if not p.alone_ok)
        self._needed = {who for p in pairs for who in (p.candidate_a, p.candidate_b)}
        for first, own in self._after.items():
            self._tie([first, *own])

    def _tie(self, people: Iterable[str]) -> None:
        """A row may be about all of them, so their columns belong together."""
        own = self._program.candidates
        columns = [own[who].all[0].index for who in people if who in own]
        self._program.ties.extend((columns[0], other) for other in columns[1:])

    def separated(self, columns: frozenset[int]) -> list[Row]:
        """A row for each two whose order a plan breaks."""
        taken = columns & self._owners.keys()
        placed: defaultdict[str, list[int]] = defaultdict(list)
        for index in sorted(taken):
            placed[self._owners[index]].append(index)
        load = self._sums(taken)
        found = (
            self._strongest(first, second, placed[second], taken, load)
            for first, after in self._after.items()
            if first not in placed
            for second in sorted(after & placed.keys())
        )
        return [row for row in found if row is not None]

    def _strongest(
        self, first: str, second: str, held: list[int], taken: frozenset[int], load: Counter[int]
    ) -> Row | None:
        """A row of few columns against the order of these two, if the plan breaks it: about one
        half of what the second has, if giving up that half alone makes room.
        """
        halves = [(index,) for index in held] if second not in self._needed else []
        for part in dict.fromkeys((*halves, tuple(held))):
            least = min(self._swaps(first, second, part, load), key=self._terms, default=None)
            if least is not None:
                return self._row(least, taken)
        return None

    def _terms(self, swap: _Swap) -> int:
        """How many terms the rows have in which the claim takes more than what is held."""
        return sum(len(self._rows[n].terms) for n, more in swap.change.items() if more > 0)

    def _sums(self, columns: Iterable[int]) -> Counter[int]:
        """What the columns add up to, by row."""
        load: Counter[int] = Counter()
        for index in columns:
            for number, coefficient in self._shares.get(index, ()):
                load[number] += coefficient
        return load

    def _swaps(
        self, first: str, second: str, held: Columns, load: Mapping[int, int]
    ) -> Iterator[_Swap]:
        """The claims with which the plan keeps all rows."""
        less = self._sums(held)
        for claim in self._claims(first, load, less):
            change = self._sums(claim)
            change.subtract(less)
            if all(self._kept(n, load.get(n, 0) + more) for n, more in change.items() if more):
                yield _Swap(first, claim, second, held, change)

    def _kept(self, number: int, total: int) -> bool:
        return self._rows[number].holds_between(total, total)

    def _claims(
        self, first: str, load: Mapping[int, int], less: Mapping[int, int]
    ) -> Iterator[Columns]:
        """Whole claims, and pairs of halves of which each has room by itself."""
        own, wished = self._program.candidates[first], self._program.round.candidate[first]

        def has_room(column: Column) -> bool:
            return all(
                self._kept(n, load.get(n, 0) - less.get(n, 0) + share)
                for n, share in self._shares.get(column.index, ())
                if n in self._filling
            )

        def since_with_room(part: Iterable[Column], since: date) -> list[Column]:
            return [c for c in part if c.segments[0].start >= since and has_room(c)]

        yield from ((c.index,) for c in since_with_room(own.whole, wished.wished_start))
        seconds = since_with_room(own.seconds, date.min)
        for one in since_with_room(own.firsts, wished.wished_start):
            fits = pairs_with(self._program.round, one.segments[0])
            yield from ((one.index, two.index) for two in seconds if fits(two.segments[0]))

    def _row(self, swap: _Swap, taken: frozenset[int]) -> Row:
        """The row that a claim calls for, in a plan with these columns."""
        own, about = self._program.candidates[swap.first], {swap.first, swap.second}
        terms = Counter(dict.fromkeys(swap.held, 1))
        terms.subtract(c.index for c in own.placing)
        beside: set[int] = set()
        more: set[int] = set()
        gone: set[int] = set()
        for number, change in swap.change.items():
            row = self._rows[number]
            if not change or (row.upper if change > 0 else row.lower) is None:
                continue
            for index, coefficient in row.terms:
                if self._owners[index] not in about:
                    pushes = (coefficient > 0) == (change > 0)
                    if index in taken:
                        beside.add(index)
                        if not pushes:
                            gone.add(index)
                    elif pushes:
                        more.add(index)
        terms.subtract(more)
        terms.update(gone)
        why = OrderEntry(
            kind="order",
            first=swap.first,
            claim=list(swap.claim),
            second=swap.second,
            held=list(swap.held),
            beside=sorted(beside),
        )
        names = "+".join(self._program.columns[i].name for i in swap.claim)
        kept = tuple(sorted((i, c) for i, c in terms.items() if c))
        return Row(f"{RULE} {names} {swap.second}", kept, None, len(swap.held) - 1 + len(gone), why)
