"""Rule capacity."""

from collections import defaultdict
from collections.abc import Iterator

from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.program.program import Program, Use
from scheduler.rules.base import LimitRule
from scheduler.rules.occupancy import Overfull, Stays, overfull


class Capacity(LimitRule):
    """On no day more candidates in a vacancy than it has positions; locks use them first."""

    id = "capacity"

    def constrain(self, program: Program) -> None:
        uses: defaultdict[str, list[Use]] = defaultdict(list)
        for use in program.uses():
            uses[use.segment.vacancy_id].append(use)
        for vacancy_id, here in sorted(uses.items()):
            locked = [(k.start, k.end) for k in program.round.locks_in.get(vacancy_id, ())]
            positions = program.round.vacancy[vacancy_id].positions
            program.limit_load(f"{self.id} {vacancy_id}", here, locked, positions)

    def too_many(self, round: Round, stays: Stays) -> Iterator[tuple[Overfull, Finding]]:
        for vacancy in round.vacancies:
            here = stays.in_vacancy.get(vacancy.vacancy_id, ())
            for stretch in overfull(here, vacancy.positions):
                yield (
                    stretch,
                    finding(
                        N_(
                            "Vacancy {vacancy} takes {positions} at a time, but has {count} "
                            "({candidates}) from {first} to {last}."
                        ),
                        rule=self.id,
                        vacancy=vacancy.vacancy_id,
                        positions=vacancy.positions,
                        count=len(stretch.stays),
                        candidates=stretch.candidate_ids,
                        first=stretch.first,
                        last=stretch.last,
                    ),
                )
