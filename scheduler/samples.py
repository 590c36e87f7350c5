"""Realistic rounds with invented candidates: real places, odd windows, too few of them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar

from models.candidate import Candidate, CandidateStatus, Importance, Scheme, SplitWish
from models.department import Department
from models.lock import Decline, DeclinedBy, Lock, LockStatus
from models.municipality import Agreement, Municipality, Priority
from models.settings import RoundSettings
from models.vacancy import Certainty, Vacancy, VacancyKind
from models.waiver import Pair, PairKind, Waiver
from models.wish import NEVER, Wish
from scheduler.calendar import DAY, add_months, last_day
from scheduler.resources import data_folder
from scheduler.tables.writing import InputFacts

RUN_DATE = date(2026, 3, 1)
T = TypeVar("T")

# What the reference data call the trusts' areas, by region.
_AREAS = {
    "nord": {
        "Nordland": "Nordlandssykehuset HF",
        "UNN": "Universitetssykehuset Nord-Norge HF",
        "Helgeland": "Helgelandssykehuset HF",
        "Finnmark": "Finnmarkssykehuset HF",
    },
    "vest": {
        "Bergen": "Helse Bergen HF",
        "Førde": "Helse Førde HF",
        "Fonna": "Helse Fonna HF",
        "Stavanger": "Helse Stavanger HF",
    },
}
_POLICY = {"nord": "nord-2024", "vest": "vest-2023"}
_NAMES = {
    "nord": "Tildelingsrunde våren 2026 (eksempel)",
    "vest": "Tildelingsrunde vår 2026 (døme)",
}
_SOMATIC = ("kirurgi", "indremedisin", "ortopedi", "pediatri", "gyn", "nevrologi", "akuttmedisin")


def make_sample(region: str, candidates: int, vacancies: int, seed: int) -> InputFacts:
    """A round of that size; the same arguments always give the same round.

    With about one vacancy for every 1.2 candidates, demand is 10–30 % above supply. About half
    of the windows are not six months long.
    """
    return _Maker(region, seed).make(candidates, vacancies)


@dataclass(frozen=True, slots=True)
class _Town:
    number: str
    name: str
    trust: str
    hospital: str


def _read(name: str) -> list[dict[str, str]]:
    path = data_folder() / "reference" / name
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


class _Maker:
    def __init__(self, region: str, seed: int) -> None:
        self.random = Random(f"{region} {seed}")
        self.region = region
        areas = _AREAS[region]
        self.towns = [
            _Town(r["kommunenr"], r["kommunenavn"], areas[r["hf_opptaksomrade"]], r["lokalsykehus"])
            for r in _read("municipalities.csv")
            if r["hf_opptaksomrade"] in areas
        ]
        self.rhf_trusts = set(areas.values())
        trust_of = {r["sted"]: r["hf"] for r in _read("sites.csv")}
        self.departments = [
            Department(
                trust=trust_of[r["sted"]],
                site=r["sted"],
                department=r["avdeling"],
                specialty=r["fagomrade"],
                approved=self.random.random() > 0.04,
                max_concurrent=self._maybe(0.12, 2),
            )
            for r in _read("departments.csv")
            if trust_of.get(r["sted"]) in self.rhf_trusts
        ]

    def _maybe(self, chance: float, value: T) -> T | None:
        return value if self.random.random() < chance else None

    def _weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        return self.random.choices([c for c, _ in choices], [w for _, w in choices])[0]

    def make(self, candidates: int, vacancies: int) -> InputFacts:
        people = [self._candidate(n, candidates) for n in range(1, candidates + 1)]
        homes = [self._home(p) for p in people]
        windows = [self._vacancy(n, vacancies, homes) for n in range(1, vacancies + 1)]
        people, locks = self._locks(people, windows)
        wishes = [w for p in people for w in self._wishes(p)]
        here = {p.municipality for p in people}
        towns = [t for t in self.towns if t.number in here]
        used = {(v.trust, v.site, v.department) for v in windows}
        wished = {(w.trust, w.site, w.department) for w in wishes}
        named = used | wished
        return InputFacts(
            RoundSettings(name=_NAMES[self.region], run_date=RUN_DATE, policy=_POLICY[self.region]),
            {
                "candidates": people,
                "wishes": wishes,
                "priority": list(self._priorities(people)),
                "vacancies": windows,
                "departments": [
                    d
                    for d in self.departments
                    if (d.trust, d.site, d.department) in named
                    or any((d.trust, d.site) == (w.trust, w.site) for w in wishes)
                ],
                "municipalities": [self._municipality(t) for t in towns],
                "agreements": [a for t in towns for a in self._agreements(t)],
                "locks": locks,
                "waivers": list(self._waivers(people)),
                "declines": list(self._declines(people, windows)),
                "pairs": list(self._pairs(people)),
            },
        )

    def _home(self, person: Candidate) -> _Town:
        return next(t for t in self.towns if t.number == person.municipality)

    def _place(self, home: _Town, near_chance: float) -> Department:
        """A department of the town's trust, oftener at the local hospital and somatic."""
        own = [d for d in self.departments if d.trust == home.trust]
        if self.random.random() < near_chance:
            own = [d for d in own if home.hospital.split("/")[0] in d.site] or own
        somatic = [d for d in own if d.specialty.split("/")[0] in _SOMATIC]
        return self.random.choice(somatic if somatic and self.random.random() < 0.75 else own)

    def _vacancy(self, number: int, of: int, homes: Sequence[_Town]) -> Vacancy:
        # Departments make room where doctors come from, by and large.
        place = self._place(self.random.choice(homes), 0.6)
        start = add_months(date(2026, 6, 1), self.random.randrange(0, 14))
        if self.random.random() < 0.3:
            start = start.replace(day=self.random.choice((10, 15, 16, 20)))
        months = self._weighted(
            ((6, 50), (3, 7), (4, 4), (5, 5), (7, 6), (8, 6), (9, 5), (10, 5), (12, 12))
        )
        end = last_day(start, months)
        if months != 6 and self.random.random() < 0.4:
            end += DAY * self.random.randrange(1, 20)
        return Vacancy(
            vacancy_id=f"V{number:0{len(str(of))}d}",
            trust=place.trust,
            site=place.site,
            department=place.department,
            start=start,
            end=end,
            positions=self._weighted(((1, 9), (2, 1))),
            kind=self._weighted(((VacancyKind.VACANCY, 6), (VacancyKind.EARMARKED, 1))),
            short_notice=self.random.random() < 0.15,
            on_call=self.random.random() < 0.85,
            certainty=self._weighted(((Certainty.CONFIRMED, 4), (Certainty.EXPECTED, 1))),
            advertised_on=RUN_DATE - DAY * self.random.randrange(5, 80),
        )

    def _candidate(self, number: int, of: int) -> Candidate:
        label = f"{number:0{len(str(of))}d}"
        wished = add_months(date(2026, 6, 1), self.random.randrange(0, 13))
        if self.random.random() < 0.2:
            wished = wished.replace(day=15)
        late = self._weighted(((0, 4), (1, 2), (2, 2), (3, 1)))
        registered = RUN_DATE - DAY * self.random.randrange(20, 600)
        return Candidate(
            candidate_id=f"K{label}",
            name=f"Kandidat {label}",
            municipality=self._town().number,
            wished_start=wished,
            wished_start_latest=add_months(wished, late) if late else None,
            first_wished_start=self._maybe(0.15, add_months(wished, -6)),
            earliest_start=self._maybe(0.1, add_months(wished, -2)),
            practice_start=add_months(RUN_DATE, -self.random.randrange(14, 44)),
            scheme=self._weighted(((Scheme.NEW, 90), (Scheme.CONVERTED, 9), (Scheme.OLD, 1))),
            split=self._weighted(
                ((SplitWish.NO, 20), (SplitWish.ACCEPT, 3), (SplitWish.PREFER, 1))
            ),
            fte=self._weighted(((100.0, 60), (80.0, 1))),
            on_call=self.random.random() < 0.95,
            open_to_other_sites=self.random.random() < 0.5,
            open_to_other_departments=self.random.random() < 0.75,
            most_important=self._weighted(
                ((None, 6), (Importance.PERIOD, 2), (Importance.PLACE, 2))
            ),
            registered_on=registered,
            unavailable=self._away(wished),
            status=self._weighted(
                (
                    (CandidateStatus.WAITING, 94),
                    (CandidateStatus.ON_HOLD, 3),
                    (CandidateStatus.WITHDRAWN, 2),
                    (CandidateStatus.MUNICIPAL, 1),
                )
            ),
        )

    def _away(self, wished: date) -> tuple[tuple[date, date], ...]:
        if self.random.random() > 0.06:
            return ()
        first = add_months(wished, self.random.randrange(0, 6))
        return ((first, last_day(first, 2)),)

    def _town(self) -> _Town:
        # A few towns have many candidates, most have one or two.
        index = int(len(self.towns) * self.random.random() ** 1.6)
        order = sorted(self.towns, key=lambda t: (hash_of(t.number), t.number))
        return order[index]

    def _wishes(self, person: Candidate) -> list[Wish]:
        home = self._home(person)
        own = [d for d in self.departments if d.trust == home.trust]
        rows: list[tuple[str, str, str]] = []
        for _ in range(self._weighted(((1, 2), (2, 4), (3, 3), (4, 1)))):
            place = self._place(home, 0.7)
            whole_site = self.random.random() < 0.35
            row = (place.trust, place.site, "" if whole_site else place.department)
            if row not in rows:
                rows.append(row)
        found = [
            Wish(candidate_id=person.candidate_id, rank=rank, trust=t, site=s, department=d)
            for rank, (t, s, d) in enumerate(rows, 1)
        ]
        if person.open_to_other_sites and self.random.random() < 0.15:
            other = self.random.choice(own)
            if all(other.site != s for _, s, _ in rows):
                found.append(
                    Wish(
                        candidate_id=person.candidate_id,
                        rank=NEVER,
                        trust=other.trust,
                        site=other.site,
                    )
                )
        return found

    def _locks(
        self, people: list[Candidate], windows: list[Vacancy]
    ) -> tuple[list[Candidate], list[Lock]]:
        """Promises to some: whole service, or three months with the rest to be planned."""
        free = {v.vacancy_id: v for v in windows if v.positions == 1}
        locks: list[Lock] = []
        changed = []
        for person in people:
            if person.status is CandidateStatus.WAITING and self.random.random() < 0.08:
                trust = self._home(person).trust
                fitting = [v for v in free.values() if v.trust == trust]
                fitting = [v for v in fitting if last_day(v.start, 6) <= v.end] or fitting
                if fitting:
                    vacancy = self.random.choice(fitting)
                    del free[vacancy.vacancy_id]
                    half = self.random.random() < 0.3 or last_day(vacancy.start, 6) > vacancy.end
                    end = last_day(vacancy.start, 3 if half else 6)
                    status = self._weighted(
                        (
                            (LockStatus.OFFERED, 2),
                            (LockStatus.ACCEPTED, 3),
                            (LockStatus.CONTRACT, 3),
                        )
                    )
                    locks.append(
                        Lock(
                            candidate_id=person.candidate_id,
                            vacancy_id=vacancy.vacancy_id,
                            start=vacancy.start,
                            end=min(end, vacancy.end),
                            status=status,
                        )
                    )
                    person = person.model_copy(
                        update={
                            "wished_start": add_months(vacancy.start, 3 if half else 0),
                            "wished_start_latest": None,
                            "remaining_months": 3 if half else 0,
                            "plan_rest": half,
                            "practice_start": add_months(RUN_DATE, -40),
                            "scheme": Scheme.NEW,
                            "on_call": True,
                        }
                    )
            changed.append(person)
        return changed, locks

    def _municipality(self, town: _Town) -> Municipality:
        registered: bool | date = True
        if self.random.random() < 0.08:
            registered = date(2026, 9, 1) if self.random.random() < 0.75 else False
        return Municipality(
            municipality=town.number,
            name=town.name,
            registered_from=registered,
            max_away=self._maybe(0.35, 1),
        )

    def _agreements(self, town: _Town) -> list[Agreement]:
        found = [
            Agreement(
                municipality=town.number,
                trust=town.trust,
                valid_from=date(2024, 6, 1),
                valid_to=self._maybe(0.05, date(2026, 12, 31)),
            )
        ]
        if self.random.random() < 0.2:
            other = self.random.choice(sorted(self.rhf_trusts - {town.trust}))
            found.append(Agreement(municipality=town.number, trust=other))
        return found

    def _priorities(self, people: Sequence[Candidate]) -> list[Priority]:
        waiting: dict[str, list[str]] = {}
        for person in people:
            if person.status is CandidateStatus.WAITING:
                waiting.setdefault(person.municipality, []).append(person.candidate_id)
        found: list[Priority] = []
        for number, own in sorted(waiting.items()):
            if len(own) > 1:
                self.random.shuffle(own)
                found.extend(
                    Priority(municipality=number, priority=n, candidate_id=who)
                    for n, who in enumerate(own, 1)
                )
        return found

    def _waivers(self, people: Sequence[Candidate]) -> list[Waiver]:
        rules = ("deviation", "practice", "lead-time", "last-chance", "part-time")
        chosen = [p for p in people if self.random.random() < 0.04]
        return [
            Waiver(
                candidate_id=p.candidate_id,
                rule=self.random.choice(rules),
                approved_by="Regional koordinator",
                approved_on=date(2026, 2, 16),
                reason="Eksempel på unntak",
            )
            for p in chosen
        ]

    def _declines(self, people: Sequence[Candidate], windows: Sequence[Vacancy]) -> list[Decline]:
        chosen = [p for p in people if self.random.random() < 0.05]
        return [
            Decline(
                candidate_id=p.candidate_id,
                vacancy_id=self.random.choice(windows).vacancy_id,
                declined_on=date(2026, 2, 2),
                by=self._weighted(((DeclinedBy.CANDIDATE, 4), (DeclinedBy.DEPARTMENT, 1))),
            )
            for p in chosen
        ]

    def _pairs(self, people: Sequence[Candidate]) -> list[Pair]:
        waiting = [p for p in people if p.status is CandidateStatus.WAITING]
        by_town: dict[str, list[str]] = {}
        for person in waiting:
            by_town.setdefault(person.municipality, []).append(person.candidate_id)
        several = [own for _, own in sorted(by_town.items()) if len(own) > 1]
        count = min(len(several), len(people) // 40)
        return [
            Pair(
                candidate_a=own[0],
                candidate_b=own[1],
                kind=self._weighted(((PairKind.SAME_SITE, 1), (PairKind.NOT_TOGETHER, 1))),
                alone_ok=self.random.random() < 0.8,
            )
            for own in self.random.sample(several, count)
        ]


def hash_of(text: str) -> int:
    """A fixed shuffling of municipality numbers, the same in every run."""
    return Random(text).randrange(1 << 30)
