"""Rule cover."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.calendar import DAY
from scheduler.program.program import Program, Use
from scheduler.rules.base import LimitRule
from scheduler.rules.occupancy import Overfull, Stays, overfull


class Cover(LimitRule):
    """On no day more of a municipality's candidates away than it can do without."""

    id = "cover"

    def constrain(self, program: Program) -> None:
        round = program.round
        uses: defaultdict[str, list[Use]] = defaultdict(list)
        for use in program.uses():
            assert use.column.option is not None
            uses[round.candidate[use.column.option.candidate_id].municipality].append(use)
        for number, here in sorted(uses.items()):
            limit = round.municipality[number].max_away
            if limit is not None:
                program.limit_load(f"{self.id} {number}", here, _locked(round, number), limit)

    def too_many(self, round: Round, stays: Stays) -> Iterator[tuple[Overfull, Finding]]:
        for number, municipality in round.municipality.items():
            limit = municipality.max_away
            if limit is None:
                continue
            for stretch in overfull(stays.from_home.get(number, ()), limit, heads=True):
                yield (
                    stretch,
                    finding(
                        N_(
                            "Municipality {municipality} can do without at most {limit} at the "
                            "same time, but {count} ({candidates}) are away from {first} to "
                            "{last}."
                        ),
                        rule=self.id,
                        municipality=number,
                        limit=limit,
                        count=len(stretch.candidate_ids),
                        candidates=stretch.candidate_ids,
                        first=stretch.first,
                        last=stretch.last,
                    ),
                )


def _locked(round: Round, number: str) -> list[tuple[date, date]]:
    """The days when locks keep each of the municipality's candidates away, each day once."""
    away: list[tuple[date, date]] = []
    for candidate_id, locks in round.locks_of.items():
        if round.candidate[candidate_id].municipality != number:
            continue
        last = date.min
        for lock in locks:
            if lock.end > last:
                away.append((max(lock.start, last + DAY), lock.end))
                last = lock.end
    return away
