"""The rules about several placements (SPEC 4b), for the brute force; written from SPEC.md alone."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta

from models.candidate import Candidate
from models.round import Round
from models.waiver import Pair
from tests.oracle_options import Place


def is_open(round: Round, c: Candidate) -> bool:
    locked = any(k.candidate_id == c.candidate_id for k in round.locks)
    return c.status == "waiting" and (not locked or (c.plan_rest and c.remaining_months > 0))


def open_candidates(round: Round) -> list[Candidate]:
    return [c for c in round.candidates if is_open(round, c)]


@dataclass(frozen=True)
class Stay:
    who: str
    vacancy: str
    first: date
    last: date
    new: bool
    place: Place | None = None


def stays(round: Round, plan: tuple[Place, ...]) -> list[Stay]:
    found = [Stay(k.candidate_id, k.vacancy_id, k.start, k.end, False) for k in round.locks]
    found += [Stay(p.who, s.vacancy, s.first, s.last, True, p) for p in plan for s in p.segs]
    return found


def keeps_together(
    round: Round,
    plan: tuple[Place, ...],
    about: Place | None = None,
    pairs: tuple[Pair, ...] | None = None,
    unfinished: bool = False,
) -> bool:
    """Whether the plan keeps 4b; with `about`, only on its days and in its places.

    An unfinished plan may still get the partner of somebody who may not be placed alone.
    """
    all_stays = stays(round, plan)

    def counts(own: list[Stay]) -> bool:
        return any(s.new and about in (None, s.place) for s in own)

    vac = {v.vacancy_id: v for v in round.vacancies}
    home = {c.candidate_id: c.municipality for c in round.candidates}
    # Loads only grow on first days, so those are the days to look at.
    for day in {s.first for s in all_stays}:
        here = [s for s in all_stays if s.first <= day <= s.last]
        if about is not None and not any(s.first <= day <= s.last for s in about.segs):
            continue
        for v in round.vacancies:
            own = [s for s in here if s.vacancy == v.vacancy_id]
            if counts(own) and len(own) > v.positions:
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
            if limit is not None and counts(own) and len(own) > limit:
                return False
            new = [
                s
                for s in own
                if s.first == day
                and not any(
                    o.who == s.who
                    and o.first < day <= o.last + timedelta(days=1)
                    and (w := vac.get(o.vacancy)) is not None
                    and (w.trust, w.site, w.department) == key
                    for o in all_stays
                )
            ]
            if d.max_arrivals is not None and counts(new) and len(new) > d.max_arrivals:
                return False
        for m in round.municipalities:
            own = [s for s in here if home[s.who] == m.municipality]
            limit = m.max_away
            if limit is not None and counts(own) and len({s.who for s in own}) > limit:
                return False
    for pair in round.pairs if pairs is None else pairs:
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
        if not pair.alone_ok and not unfinished:
            for mine, other in ((a, b), (b, a)):
                if any(s.new for s in mine) and not other:
                    return False
    return True
