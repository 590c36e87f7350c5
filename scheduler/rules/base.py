"""What a rule is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, ClassVar

from models.candidate import Candidate
from models.conflict import Conflict
from models.finding import Finding
from models.placement import Placement, Segment
from models.round import Round
from scheduler.problem.case import Case
from scheduler.problem.option import Option, locked_options
from scheduler.program.program import Program
from scheduler.rules.occupancy import Beside


class Level(IntEnum):
    """What a refusal depends on, so that options can be listed without needless work."""

    CANDIDATE = 0
    VACANCY = 1
    DAY = 2


@dataclass(frozen=True, slots=True)
class MoreRoom:
    """A round in which a limit is wider, in words; it may touch the options of those whom these
    vacancies may concern.
    """

    finding: Finding
    round: Round
    vacancies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What a rule about several holds against a new placement: where (as the rule knows it), and
    who is there; nobody, where a limit is 0.
    """

    rule: str
    where: Any
    people: frozenset[str]


# What is in the way of these segments together.
InTheWay = Callable[[Sequence[Segment]], list[Obstacle]]


class Rule:
    """A rule of SPEC section 4. The docstring of a rule is the sentence people read.

    `refuses` judges one option; `constrain` writes rows about several; `violations` tells the
    same about a finished plan, without the rows; `conflicts` says where the locks break it, and
    `more_room` what would widen a limit then; `in_the_way` says what keeps a candidate from an
    option, and `stated` the limit behind that. A rule need not have all of them.
    """

    id: ClassVar[str]
    # What people call that which the rule asks for, as in "a waiver of the requirement of …".
    name: ClassVar[str]
    # Of a rule about one option: that it shuts some {vacancies} out, and what to do in the {sheet}.
    shuts_out: ClassVar[str]
    cure: ClassVar[str]
    waivable: ClassVar[bool] = False
    judges_locks: ClassVar[bool] = False
    # Whether each lock is judged by itself, or all of a candidate's as one service.
    each_lock: ClassVar[bool] = False
    level: ClassVar[Level] = Level.DAY

    def refuses(self, round: Round, option: Option) -> Finding | None:
        """Why the option breaks the rule; None if it does not. Waivers are not looked at."""
        return None

    def refuses_listed(self, round: Round, option: Option) -> Finding | None:
        """Like `refuses`, for an option that was listed, and so begins on a possible first day."""
        return self.refuses(round, option)

    def refuses_locked(self, round: Round, option: Option) -> Finding | None:
        """Why locks break the rule; None where it does not judge them, or is waived."""
        if not self.judges_locks or (self.waivable and round.waives(option.candidate_id, self.id)):
            return None
        return self.refuses(round, option)

    def may_begin(self, round: Round, candidate: Candidate) -> tuple[date, date]:
        """The first and the last day on which service may begin, so far as they depend on the
        candidate alone.
        """
        return date.min, date.max

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

    def more_room(self, round: Round, conflict: Conflict) -> Iterator[MoreRoom]:
        """What would make room for all that a conflict of this rule is about."""
        return iter(())

    def within_fits(self, round: Round) -> bool:
        """Whether service within the days and the vacancies of other service always has room once
        that is given up, whoever has it; the municipal order leans on it.
        """
        return True

    def in_the_way(self, beside: Beside) -> InTheWay | None:
        """What is in the way of the new segments of a candidate beside everybody else's service;
        None if the rule is about nothing of the kind, or not about this candidate.
        """
        return None

    def stated(self, round: Round, where: Any) -> Finding:
        """The limit that is in somebody's way, and the sheet it stands in, naming nobody."""
        raise NotImplementedError
