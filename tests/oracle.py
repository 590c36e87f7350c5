"""A brute force written from SPEC.md alone: slow, plain, and sharing nothing with scheduler.

It lists every placement of every candidate, tries every combination, and keeps the best by the
goals in order. Only the facts (models) are shared. Municipal order (4c) is not part of it yet.
"""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.candidate import Candidate
from models.round import Round
from tests.oracle_options import Place, Seg, options, plus, wish_of

# ---- section 4b ------------------------------------------------------------------------


def open_candidates(round: Round) -> list[Candidate]:
    found = []
    for c in round.candidates:
        locked = any(k.candidate_id == c.candidate_id for k in round.locks)
        if c.status == "waiting" and (not locked or (c.plan_rest and c.remaining_months > 0)):
            found.append(c)
    return found


@dataclass(frozen=True)
class Stay:
    who: str
    vacancy: str
    first: date
    last: date
    new: bool


def stays(round: Round, plan: tuple[Place, ...]) -> list[Stay]:
    found = [Stay(k.candidate_id, k.vacancy_id, k.start, k.end, False) for k in round.locks]
    found += [Stay(p.who, s.vacancy, s.first, s.last, True) for p in plan for s in p.segs]
    return found


def keeps_together(round: Round, plan: tuple[Place, ...]) -> bool:
    all_stays = stays(round, plan)
    vac = {v.vacancy_id: v for v in round.vacancies}
    home = {c.candidate_id: c.municipality for c in round.candidates}
    # Loads only grow on first days, so those are the days to look at.
    for day in {s.first for s in all_stays}:
        here = [s for s in all_stays if s.first <= day <= s.last]
        for v in round.vacancies:
            own = [s for s in here if s.vacancy == v.vacancy_id]
            if any(s.new for s in own) and len(own) > v.positions:
                return False
        for d in round.departments:
            key = (d.trust, d.site, d.department)
            own = [
                s
                for s in here
                if s.vacancy in vac
                and (vac[s.vacancy].trust, vac[s.vacancy].site, vac[s.vacancy].department) == key
            ]
            limit = d.max_concurrent
            if limit is not None and any(s.new for s in own) and len(own) > limit:
                return False
        for m in round.municipalities:
            own = [s for s in here if home[s.who] == m.municipality]
            limit = m.max_away
            if limit is not None and any(s.new for s in own) and len({s.who for s in own}) > limit:
                return False
    for pair in round.pairs:
        a = [s for s in all_stays if s.who == pair.candidate_a]
        b = [s for s in all_stays if s.who == pair.candidate_b]
        if not any(s.new for s in a + b):
            continue
        if pair.kind == "same_site" and a and b:
            sites = {(vac[s.vacancy].trust, vac[s.vacancy].site) for s in a + b if s.vacancy in vac}
            if len(sites) > 1:
                return False
        if pair.kind == "not_together":
            for x, y in itertools.product(a, b):
                if (x.new or y.new) and x.first <= y.last and y.first <= x.last:
                    return False
        if not pair.alone_ok:
            for mine, other in ((a, b), (b, a)):
                if any(s.new for s in mine) and not other:
                    return False
    return True


# ---- section 5 -------------------------------------------------------------------------


def quarters(round: Round, c: Candidate) -> int:
    since = max(c.registered_on, plus(c.first_wished_start or c.wished_start, -12))
    return max(0, (round.run_date - since).days // 91)


def draw(text: str) -> int:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return digest[0] * 256 + digest[1]


def goal_values(
    round: Round, plan: tuple[Place, ...], previous: dict[str, tuple[Seg, ...]] | None = None
) -> dict[str, object]:
    p = round.policy
    by = {c.candidate_id: c for c in round.candidates}
    q = {c.candidate_id: quarters(round, c) for c in round.candidates}
    waived = {w.candidate_id for w in round.waivers if w.rule == "last-chance"}

    def last_chance(who: str) -> bool:
        after = wish_of(by[who])[2]
        soonest = plus(round.next_round_date, p.lead_months)
        return who in waived or plus(after, p.max_late_months) < soonest

    mine = {x.who: x for x in plan}
    turn = sorted(
        open_candidates(round),
        key=lambda c: (-q[c.candidate_id], c.registered_on, draw(f"{round.seed}|{c.candidate_id}")),
    )
    rank = {x.candidate_id: x.priority for x in round.priority}
    top = max((rank.get(c.candidate_id, 0) for c in open_candidates(round)), default=0)
    values: dict[str, object] = {
        "last-chance": sum(last_chance(x.who) for x in plan),
        "placed": len(plan),
        "waiting": sum(q[x.who] for x in plan),
        "hard-hit": sum(x.points >= p.hard_points for x in plan),
        "wishes": sum(x.points * (4 + min(q[x.who], 8)) for x in plan),
        "order": [mine[c.candidate_id].points if c.candidate_id in mine else None for c in turn],
        "municipal-rank": [sum(rank.get(x.who) == n for x in plan) for n in range(1, top + 1)],
        "lot": sum(
            draw(f"{round.seed}|{x.who}|{s.vacancy}|{s.first.isoformat()}|{s.last.isoformat()}")
            for x in plan
            for s in x.segs
        ),
    }
    if previous is not None:
        values["unchanged"] = sum(previous.get(x.who) == x.segs for x in plan)
    return values


LARGER_IS_BETTER = {"last-chance", "placed", "waiting", "unchanged", "municipal-rank"}


def rank_key(round: Round, values: dict[str, object]) -> tuple[object, ...]:
    """A tuple that is smaller for a better plan."""
    key: list[object] = []
    for goal in round.policy.goals:
        if goal not in values:
            continue
        value = values[goal]
        if goal == "order":
            assert isinstance(value, list)
            key.append(tuple((1, 0) if v is None else (0, v) for v in value))
        elif goal == "municipal-rank":
            assert isinstance(value, list)
            key.append(tuple(-v for v in value))
        else:
            assert isinstance(value, int)
            key.append(-value if goal in LARGER_IS_BETTER else value)
    return tuple(key)


@dataclass(frozen=True)
class Best:
    values: dict[str, object]
    plans: list[tuple[Place, ...]]


class TooManyError(Exception):
    """More combinations than brute force should try."""


def all_plans(round: Round, limit: int) -> Iterator[tuple[Place, ...]]:
    """Every plan that keeps 4a and 4b."""
    lists = [options(round, c) for c in open_candidates(round)]
    count = 1
    for own in lists:
        count *= len(own) + 1
    if count > limit:
        raise TooManyError
    for combination in itertools.product(*[[None, *own] for own in lists]):
        plan = tuple(p for p in combination if p is not None)
        if keeps_together(round, plan):
            yield plan


def best(
    round: Round, previous: dict[str, tuple[Seg, ...]] | None = None, limit: int = 20_000
) -> Best:
    """The best goal values, and every plan that has them."""
    top: tuple[object, ...] | None = None
    found = Best({}, [])
    for plan in all_plans(round, limit):
        values = goal_values(round, plan, previous)
        key = rank_key(round, values)
        if top is None or key < top:
            top, found = key, Best(values, [plan])
        elif key == top:
            found.plans.append(plan)
    return found
