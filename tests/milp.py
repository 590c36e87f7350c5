"""A second formulation of the whole problem for HiGHS (SciPy), from SPEC.md alone.

It shares nothing with scheduler: options come from the brute force, every placement is one
column (pairs of halves too), capacity and the rest are counted per day, goals go one after
another with the earlier ones as rows. Of the municipal order, what two placements may not be
together is a row from the start; who is passed over in a plan that was found gets a row then.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from models.round import Round
from tests.milp_loads import loads
from tests.oracle import before, claims, draw, option_keeps, quarters
from tests.oracle_options import Place, options, plus, wish_of
from tests.oracle_rules import keeps_together, open_candidates

Row = tuple[dict[int, float], float, float]
LARGE = float("inf")

# Most rounds need a hundred nodes and a few sets of order rows; a few would need hours.
_NODES = 1_000
_SETS = 60


class TooHardError(Exception):
    """HiGHS has not proved an optimum in so many nodes, or so many sets of order rows are not
    enough.
    """


class Milp:
    """Columns are placements; rows are lower ≤ Σ ≤ upper."""

    def __init__(self, round: Round) -> None:
        self.round = round
        self.people = {c.candidate_id: c for c in open_candidates(round)}
        self.lists = {who: options(round, c) for who, c in self.people.items()}
        self.places: list[Place] = [p for own in self.lists.values() for p in own]
        self.places_of: dict[str, list[int]] = {who: [] for who in self.people}
        for n, place in enumerate(self.places):
            self.places_of[place.who].append(n)
        self.rows: list[Row] = []
        self.loads = loads(round, self.places)
        for own in self.places_of.values():
            self.rows.append((dict.fromkeys(own, 1.0), 0, 1))
        self.rows += [(dict.fromkeys(there, 1.0), 0, room) for there, room in self.loads]
        self._pairs()
        # Who goes before whom; nobody where the order is off.
        self.order = [
            (i, j)
            for i, one in self.people.items()
            for j, two in self.people.items()
            if round.policy.municipal_order != "off" and before(round, one, two)
        ]
        self._better_of_two()

    def _pairs(self) -> None:
        """What two placements of a pair may not be together, tried on the plan of just them."""
        for pair in self.round.pairs:
            a, b = pair.candidate_a, pair.candidate_b
            alone: dict[str, list[int]] = {a: [], b: []}
            for who in (a, b):
                for n in self.places_of.get(who, []):
                    if not option_keeps(self.round, self.places[n], ()):
                        alone[who].append(n)
            for n in self.places_of.get(a, []):
                clash = [
                    m
                    for m in self.places_of.get(b, [])
                    if not self._together(self.places[n], self.places[m])
                ]
                if clash:
                    terms = {n: float(len(clash)), **dict.fromkeys(clash, 1.0)}
                    self.rows.append((terms, 0, len(clash)))
            for who, other in ((a, b), (b, a)):
                for n in alone[who]:
                    # Not by itself: only with one of the other's placements it goes with.
                    fits = [
                        m
                        for m in self.places_of.get(other, [])
                        if self._together(self.places[n], self.places[m])
                    ]
                    self.rows.append(({n: 1.0, **dict.fromkeys(fits, -1.0)}, -LARGE, 0))

    def _together(self, x: Place, y: Place) -> bool:
        """Whether the pair rules alone allow both."""
        return pair_allows(self.round, x, y)

    def solve(self, goals: Sequence[str]) -> tuple[Place, ...]:
        """The best plan that keeps the order; raises TooHardError.

        Each goal is asked again, with more order rows, until its best plan passes nobody over.
        """
        plan: tuple[Place, ...] = ()
        reached: list[Row] = []
        sets = 0
        for goal in goals:
            cost = np.array([self._cost(goal, p) for p in self.places], dtype=float)
            if not cost.any():
                continue
            cuts: list[Row] | None = None
            while cuts or cuts is None:
                values = _minimise(cost, self.rows + reached)
                plan = tuple(p for n, p in enumerate(self.places) if values[n] > 0.5)
                cuts = self._passed_over(plan)
                self.rows += cuts
                sets += bool(cuts)
                if sets > _SETS:
                    raise TooHardError
            best = round(float(cost @ values))
            reached.append(({n: c for n, c in enumerate(cost) if c}, best, best))
        return plan

    def _cost(self, goal: str, place: Place) -> int:
        r, c = self.round, self.people[place.who]
        q = quarters(r, c)
        if goal == "last-chance":
            waived = any(w.candidate_id == place.who and w.rule == goal for w in r.waivers)
            late = plus(wish_of(c)[2], r.policy.max_late_months)
            return -int(waived or late < plus(r.next_round_date, r.policy.lead_months))
        if goal == "lot":
            return sum(
                draw(f"{r.seed}|{place.who}|{s.vacancy}|{s.first.isoformat()}|{s.last.isoformat()}")
                for s in place.segs
            )
        return {
            "placed": -1,
            "waiting": -q,
            "hard-hit": int(place.points >= r.policy.hard_points),
            "wishes": place.points * (4 + min(q, 8)),
        }[goal]

    def _partners(self, who: str) -> set[str]:
        named = [{p.candidate_a, p.candidate_b} for p in self.round.pairs]
        return {x for two in named if who in two for x in two} - {who}

    def _better_of_two(self) -> None:
        """No Y of j together with an X of i that is worse for i than the same segments as Y."""
        strict = self.round.policy.municipal_order == "strict"
        for i, j in self.order:
            if self._partners(i) or self._partners(j):
                continue
            claimed = {a.segs: a.points for a in claims(self.round, self.people[i], self.lists)}
            could = {b.segs for b in self.lists[j]}
            worse = [
                (n, self.places[n])
                for n in self.places_of[i]
                if self.places[n].shape != "split" and (strict or self.places[n].segs in could)
            ]
            for m in self.places_of[j]:
                y = self.places[m]
                if y.shape == "split" or y.segs not in claimed:
                    continue
                clash = [n for n, x in worse if x.points > claimed[y.segs]]
                if clash:
                    self.rows.append((dict.fromkeys([m, *clash], 1.0), 0, 1))

    def _passed_over(self, plan: tuple[Place, ...]) -> list[Row]:
        """A row for every claim that somebody without a place has without j in this plan."""
        taken = {n for n, p in enumerate(self.places) if p in plan}
        placed = {self.places[n].who for n in taken}
        rows: list[Row] = []
        for i, j in self.order:
            if i in placed or j not in placed:
                continue
            rest = tuple(self.places[n] for n in taken - set(self.places_of[j]))
            rows += [
                self._first_in_line(i, j, self.places.index(a), taken)
                for a in claims(self.round, self.people[i], self.lists)
                if keeps_together(self.round, (a, *rest), about=a)
            ]
        return rows

    def _first_in_line(self, i: str, j: str, a: int, taken: set[int]) -> Row:
        """j has nothing, or i has something, or so many have come that A has no room, or somebody
        has come who is a partner, or a partner of i has left whom A may need.

        Without j and with A, this plan keeps all; only these changes can make that untrue.
        """
        own = {n for who in self._partners(i) for n in self.places_of.get(who, [])}
        theirs = {n for who in self._partners(j) for n in self.places_of.get(who, [])}
        mine, after = set(self.places_of[i]), set(self.places_of[j])
        near = [(columns, room) for columns, room in self.loads if a in columns]
        alone: set[int] = set()
        if not self._partners(i) | self._partners(j):
            alone, after = self._instead(i, near, after, taken)
        left = (own & taken) - after
        # Whoever is there already is no newcomer; better, if the row bites, that all are.
        for known in (set[int](), taken):
            come = dict.fromkeys((own | theirs) - taken, 1.0)
            for columns, room in near:
                # So many must come before A has no room; each counts as its part of them.
                needed = room - len(columns & known - after)
                for n in columns - known - alone:
                    come[n] = max(come.get(n, 0.0), 1 / needed)
            if sum(come.get(n, 0.0) for n in taken - after) < 1:
                break
        terms = {n: (n in left) - part for n, part in come.items()}
        terms |= dict.fromkeys(left - come.keys(), 1.0)
        terms |= dict.fromkeys(mine, -1.0) | dict.fromkeys(after, 1.0)
        return terms, -LARGE, len(left)

    def _instead(
        self, i: str, near: list[tuple[set[int], int]], after: set[int], taken: set[int]
    ) -> tuple[set[int], set[int]]:
        """Where Y stands on a day with a single position that A needs: what may stand there, of
        which there is one at most, and what of it belongs to people after i, any of whom may stand
        for j. Otherwise nothing, and what belongs to j.
        """
        later = {
            n for x, j in self.order if x == i and not self._partners(j) for n in self.places_of[j]
        }
        days = [columns for columns, room in near if room == 1 and columns & taken & after]
        alone = max(days, key=lambda columns: len(columns & later), default=set[int]())
        return (alone, alone & later) if alone else (alone, after)


def pair_allows(round: Round, x: Place, y: Place) -> bool:
    """Whether two placements of a pair may stand together, capacity and caps left out."""
    free = round.changed(
        vacancies=[v.model_copy(update={"positions": 99}) for v in round.vacancies],
        departments=[
            d.model_copy(update={"max_concurrent": None, "max_arrivals": None})
            for d in round.departments
        ],
        municipalities=[m.model_copy(update={"max_away": None}) for m in round.municipalities],
    )
    return keeps_together(free, (x, y))


def _minimise(cost: np.ndarray, rows: list[Row]) -> np.ndarray:
    data, at, columns = [], [], []
    for n, (terms, _, _) in enumerate(rows):
        for column, coefficient in terms.items():
            data.append(coefficient)
            at.append(n)
            columns.append(column)
    matrix = csr_matrix((data, (at, columns)), shape=(len(rows), len(cost)))
    limits = LinearConstraint(
        matrix, np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
    )
    done = milp(
        cost,
        integrality=np.ones(len(cost), dtype=int),
        bounds=Bounds(0, 1),
        constraints=limits,
        options={"mip_rel_gap": 0.0, "node_limit": _NODES},
    )
    if done.status == 1:
        raise TooHardError
    assert done.success, done.message
    return np.round(done.x)
