"""Realistic rounds with invented candidates: real places, odd windows, too few of them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random

from models.candidate import Candidate, CandidateStatus
from models.language import LanguageCode
from models.lock import Decline, DeclinedBy
from models.municipality import Priority
from models.settings import RoundSettings
from models.vacancy import Certainty, Vacancy, VacancyKind
from models.waiver import Pair, PairKind, Waiver
from scheduler.goals.last_chance import LastChance
from scheduler.input.form.template import POLICIES
from scheduler.input.writing import InputFacts
from scheduler.problem.calendar import DAY, add_months, last_day
from scheduler.rules.deviation import Deviation
from scheduler.rules.lead_time import LeadTime
from scheduler.rules.part_time import PartTime
from scheduler.rules.practice import Practice
from scheduler.samples.people import RUN_DATE, People, open_to_split
from scheduler.samples.places import Dice, Places, Town

_LANGUAGE = {"nord": LanguageCode.NB, "vest": LanguageCode.NN}
_NAMES = {
    "nord": "Tildelingsrunde våren 2026 (eksempel)",
    "vest": "Tildelingsrunde vår 2026 (døme)",
}
_WAIVED = {"nord": "Eksempel på unntak", "vest": "Døme på unntak"}


def make_sample(
    region: str, candidates: int, vacancies: int, seed: int, split_share: float = 0.05
) -> InputFacts:
    """A round of that size; the same arguments always give the same round.

    With about one vacancy for every 1.2 candidates, demand is 10–30 % above supply. About half
    of the windows are not six months long. `split_share` of the candidates are open to three plus
    three months, four who accept it for one who prefers it; another share changes nothing else.
    """
    return _Maker(region, seed).make(candidates, vacancies, split_share)


class _Maker(Dice):
    def __init__(self, region: str, seed: int) -> None:
        super().__init__(Random(f"{region} {seed}"))
        self.split_dice = Random(f"{region} {seed} split")
        self.region = region
        self.places = Places(region, self.random)
        self.people = People(self.places, self.random)

    def make(self, candidates: int, vacancies: int, split_share: float) -> InputFacts:
        homes = self.places.homes(candidates)
        people = [self.people.candidate(n, candidates, home) for n, home in enumerate(homes, 1)]
        people = open_to_split(people, split_share, self.split_dice)
        windows = [self._vacancy(n, vacancies, homes) for n in range(1, vacancies + 1)]
        people, locks = self.people.locks(people, windows)
        wishes = [w for p in people for w in self.people.wishes(p)]
        here = Counter(p.municipality for p in people)
        towns = [t for t in self.places.towns if t.number in here]
        used = {(v.trust, v.site, v.department) for v in windows}
        wished = {(w.trust, w.site, w.department) for w in wishes}
        named = used | wished
        return InputFacts(
            RoundSettings(
                name=_NAMES[self.region],
                run_date=RUN_DATE,
                policy=POLICIES[self.region],
                language=_LANGUAGE[self.region],
                coordinator="Kari Nordmann",
                coordinator_email="alis@example.org",
                channel="eFormidling",
            ),
            {
                "candidates": people,
                "wishes": wishes,
                "priority": list(self._priorities(people)),
                "vacancies": windows,
                "departments": [
                    d
                    for d in self.places.departments
                    if (d.trust, d.site, d.department) in named
                    or any((d.trust, d.site) == (w.trust, w.site) for w in wishes)
                ],
                "municipalities": [self.places.municipality(t, here[t.number]) for t in towns],
                "agreements": [a for t in towns for a in self.places.agreements(t)],
                "locks": locks,
                "waivers": list(self._waivers(people)),
                "declines": list(self._declines(people, windows)),
                "pairs": list(self._pairs(people)),
            },
        )

    def _vacancy(self, number: int, of: int, homes: Sequence[Town]) -> Vacancy:
        # Departments make room where doctors come from, by and large.
        place = self.places.place(self.random.choice(homes), 0.6)
        start = add_months(date(2026, 6, 1), self.random.randrange(0, 14))
        if self.random.random() < 0.3:
            start = start.replace(day=self.random.choice((10, 15, 16, 20)))
        months = self.weighted(
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
            positions=self.weighted(((1, 9), (2, 1))),
            kind=self.weighted(((VacancyKind.VACANCY, 6), (VacancyKind.EARMARKED, 1))),
            short_notice=self.random.random() < 0.15,
            on_call=self.random.random() < 0.85,
            certainty=self.weighted(((Certainty.CONFIRMED, 4), (Certainty.EXPECTED, 1))),
            advertised_on=RUN_DATE - DAY * self.random.randrange(5, 80),
        )

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
        rules = (Deviation.id, Practice.id, LeadTime.id, LastChance.id, PartTime.id)
        chosen = [p for p in people if self.random.random() < 0.04]
        return [
            Waiver(
                candidate_id=p.candidate_id,
                rule=self.random.choice(rules),
                approved_by="Regional koordinator",
                approved_on=date(2026, 2, 16),
                reason=_WAIVED[self.region],
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
                by=self.weighted(((DeclinedBy.CANDIDATE, 4), (DeclinedBy.DEPARTMENT, 1))),
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
                kind=self.weighted(((PairKind.SAME_SITE, 1), (PairKind.NOT_TOGETHER, 1))),
                alone_ok=self.random.random() < 0.8,
            )
            for own in self.random.sample(several, count)
        ]
