"""The rows of the programme that municipal-order looks at: whose columns, and how much room."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from scheduler.apart import Apart
from scheduler.option import Part, may_pair
from scheduler.program import Row, shares_of
from scheduler.rules.order.stand import Stand, Trial

if TYPE_CHECKING:
    from scheduler.program import Program


class Ground:
    """The programme when all other rules have written their rows."""

    def __init__(self, program: "Program") -> None:
        self._strict = program.round.policy.municipal_order == "strict"
        self._round = program.round
        self._columns = tuple(program.columns)
        self.rows = tuple(program.rows)
        self.owners = [c.option.candidate_id if c.option else "" for c in self._columns]
        self.shares = shares_of(self.rows)
        self.apart = Apart(self.rows)
        self.fills = [row.fills for row in self.rows]
        people = [{self.owners[i] for i, _ in row.terms} for row in self.rows]
        # The limits of rows that tie several candidates together; rows that say by themselves
        # which columns of one candidate cannot be together, or cannot be at all.
        self.limits = [
            row.upper if len(who - {""}) > 1 else None
            for row, who in zip(self.rows, people, strict=True)
        ]
        self._alone = [len(who) == 1 and "" not in who for who in people]

    def is_option(self, trial: Trial) -> bool:
        """Whether a plan can have these columns: halves that pair, where no lock is in the way."""
        if not all(
            self.rows[number].holds_between(share, share)
            for number, share in trial.share.items()
            if self._alone[number]
        ):
            return False
        segments = [s for c in trial.columns if c.option for s in c.option.segments]
        return len(trial.columns) == 1 or may_pair(self._round, *segments)

    def room(self, number: int, share: int) -> int | None:
        """How much load by others leaves room for such a share; None where any does."""
        limit = self.limits[number]
        return None if limit is None or share <= 0 else limit - share

    def stays(self, stand: Stand, index: int) -> bool:
        """Whether a column is neither the candidate's own nor of those after."""
        return self.owners[index] != stand.who and self.owners[index] not in stand.after

    def waits(self, stand: Stand, row: Row) -> bool:
        """Whether a row lets the candidate in when a partner is placed (both or neither)."""
        return any(c < 0 and self.stays(stand, i) for i, c in row.terms)

    def as_good(self, stand: Stand, index: int, points: int) -> bool:
        """Whether this is one of the own columns of which one is taken by whoever has at most
        so many points.

        Exact for whole placements. A pair of halves with at most so many points has a second
        half with fewer than `stand.second`, or a first half that leaves room for that many; the
        pair that is taken, if it has more points, has neither.
        """
        column = self._columns[index]
        part = column.option.part if column.option else None
        if not self._strict:
            return part is not Part.SECOND
        if part is Part.WHOLE:
            return column.points <= points
        if part is Part.FIRST:
            return column.points + stand.second <= points
        return column.points < stand.second

    def taken_there(self, number: int, share: int, columns: Iterable[int]) -> set[int]:
        """Those of the own columns that have at least this share of a row: where others leave no
        room for the trial, they leave none for these.
        """
        return {i for i in columns if any(n == number and c >= share for n, c in self.shares[i])}

    def in_the_way(
        self, stand: Stand, trial: Trial, columns: Callable[[int], Iterable[int]]
    ) -> list[int]:
        """Those of the columns of rows that are of those after and leave the trial no room by
        themselves.
        """
        return sorted(
            {
                i
                for number, share in trial.share.items()
                if self.room(number, share) == 0
                for i in columns(number)
                if self.owners[i] in stand.after
            }
        )
