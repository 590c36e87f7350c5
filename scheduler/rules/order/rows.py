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
c(s) × z ≤ N(s) (`filled`), a row that is written with the first that counts z. The values
of columns may be fractions, as in a relaxation; for whole numbers nothing is found if and only
if nobody's order is broken.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import floor, inf
from typing import TYPE_CHECKING

import numpy as np

from scheduler.apart import largest
from scheduler.priority import those_after
from scheduler.program import Row
from scheduler.rules.order.crowds import Crowds
from scheduler.rules.order.filled import Filled
from scheduler.rules.order.ground import Ground
from scheduler.rules.order.stand import (
    ROUNDING,
    Seen,
    Stand,
    Trial,
    Values,
    second_points,
)
from scheduler.rules.order.written import Broken, written

if TYPE_CHECKING:
    from scheduler.program import Column, Program

_LEAST = 0.02  # a row that is broken by less is not worth writing


class OrderRows:
    """Finds broken orders among columns, and writes rows against them.

    Made when all other rules have written their rows.
    """

    def __init__(self, program: "Program") -> None:
        self._program = program
        after = those_after(program.round).items()
        self._after = {who: own for who, own in after if who in program.candidates}
        self._ground = Ground(program)
        self._filled = Filled(program, self._after, self._ground)
        self._crowds = {who: Crowds(program.candidates[who], self._ground) for who in self._after}

    def broken_by(self, values: Values, known: frozenset[int] = frozenset()) -> list[Row]:
        """Rows that these values break, and every plan that keeps the order keeps; and those of
        the helper columns that they count.

        `known` are the columns of a plan that keeps the order, if there is one that these values,
        all whole, hardly differ from: only what differs is looked at.
        """
        shares, owners = self._ground.shares, self._ground.owners
        load = np.zeros(len(self._ground.rows) + 1)
        there: defaultdict[int, list[int]] = defaultdict(list)
        taken: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for index, value in values.items():
            if index < len(owners) and owners[index]:
                taken[owners[index]][index] = value
                for number, share in shares[index]:
                    load[number] += share * value
                    there[number].append(index)
        whole = all(v > 1 - ROUNDING for v in values.values())
        seen = Seen(values, whole, there)
        found: dict[tuple[tuple[int, int], ...], Row] = {}

        def without(load: np.ndarray, columns: Values) -> np.ndarray:
            left = load.copy()
            for index, value in columns.items():
                for number, share in shares[index]:
                    left[number] -= share * value
            return left

        for who in self._concerned(known.symmetric_difference(values)) if known else self._after:
            behind = [taken[w] for w in self._after[who] if w in taken]
            if not behind:
                continue
            own, mine = self._program.candidates[who], taken.get(who, {})
            others = without(load, mine)
            staying = without(others, dict(ChainMap(*behind))) if whole else None
            second = second_points(own, mine)
            stand = Stand(who, own, self._after[who], mine, second, others, staying, seen)
            for broken in self._worst(stand):
                row = written(self._ground, self._filled, broken)
                for needed in (row, *self._filled.rows_for(row)):
                    found.setdefault(needed.terms, needed)
        return list(found.values())

    def _concerned(self, changed: Iterable[int]) -> list[str]:
        """Those for whom what breaks their order may have changed with these columns: theirs, or
        in a row with one of theirs.
        """
        owners, shares = self._ground.owners, self._ground.shares
        own = [i for i in changed if i < len(owners) and owners[i]]
        found = {owners[i] for i in own}.union(
            *(self._people.get(number, ()) for i in own for number, _ in shares[i])
        )
        return [who for who in self._after if who in found]

    @cached_property
    def _people(self) -> dict[int, frozenset[str]]:
        """Who of those with somebody after them has a part in rows that tie several together."""
        limits, owners = self._ground.limits, self._ground.owners
        return {
            number: frozenset(owners[i] for i, _ in row.terms) & self._after.keys()
            for number, row in enumerate(self._ground.rows)
            if limits[number] is not None
        }

    def _worst(self, stand: Stand) -> Iterable[Broken]:
        """What is broken for one candidate, for each row only what is broken most there: trials
        that others leave no room in the same row say much the same.
        """
        worst: dict[int, Broken] = {}
        for broken in self._against(stand):
            known = worst.get(broken.row)
            if known is None or broken.much > known.much:
                worst[broken.row] = broken
        return worst.values()

    def _against(self, stand: Stand) -> Iterator[Broken]:
        """What is broken for one candidate, at most once for each trial."""
        whole, *halves = self._crowds[stand.who].of(stand.others, stand.staying)
        for column, crowd in whole:
            if self._goodness(stand, column.points) > 1 - _LEAST:
                break
            broken = self._broken(stand, (column,)) if crowd >= _LEAST else None
            if broken is not None:
                yield broken
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
                    broken = self._broken(stand, pair) if _in_order(*pair) else None
                    if broken is not None:
                        yield broken
                        break

    def _goodness(self, stand: Stand, points: int) -> float:
        """How much of something with at most so many points the candidate has."""
        return sum(v for i, v in stand.mine.items() if self._ground.as_good(stand, i, points))

    def _in_all(self, stand: Stand, half: "Column", known: dict[int, float]) -> float:
        """How far those not after leave a half no room."""
        if half.index not in known:
            apart, beside = self._blocked(stand, Trial.of((half,), self._ground.shares))
            known[half.index] = apart + self._value(stand, beside)
        return known[half.index]

    def _excess(self, stand: Stand, trial: Trial, number: int) -> float:
        share = trial.share[number]
        room = self._ground.room(number, share)
        return 0.0 if room is None else float(stand.others[number] - room) / share

    def _blocked(self, stand: Stand, trial: Trial) -> tuple[float, set[int]]:
        """The value of the last term: how far those not after leave the trial no room. Apart from
        it the columns of theirs in rows that leave room for one, which count one by one.
        """
        values, ground = stand.seen.values, self._ground
        crowd: set[int] = set()
        absent = several = 0.0
        for number, share in trial.share.items():
            room = ground.room(number, share)
            if room is None:
                continue
            there = [i for i in stand.seen.there.get(number, ()) if ground.stays(stand, i)]
            if room < 0:
                if not ground.waits(stand, ground.rows[number]):
                    return inf, crowd
                absent += 1 - sum(values[i] for i in there)
            elif room == 0:
                crowd.update(there)
            else:
                count = room + 1
                load = sum(values[i] for i in there)
                several += floor(load / count + ROUNDING) if stand.seen.whole else load / count
        return absent + several, crowd

    def _broken(self, stand: Stand, columns: tuple["Column", ...]) -> Broken | None:
        """What is broken most for an option; None if nothing is, or if it is no option.

        Only the columns that are not 0 are looked at: most often nothing is broken.
        """
        ground = self._ground
        trial = Trial.of(columns, ground.shares)
        if not trial.share or not ground.is_option(trial):
            return None
        apart, beside = self._blocked(stand, trial)
        if apart == inf:
            return None
        values, points = stand.seen.values, trial.points
        worst = max(trial.share, key=lambda n: (self._excess(stand, trial, n), -n))
        mine = {i for i in stand.mine if ground.as_good(stand, i, points)}
        elsewhere = mine - ground.taken_there(worst, trial.share[worst], stand.mine)
        by_row = self._excess(stand, trial, worst) - self._value(stand, elsewhere | beside)
        seen = ground.in_the_way(stand, trial, lambda n: stand.seen.there.get(n, ()))
        clique, by_clique = largest(ground.apart, seen, values, mine | beside)
        much = max(by_row, by_clique) - apart
        if much < _LEAST:
            return None
        as_clique = by_clique > by_row + ROUNDING
        return Broken(stand, trial, worst, clique if as_clique else frozenset(), much)

    def _value(self, stand: Stand, columns: Iterable[int]) -> float:
        return sum(stand.seen.values.get(i, 0.0) for i in columns)


def _in_order(first: "Column", second: "Column") -> bool:
    """Whether the second half begins after the first has ended: else they are no option."""
    assert first.option is not None
    assert second.option is not None
    return first.option.segments[0].end < second.option.segments[0].start
