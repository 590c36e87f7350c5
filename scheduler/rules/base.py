"""What a rule is."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import ClassVar

from models.conflict import Conflict
from models.finding import Finding
from models.placement import Placement
from models.round import Round
from scheduler.problem.case import Case
from scheduler.problem.option import Option, locked_options
from scheduler.program.program import Program
from scheduler.rules.occupancy import Overfull, Stays


class Level(IntEnum):
    """What a refusal depends on, so that options can be listed without needless work."""

    CANDIDATE = 0
    VACANCY = 1
    DAY = 2


class Rule:
    """A rule of SPEC section 4. The docstring of a rule is the sentence people read.

    `refuses` judges one option; `constrain` writes rows about several; `violations` tells the
    same about a finished plan, without the rows; `conflicts` says where the locks break it. A
    rule need not have all of them.
    """

    id: ClassVar[str]
    waivable: ClassVar[bool] = False
    judges_locks: ClassVar[bool] = False
    # Whether each lock is judged by itself, or all of a candidate's as one service.
    each_lock: ClassVar[bool] = False
    level: ClassVar[Level] = Level.DAY

    def refuses(self, round: Round, option: Option) -> Finding | None:
        """Why the option breaks the rule; None if it does not. Waivers are not looked at."""
        return None

    def refuses_listed(self, round: Round, option: Option) -> Finding | None:
        """Like `refuses`, for an option listed by `scheduler.options`, which fits by birth."""
        return self.refuses(round, option)

    def refuses_locked(self, round: Round, option: Option) -> Finding | None:
        """Why locks break the rule; None where it does not judge them, or is waived."""
        if not self.judges_locks or (self.waivable and round.waives(option.candidate_id, self.id)):
            return None
        return self.refuses(round, option)

    def constrain(self, program: Program) -> None:
        """Write the rule's rows into the programme."""

    def violations(self, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
        """Where new placements, taken together and with the locks, break the rule."""
        return iter(())

    def conflicts(self, round: Round) -> Iterator[Conflict]:
        """Where the locks alone break the rule, if it judges locks."""
        if not self.judges_locks:
            return
        for candidate_id in sorted(round.locks_of):
            for option in locked_options(round, candidate_id, together=not self.each_lock):
                found = self.refuses_locked(round, option)
                if found is not None:
                    yield Conflict(
                        found,
                        (candidate_id,),
                        tuple(sorted({s.vacancy_id for s in option.segments})),
                        option.segments[0].start,
                        max(s.end for s in option.segments),
                    )


class LimitRule(Rule):
    """A rule about how many there may be in one place on a day; new placements and locks count
    alike.
    """

    judges_locks = True

    def too_many(self, round: Round, stays: Stays) -> Iterator[tuple[Overfull, Finding]]:
        """The days on which there are too many, each with what is said of them."""
        raise NotImplementedError

    def violations(self, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
        for stretch, found in self.too_many(case.round, Stays(case.round, placements)):
            if stretch.new:
                yield found

    def conflicts(self, round: Round) -> Iterator[Conflict]:
        for stretch, found in self.too_many(round, Stays(round, ())):
            yield stretch.conflict(found)
