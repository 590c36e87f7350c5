"""The first half of the brute force: sections 3, 4a and 6 of SPEC.md, from its words alone."""

import calendar
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.candidate import Candidate
from models.round import Round
from models.vacancy import Vacancy
from models.wish import Wish

ONE_DAY = timedelta(days=1)


# ---- section 3 -------------------------------------------------------------------------


def plus(day: date, months: int) -> date:
    total = (day.year * 12 + day.month - 1) + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def early_or_late(s: date, a: date, b: date, b_after: date) -> int:
    if a <= s <= b:
        return 0
    n = 0
    if s < a:
        while not plus(a, -n) <= s:
            n += 1
        return -n
    while not s <= plus(b_after, n):
        n += 1
    return n


def wish_of(c: Candidate) -> tuple[date, date, date]:
    a = c.wished_start
    b = c.wished_start_latest or a
    after = b + ONE_DAY if (b + ONE_DAY).day == 1 else b
    return a, b, after


@dataclass(frozen=True)
class Seg:
    vacancy: str
    first: date
    last: date
    months: int


@dataclass(frozen=True)
class Place:
    who: str
    shape: str
    segs: tuple[Seg, ...]
    points: int


def fits(v: Vacancy, s: date, months: int) -> bool:
    return v.start <= s and plus(s, months) - ONE_DAY <= v.end


def possible(round: Round, c: Candidate, v: Vacancy, months: int, second: bool) -> list[date]:
    every_day = [v.start + ONE_DAY * n for n in range((v.end - v.start).days + 1)]
    fitting = [d for d in every_day if fits(v, d, months)]
    if not fitting:
        return []
    named = {plus(v.start, 3 * k) for k in range(40)}
    named |= {plus(fitting[-1], -3 * k) for k in range(40)}
    named.add(plus(c.wished_start, 3) if second else c.wished_start)
    named |= {k.end + ONE_DAY for k in round.locks if k.vacancy_id == v.vacancy_id}
    return [d for d in fitting if d in named or d.day in round.policy.start_days]


# ---- section 4a ------------------------------------------------------------------------


def shapes(round: Round, c: Candidate) -> Iterator[tuple[str, tuple[Seg, ...]]]:
    policy, m = round.policy, c.remaining_months

    def seg(v: Vacancy, s: date, months: int) -> Seg:
        return Seg(v.vacancy_id, s, plus(s, months) - ONE_DAY, months)

    def same_department(v: Vacancy, w: Vacancy) -> bool:
        return (v.trust, v.site, v.department) == (w.trust, w.site, w.department)

    vs = round.vacancies
    if m == 6:
        for v in vs:
            for s in possible(round, c, v, 6, False):
                yield "six", (seg(v, s, 6),)
        for v, w in itertools.permutations(vs, 2):
            if not same_department(v, w):
                continue
            if any(fits(x, x.start, 6) for x in (v, w)):
                continue
            for k in range(1, 6):
                for s in possible(round, c, v, k, False):
                    if fits(w, plus(s, k), 6 - k):
                        yield "joined", (seg(v, s, k), seg(w, plus(s, k), 6 - k))
        if policy.allow_split and c.split in ("accept", "prefer"):
            for v, w in itertools.product(vs, vs):
                for s in possible(round, c, v, 3, False):
                    one = seg(v, s, 3)
                    for t in possible(round, c, w, 3, True):
                        if not one.last < t <= plus(one.last + ONE_DAY, policy.max_gap_months):
                            continue
                        if t == one.last + ONE_DAY and same_department(v, w):
                            continue
                        yield "split", (one, seg(w, t, 3))
    elif m == 3:
        ends = [k.end for k in round.locks if k.candidate_id == c.candidate_id]
        for v in vs:
            for s in possible(round, c, v, 3, False):
                if ends and s > plus(max(ends) + ONE_DAY, policy.max_gap_months):
                    continue
                yield "rest", (seg(v, s, 3),)
    elif m > 0:
        for v in vs:
            for s in possible(round, c, v, m, False):
                yield "other", (seg(v, s, m),)


def segment_deviations(c: Candidate, shape: str, segs: tuple[Seg, ...]) -> list[int | None]:
    a, b, after = wish_of(c)
    found: list[int | None] = [early_or_late(segs[0].first, a, b, after)]
    if shape == "joined":
        found.append(None)
    if shape == "split":
        found.append(early_or_late(segs[1].first, plus(a, 3), plus(b, 3), plus(after, 3)))
    return found


def row_matches(row: Wish, v: Vacancy) -> bool:
    pairs = [(row.trust, v.trust), (row.site, v.site), (row.department, v.department)]
    return all(r in ("", x) for r, x in pairs)


