"""The rows of the rule municipal-order: written where a plan breaks an order, not before.

For somebody i, an option A of theirs and those after them, let O be the load that others put
on a row that A has a part in, and N the share of it that is not by those after i. A has room
in the row while the load is below c = upper − A's own share + 1. The order of i is broken if i
has nothing as good as A, some row has O ≥ c, and every row has N < c. So every plan that keeps
the order keeps, for each row r that A has a part in,

    O(r) ≤ c(r) − 1 + A's share × ([i has something as good as A] + Σ over rows s: [N(s) ≥ c(s)]).

Where the rows have c = 1, the columns of one of those after that are in any of them may stand
on the left instead, of which at most one is taken.
For c(s) = 1 the last term is at most N(s); for larger c(s) it is a helper column z with
c(s) × z ≤ N(s) (`order_filled`), a row that is written with the first that counts z. The values
of columns may be fractions, as in a relaxation; for whole numbers nothing is found if and only
if nobody's order is broken.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import floor, inf
from typing import TYPE_CHECKING

import numpy as np

from models.certificate import OrderEntry
from scheduler.apart import Apart, grown, largest
from scheduler.option import Part
from scheduler.priority import RULE, those_after
from scheduler.program import Row, shares_of
from scheduler.rules.order_crowds import Crowds
from scheduler.rules.order_filled import Filled
from scheduler.rules.order_stand import (
    ROUNDING,
    Seen,
    Stand,
    Trial,
    Values,
    second_points,
)

if TYPE_CHECKING:
    from scheduler.program import Column, Program

_LEAST = 0.02  # a row that is broken by less is not worth writing


class OrderRows:
    """Finds broken orders among columns, and writes rows against them.

    Made when all other rules have written their rows.
    """

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._strict = program.round.policy.municipal_order == "strict"
        after = those_after(program.round).items()
        self._after = {who: own for who, own in after if who in program.candidates}
        self._owners = [c.option.candidate_id if c.option else "" for c in program.columns]
        self._rows = tuple(program.rows)
        # Whether a row ties several candidates together, and the limits of those that do.
        self._shared = [len({self._owners[i] for i, _ in row.terms}) > 1 for row in self._rows]
        self._limits = [
            r.upper if s else None for r, s in zip(self._rows, self._shared, strict=True)
        ]
        self._apart = Apart(self._rows)
        self._shares = shares_of(self._rows)
        self._filled = Filled(program, self._after, self._owners, self._shares, self._limits)
        self._crowds = {
            who: Crowds(program.candidates[who], self._shares, self._limits, self._rows)
            for who in self._after
        }

    def broken_by(self, values: Values) -> list[Row]:
        """Rows that these values break, and every plan that keeps the order keeps; and those of
        the helper columns that they count.
        """
        load = np.zeros(len(self._rows) + 1)
        there: defaultdict[int, list[int]] = defaultdict(list)
        taken: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for index, value in values.items():
            if index < len(self._owners) and self._owners[index]:
                taken[self._owners[index]][index] = value
                for number, share in self._shares[index]:
                    load[number] += share * value
                    there[number].append(index)
        whole = all(v > 1 - ROUNDING for v in values.values())
        seen = Seen(values, whole, there)
        found: dict[tuple[tuple[int, int], ...], Row] = {}
        for who, after in self._after.items():
            if not any(w in taken for w in after):
                continue
            own, mine = self._program.candidates[who], taken.get(who, {})
            others = load.copy()
            for index, value in mine.items():
                for number, share in self._shares[index]:
                    others[number] -= share * value
            stand = Stand(who, own, after, mine, second_points(own, mine), others, seen)
            for row in self._against(stand):
                for needed in (row, *self._filled.rows_for(row)):
                    found.setdefault(needed.terms, needed)
        return list(found.values())

    def _against(self, stand: Stand) -> Iterator[Row]:
        """The rows against one candidate's order being broken, at most one for each trial."""
        whole, *halves = self._crowds[stand.who].of(stand.others)
        for column, crowd in whole:
            if self._goodness(stand, column.points) > 1 - _LEAST:
                break
            row = self._row(stand, Trial.of((column,), self._shares)) if crowd >= _LEAST else None
            if row is not None:
                yield row
        blocked: dict[int, float] = {}
        for part, other in ((0, 1), (1, 0)):
            for half, crowd in halves[part]:
                for partner, _ in halves[other]:
                    left = crowd - self._goodness(stand, half.points + partner.points)
                    if left >= _LEAST:
                        left -= self._in_all(stand, half, blocked)
                    if left < _LEAST:
                        break  # the more points, the less is left
                    if left - self._in_all(stand, partner, blocked) < _LEAST:
                        continue
                    pair = (half, partner) if part == 0 else (partner, half)
                    row = self._row(stand, Trial.of(pair, self._shares))
                    if row is not None:
                        yield row
                        break

    def _goodness(self, stand: Stand, points: int) -> float:
        """How much of something with at most so many points the candidate has."""
        return sum(v for i, v in stand.mine.items() if self._as_good(stand, i, points))

    def _as_good(self, stand: Stand, index: int, points: int) -> bool:
        """Whether this is one of the own columns of which one is taken by whoever has at most
        so many points.

        Exact for whole placements. A pair of halves with at most so many points has a second
        half with fewer than `stand.second`, or a first half that leaves room for that many; the
        pair that is taken, if it has more points, has neither.
        """
        column = self._program.columns[index]
        part = column.option.part if column.option else None
        if not self._strict:
            return part is not Part.SECOND
        if part is Part.WHOLE:
            return column.points <= points
        if part is Part.FIRST:
            return column.points + stand.second <= points
        return column.points < stand.second

    def _in_all(self, stand: Stand, half: "Column", known: dict[int, float]) -> float:
        """How far those not after leave a half no room."""
        if half.index not in known:
            apart, beside = self._blocked(stand, Trial.of((half,), self._shares))
            known[half.index] = apart + self._value(stand, beside)
        return known[half.index]

    def _excess(self, stand: Stand, trial: Trial, number: int) -> float:
        share = trial.share[number]
        room = self._room(number, share)
        return 0.0 if room is None else float(stand.others[number] - room) / share

    def _room(self, number: int, share: int) -> int | None:
        """How much load by others leaves room for such a share; None where any does."""
        limit = self._limits[number]
        return None if limit is None or share <= 0 else limit - share

    def _blocked(self, stand: Stand, trial: Trial) -> tuple[float, set[int]]:
        """The value of the last term: how far those not after leave the trial no room. Apart from
        it the columns of theirs in rows that leave room for one, which count one by one.
        """
        values = stand.seen.values
        crowd: set[int] = set()
        absent = several = 0.0
        for number, share in trial.share.items():
            room = self._room(number, share)
            if room is None:
                continue
            there = [i for i in stand.seen.there.get(number, ()) if self._stays(stand, i)]
            if room < 0:
                if not self._waits(stand, self._rows[number]):
                    return inf, crowd
                absent += 1 - sum(values[i] for i in there)
            elif room == 0:
                crowd.update(there)
            else:
                count = room + 1
                load = sum(values[i] for i in there)
                several += floor(load / count + ROUNDING) if stand.seen.whole else load / count
        return absent + several, crowd

    def _last_term(self, stand: Stand, trial: Trial) -> tuple[Counter[int], int, set[int]]:
        """The same as columns and a constant, and the columns that count one by one."""
        crowd: set[int] = set()
        terms: Counter[int] = Counter()
        constant = 0
        for number, share in trial.share.items():
            room = self._room(number, share)
            if room is None:
                continue
            staying = [(i, c) for i, c in self._rows[number].terms if self._stays(stand, i)]
            if room < 0:
                constant += 1
                for index, coefficient in staying:
                    terms[index] += coefficient
            elif room == 0:
                crowd.update(i for i, _ in staying)
            elif (filled := self._filled.column(stand.who, number)) is not None:
                terms[filled] += 1
        return terms, constant, crowd

    def _stays(self, stand: Stand, index: int) -> bool:
        """Whether a column is neither the candidate's own nor of those after."""
        return self._owners[index] != stand.who and self._owners[index] not in stand.after

    def _waits(self, stand: Stand, row: Row) -> bool:
        """Whether a row lets the candidate in when a partner is placed (both or neither)."""
        return any(c < 0 and self._stays(stand, i) for i, c in row.terms)

    def _row(self, stand: Stand, trial: Trial) -> Row | None:
        """The row of this trial that is broken most; None if none is."""
        for number, share in trial.share.items():
            if not self._shared[number] and not self._rows[number].holds_between(share, share):
                return None  # no option: halves that do not pair, a site that a lock rules out
        apart, beside = self._blocked(stand, trial)
        if not trial.share or apart == inf:
            return None
        # First with the columns that are not 0 alone: most often no row is broken.
        values, points = stand.seen.values, trial.points
        worst = max(trial.share, key=lambda n: (self._excess(stand, trial, n), -n))
        mine = {i for i in stand.mine if self._as_good(stand, i, points)}
        elsewhere = mine - self._taken_there(stand, worst, trial.share[worst], stand.mine)
        by_row = self._excess(stand, trial, worst) - self._value(stand, elsewhere | beside)
        seen = self._in_the_way(stand, trial, lambda n: stand.seen.there.get(n, ()))
        clique, by_clique = largest(self._apart, seen, values, mine | beside)
        if max(by_row, by_clique) - apart < _LEAST:
            return None
        own = {c.index for c in stand.own.all}
        good = {i for i in own if self._as_good(stand, i, points)}
        last, constant, crowd = self._last_term(stand, trial)
        as_clique = by_clique > by_row + ROUNDING
        if as_clique:
            there = self._in_the_way(stand, trial, lambda n: [i for i, _ in self._rows[n].terms])
            clique = grown(self._apart, clique, there, good | crowd)
            terms, share, upper = Counter(clique.columns), 1, 0
            good, crowd = good - clique.beside, crowd - clique.beside
        else:
            share = trial.share[worst]
            on_row = self._rows[worst].terms
            terms = Counter({i: c for i, c in on_row if self._owners[i] != stand.who})
            upper = self._room(worst, share) or 0
            good -= self._taken_there(stand, worst, share, own)
        for index in (*good, *crowd):
            terms[index] -= share
        for index, coefficient in last.items():
            terms[index] -= share * coefficient
        why = OrderEntry(
            kind="order",
            candidate_id=stand.who,
            option=[c.index for c in trial.columns],
            second=stand.second,
            left=sorted(clique.columns) if as_clique else [],
            row=None if as_clique else worst,
        )
        return Row(
            f"{RULE} {'+'.join(c.name for c in trial.columns)}",
            tuple(sorted((i, c) for i, c in terms.items() if c)),
            None,
            upper + share * constant,
            why,
        )

    def _in_the_way(
        self, stand: Stand, trial: Trial, columns: Callable[[int], Iterable[int]]
    ) -> list[int]:
        """Those of the columns of rows that are of those after and leave the trial no room by
        themselves.
        """
        return sorted(
            {
                i
                for number, share in trial.share.items()
                if self._room(number, share) == 0
                for i in columns(number)
                if self._owners[i] in stand.after
            }
        )

    def _value(self, stand: Stand, columns: Iterable[int]) -> float:
        return sum(stand.seen.values.get(i, 0.0) for i in columns)

    def _taken_there(
        self, stand: Stand, number: int, share: int, columns: Iterable[int]
    ) -> set[int]:
        """Those of the own columns that have at least this share of a row: where others leave no
        room for the trial, they leave none for these.
        """
        return {i for i in columns if any(n == number and c >= share for n, c in self._shares[i])}
