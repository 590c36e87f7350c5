"""Rule department-cap."""

from models.department import Department
from models.finding import N_, Finding, Header, SheetName, finding
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import DEPARTMENT, Overfull


class DepartmentCap(LimitRule):
    """On no day more candidates in a department than it can take at the same time."""

    id = "department-cap"
    name = N_("the limit on how many a department takes at the same time")
    place = DEPARTMENT
    column = "max_concurrent"

    def sentence(self, where: DepartmentKey, limit: int, there: Overfull) -> Finding:
        return finding(
            N_(
                "{department} at {site} takes at most {limit} at the same time, but "
                "has {count} ({candidates}) from {first} to {last}."
            ),
            rule=self.id,
            department=where.department,
            site=where.site,
            limit=limit,
            count=self.count(there),
            candidates=there.candidate_ids,
            first=there.first,
            last=there.last,
        )

    def stated(self, round: Round, where: DepartmentKey) -> Finding:
        return finding(
            N_(
                "{department} at {site} takes at most {limit} at the same time (the column "
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
            N_("{department} at {site} takes {count} at a time from {first} to {last}."),
            department=where.department,
            site=where.site,
            count=self.count(there),
            first=there.first,
            last=there.last,
        )
