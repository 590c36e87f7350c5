"""Rule arrivals."""

from collections.abc import Sequence

from models.department import Department
from models.finding import N_, Finding, Header, SheetName, finding
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.problem.calendar import DAY
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import DEPARTMENT, Overfull, Stay


class Arrivals(LimitRule):
    """No more candidates begin in a department on the same day than it can receive."""

    id = "arrivals"
    name = N_("the limit on how many begin in a department on the same day")
    place = DEPARTMENT
    column = "max_arrivals"

    def counted(self, round: Round, stay: Stay, others: Sequence[Stay]) -> Stay | None:
        """The first day, unless the candidate was in the department the day before."""
        where = self.place.where(round, stay.candidate_id, stay.vacancy_id)
        for other in others:
            there = self.place.where(round, other.candidate_id, other.vacancy_id)
            if other.first < stay.first <= other.last + DAY and there == where:
                return None
        return Stay(stay.first, stay.first, stay.candidate_id, stay.vacancy_id, stay.new)

    def sentence(self, where: DepartmentKey, limit: int, there: Overfull) -> Finding:
        return finding(
            N_(
                "{department} at {site} can receive at most {limit} on the same day, but {count} "
                "({candidates}) begin on {day}."
            ),
            rule=self.id,
            department=where.department,
            site=where.site,
            limit=limit,
            count=self.count(there),
            candidates=there.candidate_ids,
            day=there.first,
        )

    def stated(self, round: Round, where: DepartmentKey) -> Finding:
        return finding(
            N_(
                "{department} at {site} can receive at most {limit} on the same day (the column "
                "{column} in the sheet {sheet})."
            ),
            rule=self.id,
            department=where.department,
            site=where.site,
            limit=self.limit(round, where),
            column=Header(self.column),
            sheet=SheetName(Department.sheet),
        )

    def room(self, where: DepartmentKey, there: Overfull) -> Finding:
        return finding(
            N_("{department} at {site} receives {count} on {day}."),
            department=where.department,
            site=where.site,
            count=self.count(there),
            day=there.first,
        )

    def within_fits(self, round: Round) -> bool:
        """Not where somebody may begin on another day than whoever was there."""
        return all(department.max_arrivals is None for department in round.departments)
