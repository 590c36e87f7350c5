"""Bounds from dual values, in exact arithmetic: no conclusion rests on a rounded number.

For any dual values y with the right signs, every plan x in the face satisfies

    c·x = Σ yᵢ·rᵢ + Σ yᵢ·(aᵢ·x − rᵢ) + Σ dⱼ·xⱼ,   dⱼ = cⱼ − Σ yᵢ·aᵢⱼ,

with rᵢ the side of row i that yᵢ pushes against, so that yᵢ·(aᵢ·x − rᵢ) ≥ 0. Hence
c·x ≥ L = Σ yᵢ·rᵢ + Σ min(0, dⱼ), and each unit by which a column or row departs from what L
supposes costs |dⱼ| or |yᵢ|. Everything is multiplied by a common denominator and kept in
whole numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from scheduler.solver.linear.face import Face

# Dual values of whole-number programmes are small fractions; a rounded one that is not quite
# right still gives a true bound, only a weaker one.
_LARGEST_DENOMINATOR = 360
_LARGEST_SCALE = 10**12
_FINE = 10**7  # where the fractions have no common denominator, or have large ones


@dataclass(frozen=True, slots=True)
class Bound:
    """A proven lower bound on a sum that is to be small, and what departing from it costs.

    All in units of 1/scale: `least`; `costs` by column (negative: the column is taken in the
    bound); `prices` by row number, with the side it pushes against; `used` are the dual values
    of all rows, those of equalities too.
    """

    scale: int
    least: int
    costs: Mapping[int, int]
    prices: Mapping[int, tuple[int, int]]
    used: Mapping[int, int]

    @property
    def fractions(self) -> dict[int, Fraction]:
        """The dual values that prove the bound, by row number."""
        return {number: Fraction(y, self.scale) for number, y in self.used.items()}

    @property
    def whole(self) -> int:
        """The least whole number that the sum can be."""
        return -((-self.least) // self.scale)

    @property
    def exact(self) -> bool:
        """Whether the bound itself is a whole number, so that the face pins the sum to it."""
        return self.least % self.scale == 0

    def settled(self, target: int) -> dict[int, int]:
        """Columns with the value they have in every plan whose sum is not larger than `target`."""
        gap = self._gap(target)
        return {
            column: 0 if cost > 0 else 1 for column, cost in self.costs.items() if abs(cost) > gap
        }

    def narrowed(self, face: Face, target: int) -> Face:
        """The face without what makes the sum larger than `target`."""
        gap = self._gap(target)
        tight = {n: side for n, (price, side) in self.prices.items() if abs(price) > gap}
        return face.narrowed(self.settled(target), tight)

    def least_with(self, charges: Mapping[int, int], columns: Iterable[int]) -> int:
        """The least whole number that the sum can be in a plan of the face that takes one of the
        columns, of which at least one is not settled; with what each `charges`.
        """
        dearest = min(charges[i] for i in columns if i in charges)
        return -(-(self.least + dearest) // self.scale)

    def charges(self, face: Face) -> dict[int, int]:
        """What a plan of the face with a column costs above the bound, at least, by column: what
        the column does, and what it costs to do without those that it leaves no room for, though
        the bound takes them.
        """
        shut_out: defaultdict[int, set[int]] = defaultdict(set)
        for _, row in face.rows():
            gains = [(j, c) for j, c in row.terms if self.costs.get(j, 0) < 0]
            if row.upper is None or not row.fills or not gains:
                continue
            live, fixed = face.live_terms(row.terms)
            for i, share in live:
                room = row.upper - fixed - share
                shut_out[i].update(j for j, c in gains if j != i and c > room)
        return {
            i: max(0, cost) - sum(self.costs[j] for j in shut_out[i])
            for i, cost in self.costs.items()
        }

    def _gap(self, target: int) -> int:
        """What departing may cost a sum that is not larger than `target`."""
        return target * self.scale - self.least


def exact_bound(face: Face, terms: Mapping[int, int], duals: Mapping[int, float]) -> Bound:
    """The bound on Σ terms over the face (to be made small) that rounded dual values prove.

    `duals` are given by row number.
    """
    prices = {number: _fraction(y) for number, y in duals.items() if y}
    if lcm(*(p.denominator for p in prices.values())) > _LARGEST_SCALE:
        prices = {number: Fraction(round(y * _FINE), _FINE) for number, y in duals.items() if y}
    return priced(face, terms, prices)


def priced(face: Face, terms: Mapping[int, int], prices: Mapping[int, Fraction]) -> Bound:
    """The bound on Σ terms over the face that these dual values prove, by row number."""
    scale = lcm(*(p.denominator for p in prices.values()))
    costs = {i: c * scale for i, c in terms.items() if i not in face.settled}
    for i in face.live:
        costs.setdefault(i, 0)
    least = scale * sum(c * face.settled.get(i, 0) for i, c in terms.items())
    kept: dict[int, tuple[int, int]] = {}
    used: dict[int, int] = {}
    for number, price in sorted(prices.items()):
        row, y = face.row(number), round(price * scale)
        side = None if row is None else row.lower if y > 0 else row.upper
        if row is None or y == 0 or side is None:
            continue
        used[number] = y
        live, fixed = face.live_terms(row.terms)
        least += y * (side - fixed)
        for index, coefficient in live:
            costs[index] -= y * coefficient
        if row.lower != row.upper:
            kept[number] = (y, side)
    least += sum(d for d in costs.values() if d < 0)
    return Bound(scale, least, costs, kept, used)


def _fraction(value: float) -> Fraction:
    return Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
