"""Rule cover."""

from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.rules.base import MoreRoom
from scheduler.rules.limit import LimitRule
from scheduler.rules.occupancy import HOME, Overfull


class Cover(LimitRule):
    """On no day more of a municipality's candidates away than it can do without."""

    id = "cover"
    heads = True
    place = HOME

    def limit(self, round: Round, where: str) -> int | None:
        return round.municipality[where].max_away

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

    def widened(self, round: Round, where: str, there: Overfull) -> MoreRoom:
        town, count = round.municipality[where], self.count(there)
        without = town.model_copy(update={"max_away": count})
        return MoreRoom(
            finding(
                N_("Municipality {municipality} does without {count} from {first} to {last}."),
                municipality=where,
                count=count,
                first=there.first,
                last=there.last,
            ),
            round.with_row("municipalities", town, without),
        )
