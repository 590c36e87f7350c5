"""Rule cover."""

from models.finding import N_, Finding, Header, SheetName, finding
from models.municipality import Municipality
from models.round import Round
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import HOME, Overfull


class Cover(LimitRule):
    """On no day more of a municipality's candidates away than it can do without."""

    id = "cover"
    name = N_("the limit on how many are away from a municipality")
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

    def stated(self, round: Round, where: str) -> Finding:
        return finding(
            N_(
                "Municipality {municipality} can do without at most {limit} at the same time (the "
                "column {column} in the sheet {sheet})."
            ),
            rule=self.id,
            municipality=where,
            limit=self.limit(round, where),
            column=Header(self.column),
            sheet=SheetName(Municipality.sheet),
        )

    def room(self, where: str, there: Overfull) -> Finding:
        return finding(
            N_("Municipality {municipality} does without {count} from {first} to {last}."),
            municipality=where,
            count=self.count(there),
            first=there.first,
            last=there.last,
        )
