"""Helper columns of the rule municipal-order: whether those not after somebody fill a row.

For each row of several positions that a candidate i can have a part in, a column z that may be 1
only where the load by all but i and those after i is the row's limit:

    limit × z ≤ Σ columns in the row of those who stay.

Columns are made beforehand, their rows only for rows that count them: most are never counted, and
all of them together would be much longer than everything else.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.certificate import FilledEntry
from scheduler.priority import RULE
from scheduler.program import Row
from scheduler.rules.order.ground import Ground

if TYPE_CHECKING:
    from scheduler.program import Program


class Filled:
    """Makes the columns, and their rows when asked for."""

    def __init__(
        self,
        program: "Program",
        after: Mapping[str, frozenset[str]],
        ground: Ground,
    ) -> None:
        self._program = program
        self._after = after
        self._ground = ground
        # The rows of several positions: their limit, and whose columns they have.
        self._several = {
            number: (limit, {ground.owners[i] for i, _ in ground.rows[number].terms})
            for number, limit in enumerate(ground.limits)
            if limit is not None and limit > 1
        }
        self._columns: dict[tuple[str, int], int] = {}
        self._about: dict[int, tuple[str, int]] = {}
        self._known: dict[int, Row] = {}
        for who in after:
            self._add(who)

    def _add(self, who: str) -> None:
        """The columns of one candidate: for rows that others can fill."""
        own, ground = self._program.candidates[who].all, self._ground
        numbers = {n for c in own for n, share in ground.shares[c.index] if share == 1}
        for number in sorted(numbers & self._several.keys()):
            limit, people = self._several[number]
            if len(people - self._after[who] - {who}) >= limit:
                column = self._program.add_helper(name_of(who, number))
                self._program.ties.append((ground.rows[number].terms[0][0], column.index))
                self._columns[who, number] = column.index
                self._about[column.index] = (who, number)

    def column(self, who: str, number: int) -> int | None:
        """The column for a candidate and a row; None where those who stay are too few."""
        return self._columns.get((who, number))

    def rows_for(self, row: Row) -> list[Row]:
        """The rows of the helper columns that a row counts."""
        return [self._row(i) for i, _ in row.terms if i in self._about]

    def _row(self, index: int) -> Row:
        if index not in self._known:
            who, number = self._about[index]
            limit, out = self._several[number][0], {who, *self._after[who]}
            terms, owners = self._ground.rows[number].terms, self._ground.owners
            staying = [(i, -1) for i, _ in terms if owners[i] not in out]
            self._known[index] = Row(
                name_of(who, number),
                tuple(sorted([(index, limit), *staying])),
                None,
                0,
                FilledEntry(kind="filled", candidate_id=who, row=number),
            )
        return self._known[index]


def name_of(who: str, number: int) -> str:
    """What the column for a candidate and a row is called."""
    return f"{RULE} {who} row {number} filled"
