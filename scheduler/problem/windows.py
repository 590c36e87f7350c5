"""Look-ups over the vacancies that all candidates share."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations, product

from models.grouped import grouped
from models.round import Round
from models.vacancy import DepartmentKey, Vacancy
from scheduler.problem.calendar import DAY, holds, whole_months

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

    @cached_property
    def all(self) -> Reach:
        """Every vacancy."""
        return self.within((ANYWHERE,))

    def around(self, vacancy: Vacancy) -> Reach:
        """A vacancy, and the pairs that it is joined in."""
        return Reach([vacancy], self._pairs[vacancy.vacancy_id])

    def joined(self, vacancy: Vacancy) -> bool:
        """Whether six months may be joined in it and another."""
        return bool(self._pairs[vacancy.vacancy_id])

    @cached_property
    def _pairs(self) -> defaultdict[str, list[tuple[Vacancy, Vacancy]]]:
        found: defaultdict[str, list[tuple[Vacancy, Vacancy]]] = defaultdict(list)
        for pair in self.all.joinable:
            for vacancy in pair:
                found[vacancy.vacancy_id].append(pair)
        return found

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
            self._reached[key] = Reach(own, list(joinable_pairs(own)))
        return self._reached[key]


def joinable_pairs(vacancies: Iterable[Vacancy]) -> Iterator[tuple[Vacancy, Vacancy]]:
    """The pairs of these, all of one department, in which six months can be joined."""
    short = [
        (v, months)
        for v in vacancies
        if not holds(v.start, v.end, 6) and (months := whole_months(v.start, v.end))
    ]
    for (one, before), (two, after) in permutations(short, 2):
        meeting = one.start < two.end and two.start <= one.end + DAY
        if meeting and before + after >= 6:
            yield one, two


def new_ids(round: Round, count: int) -> list[str]:
    """So many ids that no vacancy of the round has, for vacancies to be tried in it."""
    ids = (f"+{n}" for n in range(1, len(round.vacancies) + count + 1))
    return [own for own in ids if own not in round.vacancy][:count]
