"""Rule capacity."""

from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import VACANCY, Overfull


class Capacity(LimitRule):
    """On no day more candidates in a vacancy than it has positions; locks use them first."""

    id = "capacity"
    name = N_("the number of positions in a vacancy")
    place = VACANCY
    column = "positions"

    def sentence(self, where: str, limit: int, there: Overfull) -> Finding:
        return finding(
            N_(
                "Vacancy {vacancy} takes {positions} at a time, but has {count} "
                "({candidates}) from {first} to {last}."
            ),
            rule=self.id,
            vacancy=where,
            positions=limit,
            count=self.count(there),
            candidates=there.candidate_ids,
            first=there.first,
            last=there.last,
        )

    def stated(self, round: Round, where: str) -> Finding:
        return finding(
            N_("Vacancy {vacancy} takes {limit} at a time."),
            rule=self.id,
            vacancy=where,
            limit=self.limit(round, where),
        )

    def room(self, where: str, there: Overfull) -> Finding:
        return finding(
            N_("Vacancy {vacancy} takes {count} at a time from {first} to {last}."),
            count=self.count(there),
            vacancy=where,
            first=there.first,
            last=there.last,
        )