def allowed(round: Round, c: Candidate, shape: str, segs: tuple[Seg, ...]) -> bool:
    """All of 4a but acceptance and ceiling."""
    p = round.policy
    waived = {w.rule for w in round.waivers if w.candidate_id == c.candidate_id}
    vac = {v.vacancy_id: v for v in round.vacancies}
    vs = [vac[s.vacancy] for s in segs]
    first = segs[0].first
    own = next(m for m in round.municipalities if m.municipality == c.municipality)
    ok: dict[str, bool] = {}
    ok["scheme"] = c.scheme != "old"
    met = c.practice_met_on or plus(c.practice_start or date.max, p.practice_months)
    ok["practice"] = first >= met
    since = own.registered_from
    ok["registered"] = since is True or (isinstance(since, date) and since <= first)
    ok["agreement"] = not p.require_agreement or all(
        any(
            g.municipality == c.municipality
            and g.trust == v.trust
            and (g.valid_from is None or g.valid_from <= s.first)
            and (g.valid_to is None or s.first <= g.valid_to)
            for g in round.agreements
        )
        for s, v in zip(segs, vs, strict=True)
    )
    ok["approved"] = all(
        d.approved
        for d in round.departments
        for v in vs
        if (d.trust, d.site, d.department) == (v.trust, v.site, v.department)
    )
    ok["duration"] = shape != "other"
    ok["part-time"] = c.fte == 100 and all(v.fte == 100 for v in vs)
    ok["deviation"] = all(
        d is None or -p.max_early_months <= d <= p.max_late_months
        for d in segment_deviations(c, shape, segs)
    )
    ok["lead-time"] = first >= plus(round.run_date, p.lead_months) or vs[0].short_notice
    ok["horizon"] = all(s.first <= plus(round.run_date, p.horizon_months) for s in segs)
    ok["run-date"] = first >= round.run_date
    ok["availability"] = (
        (c.earliest_start or date.min) <= first <= (c.latest_start or date.max)
    ) and not any(s.first <= y and x <= s.last for s in segs for x, y in c.unavailable)
    ok["on-call"] = c.on_call or not any(v.on_call for v in vs)
    ok["declined"] = not any(
        d.candidate_id == c.candidate_id and d.vacancy_id == s.vacancy
        for d in round.declines
        for s in segs
    )
    ends = [k.end for k in round.locks if k.candidate_id == c.candidate_id]
    ok["after-locks"] = all(first > e for e in ends)
    waivable = {
        "scheme", "practice", "registered", "agreement", "duration", "part-time", "deviation",
        "lead-time", "on-call",
    }  # fmt: skip
    return all(good or (name in waived and name in waivable) for name, good in ok.items())


def accepted(round: Round, c: Candidate, segs: tuple[Seg, ...]) -> bool:
    rows = [w for w in round.wishes if w.candidate_id == c.candidate_id]
    ranked = [w for w in rows if w.rank != "never"]
    for s in segs:
        v = next(v for v in round.vacancies if v.vacancy_id == s.vacancy)
        if any(row_matches(w, v) for w in rows if w.rank == "never"):
            return False
        if any(row_matches(w, v) for w in ranked):
            continue
        site = c.open_to_other_sites or any(
            w.trust in ("", v.trust) and w.site in ("", v.site) for w in ranked
        )
        department = c.open_to_other_departments or any(
            w.department in ("", v.department) for w in ranked
        )
        if not (site and department):
            return False
    return True


# ---- section 6 -------------------------------------------------------------------------


def points(
    round: Round, c: Candidate, counted: list[Wish], shape: str, segs: tuple[Seg, ...]
) -> int:
    t = round.policy.points
    f: tuple[int, int] = getattr(t.factors, c.most_important or "none")

    def one(s: Seg, dev: int) -> int:
        v = next(v for v in round.vacancies if v.vacancy_id == s.vacancy)
        dev = abs(dev)
        top = len(t.period) - 1
        period = t.period[dev] if dev <= top else t.period[top] + (dev - top) * t.beyond_period
        for i, row in enumerate(counted):
            if row_matches(row, v):
                place = t.place[i] if i < len(t.place) else t.place[-1]
                break
        else:
            named = any(r.trust in ("", v.trust) and r.site in ("", v.site) for r in counted)
            place = t.other_department if named else t.other_site
        return period * f[0] + place * f[1]

    devs = segment_deviations(c, shape, segs)
    single = [one(s, d) for s, d in zip(segs, devs, strict=True) if d is not None]
    if shape == "split":
        total = -(-sum(single) // 2)
        return total + (t.split_accepted if c.split == "accept" else 0)
    extra = t.six_when_split_preferred if shape in ("six", "joined") and c.split == "prefer" else 0
    return single[0] + extra


def options(round: Round, c: Candidate) -> list[Place]:
    every = [(sh, segs) for sh, segs in shapes(round, c) if allowed(round, c, sh, segs)]
    vac = {v.vacancy_id: v for v in round.vacancies}
    ranked = sorted(
        (w for w in round.wishes if w.candidate_id == c.candidate_id and w.rank != "never"),
        key=lambda w: int(w.rank),
    )
    counted: list[Wish] = [
        w for w in ranked if any(row_matches(w, vac[s.vacancy]) for _, segs in every for s in segs)
    ]
    found = []
    waived = any(w.candidate_id == c.candidate_id and w.rule == "ceiling" for w in round.waivers)
    for sh, segs in every:
        if accepted(round, c, segs):
            n = points(round, c, counted, sh, segs)
            top = round.policy.max_points
            if top is None or n <= top or waived:
                found.append(Place(c.candidate_id, sh, segs, n))
    return found
