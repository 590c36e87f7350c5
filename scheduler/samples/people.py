"""Invented candidates, their wishes, and what some of them have been promised."""

from collections.abc import Sequence
from datetime import date
from random import Random

from models.candidate import Candidate, CandidateStatus, Importance, Scheme, SplitWish
from models.lock import Lock, LockStatus
from models.vacancy import Vacancy
from models.wish import NEVER, Wish
from scheduler.problem.calendar import DAY, add_months, last_day
from scheduler.samples.places import Dice, Places, Town

RUN_DATE = date(2026, 3, 1)


class People(Dice):
    """Makes candidates of the places."""

    def __init__(self, places: Places, random: Random) -> None:
        super().__init__(random)
        self.places = places

    def candidate(self, number: int, of: int, home: Town) -> Candidate:
        """A candidate with that number, of that town; not open to three plus three."""
        label = f"{number:0{len(str(of))}d}"
        wished = add_months(date(2026, 6, 1), self.random.randrange(0, 13))
        if self.random.random() < 0.2:
            wished = wished.replace(day=15)
        late = self.weighted(((0, 4), (1, 2), (2, 2), (3, 1)))
        registered = RUN_DATE - DAY * self.random.randrange(20, 600)
        return Candidate(
            candidate_id=f"K{label}",
            name=f"Kandidat {label}",
            municipality=home.number,
            wished_start=wished,
            wished_start_latest=add_months(wished, late) if late else None,
            first_wished_start=self.maybe(0.15, add_months(wished, -6)),
            earliest_start=self.maybe(0.1, add_months(wished, -2)),
            practice_start=add_months(RUN_DATE, -self.random.randrange(14, 44)),
            scheme=self.weighted(((Scheme.NEW, 90), (Scheme.CONVERTED, 9), (Scheme.OLD, 1))),
            fte=self.weighted(((100.0, 60), (80.0, 1))),
            on_call=self.random.random() < 0.95,
            open_to_other_sites=self.random.random() < 0.5,
            open_to_other_departments=self.random.random() < 0.75,
            most_important=self.weighted(
                ((None, 6), (Importance.PERIOD, 2), (Importance.PLACE, 2))
            ),
            registered_on=registered,
            unavailable=self.away(wished),
            status=self.weighted(
                (
                    (CandidateStatus.WAITING, 94),
                    (CandidateStatus.ON_HOLD, 3),
                    (CandidateStatus.WITHDRAWN, 2),
                    (CandidateStatus.MUNICIPAL, 1),
                )
            ),
        )

    def away(self, wished: date) -> tuple[tuple[date, date], ...]:
        if self.random.random() > 0.06:
            return ()
        first = add_months(wished, self.random.randrange(0, 6))
        return ((first, last_day(first, 2)),)

    def wishes(self, person: Candidate) -> list[Wish]:
        """One to four ranked rows, and sometimes a never."""
        home = self.places.home(person)
        own = [d for d in self.places.departments if d.trust == home.trust]
        rows: list[tuple[str, str, str]] = []
        for _ in range(self.weighted(((1, 2), (2, 4), (3, 3), (4, 1)))):
            place = self.places.place(home, 0.7)
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

    def locks(
        self, people: list[Candidate], windows: list[Vacancy]
    ) -> tuple[list[Candidate], list[Lock]]:
        """Promises to some: whole service, or three months with the rest to be planned."""
        free = {v.vacancy_id: v for v in windows if v.positions == 1}
        locks: list[Lock] = []
        changed = []
        for person in people:
            if person.status is CandidateStatus.WAITING and self.random.random() < 0.08:
                trust = self.places.home(person).trust
                fitting = [v for v in free.values() if v.trust == trust]
                fitting = [v for v in fitting if last_day(v.start, 6) <= v.end] or fitting
                if fitting:
                    vacancy = self.random.choice(fitting)
                    del free[vacancy.vacancy_id]
                    half = self.random.random() < 0.3 or last_day(vacancy.start, 6) > vacancy.end
                    end = last_day(vacancy.start, 3 if half else 6)
                    status = self.weighted(
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


def open_to_split(people: Sequence[Candidate], share: float, random: Random) -> list[Candidate]:
    """The same people, that share of them open to three plus three months.

    Of five who are open, four accept it and one prefers it. With the same chance, whoever is open
    at one share says the same at every larger share.
    """
    order = list(range(len(people)))
    random.shuffle(order)
    chosen = order[: round(share * len(people))]
    said = {
        who: SplitWish.PREFER if place % 5 == 2 else SplitWish.ACCEPT
        for place, who in enumerate(chosen)
    }
    return [
        person.model_copy(update={"split": said.get(who, SplitWish.NO)})
        for who, person in enumerate(people)
    ]
