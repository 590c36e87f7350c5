"""Rows of the municipal order that certificates may lean on beyond those of the programme, and why
they hold (SPEC 4c, *first in line*).

i goes before j; A is a claim of i, made of one or two columns; C are columns that j has, and what
else j may have beside them is held by no row; B are any columns of others. Let B with A keep every
row that A and C have different shares of, but those of the order itself and those that tie the
halves of one person. Of such a row, where A has more on the side of a limit, let D be the columns
of others, not in B, that push towards the limit, and N those of B that hold away from it. A plan
that has C, nothing of i, nothing of D and all of N leaves at least as much room as B does, so with
A in the place of what j has it keeps all rows: the order is broken. Hence in every plan

    Σ C − (|C| − 1) ≤ Σ placing columns of i + Σ D + Σ (1 − N).

Nothing here is shared with the code that finds and writes the rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models.certificate import OrderEntry
from scheduler.problem.option import Part, may_pair
from scheduler.program.program import Program
from scheduler.rules.order_line import RULE, those_after


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
        self._off = program.round.policy.municipal_order == "off"
        self._after = those_after(program.round)
        self._rows = program.rows
        self._in: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for number, row in enumerate(self._rows):
            for index, coefficient in row.terms:
                self._in[index][number] = coefficient

    def _owner(self, index: int) -> str:
        option = self._program.columns[index].option
        return "" if option is None else option.candidate_id

    def row(self, entry: OrderEntry) -> Inequality:
        """The row that an entry names; raises NotProvedError if there is no such row."""
        first, second = entry.first, entry.second
        if self._off or second not in self._after.get(first, ()):
            raise NotProvedError(f"{first} does not go before {second}")
        self._need_claim(first, entry.claim)
        held, beside = set(entry.held), set(entry.beside)
        if not held or any(self._owner(i) != second for i in held):
            raise NotProvedError(f"that is not what {second} has")
        self._need_all(second, held)
        if any(self._owner(i) in ("", first, second) for i in beside):
            raise NotProvedError("others are those that neither is")
        shut: set[int] = set()
        gone: set[int] = set()
        for number, row in enumerate(self._rows):
            share = sum(self._in[i].get(number, 0) for i in entry.claim)
            change = share - sum(self._in[i].get(number, 0) for i in held)
            if not change or not self._judges(number):
                continue
            total = share + sum(self._in[i].get(number, 0) for i in beside)
            sign, limit = (1, row.upper) if change > 0 else (-1, row.lower)
            if limit is None:
                continue
            if sign * total > sign * limit:
                raise NotProvedError(f"the claim does not keep row {row.name}")
            others = [(i, sign * c) for i, c in row.terms if self._owner(i) not in (first, second)]
            shut |= {i for i, c in others if c > 0 and i not in beside}
            gone |= {i for i, c in others if c < 0 and i in beside}
        terms: defaultdict[int, int] = defaultdict(int)
        for index in held | gone:
            terms[index] += 1
        for index in {c.index for c in self._program.candidates[first].placing} | shut:
            terms[index] -= 1
        return Inequality({i: c for i, c in terms.items() if c}, len(held) - 1 + len(gone))

    def _need_all(self, who: str, held: set[int]) -> None:
        """What else somebody has beside these columns is not held by any row: to give that up too
        makes no less room.
        """
        own = self._program.candidates[who]
        placing = {c.index for c in own.placing}
        beside = {c.index for c in own.seconds} if held & placing else placing
        # At most one placing column is taken, and seconds only with a first.
        whole = {c.index for c in own.whole}
        if held & whole or (len(held) > 1 and held & placing):
            return
        for index in beside:
            for number, coefficient in self._in[index].items():
                row = self._rows[number]
                if (
                    self._judges(number)
                    and (row.lower if coefficient > 0 else row.upper) is not None
                ):
                    raise NotProvedError(f"row {row.name} asks for more of {who}")

    def _judges(self, number: int) -> bool:
        """Whether a row is of a rule that the order asks about."""
        row = self._rows[number]
        return row.rule != RULE and all(self._owner(i) for i, _ in row.terms)

    def _need_claim(self, who: str, columns: Sequence[int]) -> None:
        """Columns that make an option which begins no sooner than the candidate wished."""
        options = [self._program.columns[i].option for i in columns]
        own = [o for o in options if o is not None and o.candidate_id == who]
        parts = [o.part for o in own]
        round = self._program.round
        whole = parts == [Part.WHOLE]
        halves = parts == [Part.FIRST, Part.SECOND] and may_pair(
            round, own[0].segments[0], own[1].segments[0]
        )
        if len(own) != len(columns) or not (whole or halves):
            raise NotProvedError(f"{who} has no such option")
        if own[0].segments[0].start < round.candidate[who].wished_start:
            raise NotProvedError(f"{who} is not ready so soon")
