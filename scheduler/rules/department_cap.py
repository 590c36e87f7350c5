"""Rule department-cap."""

from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.rules.base import MoreRoom
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import DEPARTMENT, Overfull


class DepartmentCap(LimitRule):
    """On no day more candidates in a department than it can take at the same time."""

    id = "department-cap"
    place = DEPARTMENT

    def limit(self, round: Round, where: DepartmentKey) -> int | None:
        return round.department[where].max_concurrent

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

    def widened(self, round: Round, where: DepartmentKey, there: Overfull) -> MoreRoom:
        department, count = round.department[where], self.count(there)
        larger = department.model_copy(update={"max_concurrent": count})
        return MoreRoom(
            finding(
                N_("{department} at {site} takes {count} at a time from {first} to {last}."),
                department=where.department,
                site=where.site,
                count=count,
                first=there.first,
                last=there.last,
            ),
            round.with_row("departments", department, larger),
        )
