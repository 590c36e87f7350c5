"""A second formulation of the whole problem for HiGHS (SciPy), from SPEC.md alone.

It shares nothing with scheduler: options come from the brute force, every placement is one
column (pairs of halves too), capacity and the rest are counted per day, goals go one after
another with the earlier ones as rows. Broken municipal orders are found by the brute force's
words and answered by rows of their own.
"""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from models.round import Round
from tests.oracle import before, draw, keeps_together, open_candidates, option_keeps, quarters
from tests.oracle_options import Place, options, plus, wish_of

Row = tuple[dict[int, float], float, float]
LARGE = float("inf")

# Most rounds need a hundred nodes and ten sets of order rows at most; a few would need hours.
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
        self.of: dict[str, list[int]] = {who: [] for who in self.people}
        for n, place in enumerate(self.places):
            self.of[place.who].append(n)
        self.rows: list[Row] = []
        self.loads: list[tuple[set[int], int]] = []
        for own in self.of.values():
            self.rows.append((dict.fromkeys(own, 1.0), 0, 1))
        self._loads()
        self._pairs()

    def _loads(self) -> None:
        """Capacity, department caps and cover, on every first day there is."""
        r = self.round
        vac = {v.vacancy_id: v for v in r.vacancies}
        home = {c.candidate_id: c.municipality for c in r.candidates}
        days = {s.first for p in self.places for s in p.segs} | {k.start for k in r.locks}

        def key_of(vacancy: str) -> tuple[str, str, str] | None:
            v = vac.get(vacancy)
            return (v.trust, v.site, v.department) if v else None

        limits: list[tuple[int, Callable[[str, str], bool], bool]] = [
            *((v.positions, _in_vacancy(v.vacancy_id), False) for v in r.vacancies),
            *(
                (d.max_concurrent, _in_department(key_of, (d.trust, d.site, d.department)), False)
                for d in r.departments
                if d.max_concurrent is not None
            ),
            *(
                (m.max_away, _of_town(home, m.municipality), True)
                for m in r.municipalities
                if m.max_away is not None
            ),
        ]
        for limit, counts, heads in limits:
            for day in sorted(days):
                there = [
                    n
                    for n, p in enumerate(self.places)
                    if any(s.first <= day <= s.last and counts(p.who, s.vacancy) for s in p.segs)
                ]
                held = [
                    k.candidate_id
                    for k in r.locks
                    if k.start <= day <= k.end and counts(k.candidate_id, k.vacancy_id)
                ]
                used = len(set(held)) if heads else len(held)
                room = max(0, limit - used)
                if len(there) > room:
                    self.rows.append((dict.fromkeys(there, 1.0), 0, room))
                    self.loads.append((set(there), room))

    def _pairs(self) -> None:
        """What two placements of a pair may not be together, tried on the plan of just them."""
        for pair in self.round.pairs:
            a, b = pair.candidate_a, pair.candidate_b
            alone: dict[str, list[int]] = {a: [], b: []}
            for who in (a, b):
                for n in self.of.get(who, []):
                    if not option_keeps(self.round, self.places[n], ()):
                        alone[who].append(n)
            for n in self.of.get(a, []):
                clash = [
                    m
                    for m in self.of.get(b, [])
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
                        for m in self.of.get(other, [])
                        if self._together(self.places[n], self.places[m])
                    ]
                    self.rows.append(({n: 1.0, **dict.fromkeys(fits, -1.0)}, -LARGE, 0))

    def _together(self, x: Place, y: Place) -> bool:
        """Whether the pair rules alone allow both."""
        return pair_allows(self.round, x, y)

    def solve(self, goals: Sequence[str]) -> tuple[Place, ...]:
        """The best plan that keeps the order; raises TooHardError."""
        for _ in range(_SETS):
            plan = self._ordered(goals)
            cuts = self._broken(plan)
            if not cuts:
                return plan
            self.rows += cuts
        raise TooHardError

    def _ordered(self, goals: Sequence[str]) -> tuple[Place, ...]:
        rows = list(self.rows)
        values = np.zeros(len(self.places))
        for goal in goals:
            cost = np.array([self._cost(goal, p) for p in self.places], dtype=float)
            if not cost.any():
                continue
            values = _minimise(cost, rows)
            best = round(float(cost @ values))
            rows.append(({n: c for n, c in enumerate(cost) if c}, best, best))
        return tuple(p for n, p in enumerate(self.places) if values[n] > 0.5)

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

    def _broken(self, plan: tuple[Place, ...]) -> list[Row]:
        """A row against each option that breaks somebody's order in this plan."""
        cuts: list[Row] = []
        strict = self.round.policy.municipal_order == "strict"
        waived = {w.candidate_id for w in self.round.waivers if w.rule == "municipal-order"}
        index = {p: n for n, p in enumerate(self.places)}
        for who, person in self.people.items():
            later = [p for p in plan if before(self.round, person, self.people[p.who])]
            now = next((p for p in plan if p.who == who), None)
            if who in waived or not later or (now and not strict):
                continue
            others = tuple(p for p in plan if p.who != who)
            without = tuple(p for p in others if p not in later)
            after = {w for w, c in self.people.items() if before(self.round, person, c)}
            for a in self.lists[who]:
                if now and a.points >= now.points:
                    continue
                if option_keeps(self.round, a, others) or not option_keeps(self.round, a, without):
                    continue
                good = {n for n in self.of[who] if not strict or self.places[n].points <= a.points}
                cuts.append(self._cut(index[a], good, after, {index[p] for p in others}))
        return cuts

    def _cut(self, a: int, good: set[int], after: set[str], taken: set[int]) -> Row:
        """i has something as good, or not all of those stand who stand in the way of A, or
        somebody else is there who matters to A.
        """
        who = self.places[a].who
        partners = {
            x
            for p in self.round.pairs
            if who in (p.candidate_a, p.candidate_b)
            for x in (p.candidate_a, p.candidate_b)
            if x != who
        }
        matter = {n for x in partners for n in self.of.get(x, [])}
        crowds: list[set[int]] = []
        for columns, room in self.loads:
            if a in columns:
                matter |= {n for n in columns if self.places[n].who != who}
                if room == 1 and columns & taken - {a}:
                    crowds.append({n for n in columns if self.places[n].who in after})
        rest = {n for n in matter if self.places[n].who not in after}
        if crowds and not partners and not rest & taken:
            # One position on that day: at most one of all who come after is there.
            terms = dict.fromkeys(crowds[0], 1.0)
            room = 0
        else:
            terms = dict.fromkeys(matter & taken, 1.0)
            room = len(matter & taken) - 1
            rest -= taken
        for n in good | rest:
            terms[n] = terms.get(n, 0.0) - 1.0
        return terms, -LARGE, room


def pair_allows(round: Round, x: Place, y: Place) -> bool:
    """Whether two placements of a pair may stand together, capacity and caps left out."""
    free = round.changed(
        vacancies=[v.model_copy(update={"positions": 99}) for v in round.vacancies],
        departments=[d.model_copy(update={"max_concurrent": None}) for d in round.departments],
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


Counts = Callable[[str, str], bool]


def _in_vacancy(name: str) -> Counts:
    return lambda who, vacancy: vacancy == name


def _in_department(key_of: Callable[[str], object], key: tuple[str, str, str]) -> Counts:
    return lambda who, vacancy: key_of(vacancy) == key


def _of_town(home: dict[str, str], town: str) -> Counts:
    return lambda who, vacancy: home[who] == town
