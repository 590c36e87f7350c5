"""A window in which a department can employ a candidate."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, NamedTuple

from models.base import Noun, Problem, column
from models.finding import N_, CodeWord, finding

_MOST_YEARS = 10
_TOO_LONG = N_("The window is longer than {years} years; check both days, and write when it ends.")


class DepartmentKey(NamedTuple):
    """What a department is known by."""

    trust: str
    site: str
    department: str


class VacancyKind(CodeWord):
    """An ordinary vacancy or a position earmarked for ALIS."""

    VACANCY = "vacancy"
    EARMARKED = "earmarked"


class Certainty(CodeWord):
    """Whether the department has promised the window or only expects it."""

    CONFIRMED = "confirmed"
    EXPECTED = "expected"


class Vacancy(Noun):
    """A window with first and last day and a number of positions (SPEC section 2)."""

    sheet: ClassVar[str] = "vacancies"

    vacancy_id: str = column(N_("A short id that never changes."))
    trust: str = column(N_("Health trust, as in the departments sheet."))
    site: str = column(N_("Site, as in the departments sheet."))
    department: str = column(N_("Department, as in the departments sheet."))
    start: date = column(N_("First day of the window."))
    end: date = column(N_("Last day of the window."))
    positions: int = column(N_("How many can serve at the same time."), default=1)
    fte: float = column(N_("Percentage of full time, 100 for full time."), default=100.0)
    kind: VacancyKind = column(N_("vacancy or earmarked."), default=VacancyKind.VACANCY)
    short_notice: bool = column(
        N_("Whether service may begin sooner than the policy's lead time."), default=False
    )
    on_call: bool = column(N_("Whether the position takes part in on-call duty."), default=True)
    certainty: Certainty = column(N_("confirmed or expected."), default=Certainty.CONFIRMED)
    advertised_on: date | None = column(N_("The day the window was made known."), default=None)
    contact: str = column(N_("Who to call in the department."), default="")

    @property
    def department_key(self) -> DepartmentKey:
        """The department the window belongs to."""
        return DepartmentKey(self.trust, self.site, self.department)

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.end < self.start:
            yield Problem(
                "end",
                finding(
                    N_("The window ends on {last}, before it starts on {first}; check both days."),
                    last=self.end,
                    first=self.start,
                ),
            )
        if self.end.year - self.start.year > _MOST_YEARS:
            yield Problem("start", finding(_TOO_LONG, years=_MOST_YEARS))
        if self.positions < 0:
            yield Problem("positions", finding(N_("Write a whole number, 0 or more.")))
        if not 1 < self.fte <= 100:
            yield Problem("fte", finding(N_("Write the percentage, for example 100 or 50.")))
