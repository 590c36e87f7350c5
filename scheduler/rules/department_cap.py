"""Rule department-cap."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import DepartmentKey
from scheduler.program.program import Program, Use
from scheduler.rules.base import LimitRule
from scheduler.rules.occupancy import Overfull, Stays, overfull


class DepartmentCap(LimitRule):
    """On no day more candidates in a department than it can take at the same time."""

    id = "department-cap"

    def constrain(self, program: Program) -> None:
        round = program.round
        uses: defaultdict[DepartmentKey, list[Use]] = defaultdict(list)
        for use in program.uses():
            uses[round.vacancy[use.segment.vacancy_id].department_key].append(use)
        locked: defaultdict[DepartmentKey, list[tuple[date, date]]] = defaultdict(list)
        for lock in round.locks:
            if lock.vacancy_id in round.vacancy:
                key = round.vacancy[lock.vacancy_id].department_key
                locked[key].append((lock.start, lock.end))
        for key, here in sorted(uses.items()):
            limit = round.department[key].max_concurrent
            if limit is not None:
                program.limit_load(f"{self.id} {key}", here, locked[key], limit)

    def too_many(self, round: Round, stays: Stays) -> Iterator[tuple[Overfull, Finding]]:
        for key, department in round.department.items():
            limit = department.max_concurrent
            if limit is None:
                continue
            for stretch in overfull(stays.in_department.get(key, ()), limit):
                yield (
                    stretch,
                    finding(
                        N_(
                            "{department} at {site} takes at most {limit} at the same time, but "
                            "has {count} ({candidates}) from {first} to {last}."
                        ),
                        rule=self.id,
                        department=key.department,
                        site=key.site,
                        limit=limit,
                        count=len(stretch.stays),
                        candidates=stretch.candidate_ids,
                        first=stretch.first,
                        last=stretch.last,
                    ),
                )
