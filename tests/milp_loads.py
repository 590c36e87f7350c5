"""How many there may be in one place on a day, for the second formulation: from SPEC alone."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from models.round import Round
from tests.oracle_options import Place

Counts = Callable[[str, str], bool]
# The numbers of the placements that count together, and how many of them there is room for.
Load = tuple[set[int], int]


def loads(round: Round, places: Sequence[Place]) -> list[Load]:
    """Capacity, department caps, arrivals and cover, on every first day there is."""
    days = sorted({s.first for p in places for s in p.segs} | {k.start for k in round.locks})
    found = [*_present(round, places, days), *_arriving(round, places, days)]
    return [(there, room) for there, room in found if len(there) > room]


def _key_of(round: Round) -> Callable[[str], tuple[str, str, str] | None]:
    vac = {v.vacancy_id: v for v in round.vacancies}

    def key_of(vacancy: str) -> tuple[str, str, str] | None:
        v = vac.get(vacancy)
        return (v.trust, v.site, v.department) if v else None

    return key_of


def _present(round: Round, places: Sequence[Place], days: Sequence[date]) -> Iterator[Load]:
    home = {c.candidate_id: c.municipality for c in round.candidates}
    key_of = _key_of(round)
    limits: list[tuple[int, Counts, bool]] = [
        *((v.positions, _in_vacancy(v.vacancy_id), False) for v in round.vacancies),
        *(
            (d.max_concurrent, _in_department(key_of, (d.trust, d.site, d.department)), False)
            for d in round.departments
            if d.max_concurrent is not None
        ),
        *(
            (m.max_away, _of_town(home, m.municipality), True)
            for m in round.municipalities
            if m.max_away is not None
        ),
    ]
    for limit, counts, heads in limits:
        for day in days:
            there = {
                n
                for n, p in enumerate(places)
                if any(s.first <= day <= s.last and counts(p.who, s.vacancy) for s in p.segs)
            }
            held = [
                k.candidate_id
                for k in round.locks
                if k.start <= day <= k.end and counts(k.candidate_id, k.vacancy_id)
            ]
            used = len(set(held)) if heads else len(held)
            yield there, max(0, limit - used)


def _arriving(round: Round, places: Sequence[Place], days: Sequence[date]) -> Iterator[Load]:
    """Those who begin in a department on a day, and were not there the day before."""
    key_of = _key_of(round)
    locked = {
        c.candidate_id: [
            (k.start, k.end, k.vacancy_id) for k in round.locks if k.candidate_id == c.candidate_id
        ]
        for c in round.candidates
    }

    def begins(who: str, own: list[tuple[date, date, str]], key: object, day: date) -> bool:
        here = [(a, b) for a, b, v in (*locked[who], *own) if key_of(v) == key]
        came = any(key_of(v) == key and a == day for a, _, v in own)
        return came and not any(a < day <= b + timedelta(days=1) for a, b in here)

    for d in round.departments:
        if d.max_arrivals is None:
            continue
        key = (d.trust, d.site, d.department)
        for day in days:
            there = {
                n
                for n, p in enumerate(places)
                if begins(p.who, [(s.first, s.last, s.vacancy) for s in p.segs], key, day)
            }
            held = [
                k
                for k in round.locks
                if begins(k.candidate_id, [(k.start, k.end, k.vacancy_id)], key, day)
            ]
            yield there, max(0, d.max_arrivals - len(held))


def _in_vacancy(name: str) -> Counts:
    return lambda who, vacancy: vacancy == name


def _in_department(key_of: Callable[[str], object], key: tuple[str, str, str]) -> Counts:
    return lambda who, vacancy: key_of(vacancy) == key


def _of_town(home: dict[str, str], town: str) -> Counts:
    return lambda who, vacancy: home[who] == town
