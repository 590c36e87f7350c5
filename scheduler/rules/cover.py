"""Rule cover."""

from models.finding import N_, Finding, finding
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import HOME, Overfull


class Cover(LimitRule):
    """On no day more of a municipality's candidates away than it can do without."""

    id = "cover"
    heads = True
    place = HOME
    column = "max_away"

    def sentence(self, where: str, limit: int, there: Overfull) -> Finding:
        return finding(
            N_(
                "Municipality {municipality} can do without at most {limit} at the "
                "same time, but {count} ({candidates}) are away from {first} to "
                "{last}."
            ),
            rule=self.id,
            municipality=where,
            limit=limit,
            count=self.count(there),
            candidates=there.candidate_ids,
            first=there.first,
            last=there.last,
        )

    def room(self, where: str, there: Overfull) -> Finding:
        return finding(
            N_("Municipality {municipality} does without {count} from {first} to {last}."),
            municipality=where,
            count=self.count(there),
            first=there.first,
            last=there.last,
        )
