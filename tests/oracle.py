"""A brute force written from SPEC.md alone: slow, plain, and sharing nothing with scheduler.

It lists every placement of every candidate, tries every combination, and keeps the best by the
goals in order. Only the facts (models) are shared.
"""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from models.candidate import Candidate
from models.round import Round
from tests.oracle_options import Place, Seg, options, plus, wish_of
from tests.oracle_rules import is_open, keeps_together, open_candidates

# ---- section 4c ------------------------------------------------------------------------


def comes_first(round: Round, i: Candidate, j: Candidate) -> bool:
    """Whether i goes before j, a waiver aside."""
    number = {p.candidate_id: p.priority for p in round.priority}
    if i.municipality != j.municipality or i.candidate_id not in number:
        return False
    if j.candidate_id in number and number[j.candidate_id] <= number[i.candidate_id]:
        return False
    return i.candidate_id != j.candidate_id and is_open(round, i) and is_open(round, j)


def before(round: Round, i: Candidate, j: Candidate) -> bool:
    """Whether i goes before j."""
    waived = {w.candidate_id for w in round.waivers if w.rule == "municipal-order"}
    return i.candidate_id not in waived and comes_first(round, i, j)


def claims(round: Round, i: Candidate, lists: dict[str, list[Place]]) -> list[Place]:
    """The options of i that do not begin before i wished to."""
    return [a for a in lists[i.candidate_id] if a.segs[0].first >= i.wished_start]


def breaks(
    round: Round, plan: tuple[Place, ...], lists: dict[str, list[Place]]
) -> Iterator[tuple[str, str, str]]:
    """Each i and j whose order the plan, which keeps 4b, breaks, and the name of the clause."""
    mine = {p.who: p for p in plan}
    paired = {who for pair in round.pairs for who in (pair.candidate_a, pair.candidate_b)}
    for i, j in itertools.permutations(round.candidates, 2):
        if round.policy.municipal_order == "off":
            continue
        x, y = mine.get(i.candidate_id), mine.get(j.candidate_id)
        if y is None or not before(round, i, j):
            continue
        own = claims(round, i, lists)
        if x is None:
            rest = tuple(p for p in plan if p != y)
            # The others keep 4b without Y, so only the days and places of A, and pairs, can break.
            if any(keeps_together(round, (a, *rest), about=a) for a in own):
                yield i.candidate_id, j.candidate_id, "first in line"
            continue
        if "split" in (x.shape, y.shape) or paired & {i.candidate_id, j.candidate_id}:
            continue
        if not any(a.segs == y.segs and a.points < x.points for a in own):
            continue
        if any(b.segs == x.segs for b in lists[j.candidate_id]):
            yield i.candidate_id, j.candidate_id, "the better of two"
        elif round.policy.municipal_order == "strict":
            yield i.candidate_id, j.candidate_id, "takeover"


def keeps_order(round: Round, plan: tuple[Place, ...], lists: dict[str, list[Place]]) -> bool:
    """Whether the plan breaks nobody's order, in the words of 4c."""
    return next(breaks(round, plan, lists), None) is None


def gave_way(
    round: Round, plan: tuple[Place, ...], lists: dict[str, list[Place]]
) -> set[tuple[str, str]]:
    """Every i who gave way to j: j has, unbroken, what i could have claimed and would rather."""
    by = {c.candidate_id: c for c in round.candidates}
    return {
        (x.who, y.who)
        for x, y in itertools.permutations(plan, 2)
        if comes_first(round, by[x.who], by[y.who]) and y.shape != "split"
        for a in claims(round, by[x.who], lists)
        if a.segs == y.segs and a.points < x.points
    }


def option_keeps(round: Round, a: Place, others: tuple[Place, ...]) -> bool:
    """Whether A keeps capacity, caps, cover and pairs: only its own days, places and pairs."""
    who = a.who
    pairs = [p for p in round.pairs if who in (p.candidate_a, p.candidate_b)]
    return keeps_together(round, (a, *others), about=a, pairs=tuple(pairs))


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
class OptimalSet:
    values: dict[str, object]
    plans: list[tuple[Place, ...]]


class TooManyError(Exception):
    """More combinations than brute force should try."""


def all_plans(round: Round, limit: int) -> Iterator[tuple[Place, ...]]:
    """Every plan that keeps 4a and 4b; TooManyError beyond `limit` partial plans."""
    lists = [options(round, c) for c in open_candidates(round)]
    tried = 0

    def grow(plan: tuple[Place, ...], left: list[list[Place]]) -> Iterator[tuple[Place, ...]]:
        nonlocal tried
        tried += 1
        if tried > limit:
            raise TooManyError
        if not left:
            if keeps_together(round, plan):
                yield plan
            return
        yield from grow(plan, left[1:])
        for place in left[0]:
            wider = (*plan, place)
            # More people never make room; only "both or neither" can be mended by one more.
            if keeps_together(round, wider, unfinished=True):
                yield from grow(wider, left[1:])

    yield from grow((), lists)


def best(
    round: Round,
    previous: dict[str, tuple[Seg, ...]] | None = None,
    limit: int = 20_000,
    at_most: int | None = None,
) -> OptimalSet:
    """The best goal values of plans that keep the order too, and every plan that has them.

    With `at_most`, only plans that place no more than so many are looked at.
    """
    lists = {c.candidate_id: options(round, c) for c in open_candidates(round)}
    top: tuple[object, ...] | None = None
    found = OptimalSet({}, [])
    for plan in all_plans(round, limit):
        if at_most is not None and len(plan) > at_most:
            continue
        values = goal_values(round, plan, previous)
        key = rank_key(round, values)
        if (top is None or key <= top) and keeps_order(round, plan, lists):
            if key == top:
                found.plans.append(plan)
            else:
                top, found = key, OptimalSet(values, [plan])
    return found
