"""Look-ups over the vacancies that all candidates share."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import permutations, product

from models.grouped import grouped
from models.vacancy import DepartmentKey, Vacancy
from scheduler.problem.calendar import DAY, holds, standard_first_days

# Trust, site and department, each blank for any.
Area = tuple[str, str, str]
ANYWHERE: Area = ("", "", "")


@dataclass(frozen=True, slots=True)
class Reach:
    """Vacancies, and the pairs of them in which six months can be joined, in a stable order."""

    vacancies: Sequence[Vacancy]
    joinable: Sequence[tuple[Vacancy, Vacancy]]


class Windows:
    """Vacancies in the order of their ids, to be looked up by place."""

    def __init__(self, vacancies: Sequence[Vacancy]) -> None:
        self._departments = grouped(vacancies, lambda v: v.department_key)
        self._reached: dict[DepartmentKey, Reach] = {}
        self._first_days: dict[tuple[str, int, tuple[int, ...]], tuple[date, ...]] = {}

    @cached_property
    def all(self) -> Reach:
        """Every vacancy."""
        return self.within((ANYWHERE,))

    def around(self, vacancy: Vacancy) -> Reach:
        """A vacancy, and the pairs that it is joined in."""
        number, pairs = vacancy.vacancy_id, self._reach(vacancy.department_key).joinable
        own = [pair for pair in pairs if number in (pair[0].vacancy_id, pair[1].vacancy_id)]
        return Reach([vacancy], own)

    def joined(self, vacancy: Vacancy) -> bool:
        """Whether six months may be joined in it and another."""
        return vacancy.vacancy_id in self._joined

    @cached_property
    def _joined(self) -> frozenset[str]:
        return frozenset(v.vacancy_id for pair in self.all.joinable for v in pair)

    def first_days(
        self, vacancy: Vacancy, months: int, start_days: tuple[int, ...]
    ) -> tuple[date, ...]:
        """The days on which anybody may begin so many months in it, the last one first."""
        key = vacancy.vacancy_id, months, start_days
        if key not in self._first_days:
            days = standard_first_days(vacancy.start, vacancy.end, months, start_days)
            self._first_days[key] = tuple(sorted(days, reverse=True))
        return self._first_days[key]

    def within(self, areas: Collection[Area], trusts: Collection[str] | None = None) -> Reach:
        """The vacancies that lie in any of the areas, of these trusts (None: any)."""
        if trusts is not None:
            areas = {(t, *area[1:]) for area in areas for t in trusts if area[0] in ("", t)}
        keys = {key for area in areas for key in self._in_area[area]}
        reached = [self._reach(key) for key in sorted(keys)]
        vacancies = [v for reach in reached for v in reach.vacancies]
        return Reach(
            sorted(vacancies, key=lambda v: v.vacancy_id),
            [pair for reach in reached for pair in reach.joinable],
        )

    @cached_property
    def _in_area(self) -> defaultdict[Area, list[DepartmentKey]]:
        found: defaultdict[Area, list[DepartmentKey]] = defaultdict(list)
        for key in self._departments:
            for trust, site, department in product(*(("", part) for part in key)):
                found[trust, site, department].append(key)
        return found

    def _reach(self, key: DepartmentKey) -> Reach:
        if key not in self._reached:
            own = self._departments[key]
            short = [v for v in own if not holds(v.start, v.end, 6)]
            joinable = [
                (one, two)
                for one, two in permutations(short, 2)
                if one.start < two.end and two.start <= one.end + DAY
            ]
            self._reached[key] = Reach(own, joinable)
        return self._reached[key]
