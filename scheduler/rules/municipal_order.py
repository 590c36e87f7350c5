"""Rule municipal-order."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.finding import N_, Finding, finding
from models.placement import Placement
from scheduler.days import Stays
from scheduler.obstacles import Obstacles, by_points
from scheduler.option import Option
from scheduler.priority import RULE, those_after
from scheduler.rules.base import Rule
from scheduler.rules.order.rows import OrderRows

if TYPE_CHECKING:
    from scheduler.case import Case
    from scheduler.program import Program


class MunicipalOrder(Rule):
    """Nobody could have been served better even if nobody after them in the municipality's
    order had been placed, where both are ready at about the same time.
    """

    id = RULE
    waivable = True

    def constrain(self, program: "Program") -> None:
        program.lazy.append(OrderRows(program).broken_by)

    def violations(self, case: "Case", placements: Sequence[Placement]) -> Iterator[Finding]:
        for broken in broken_orders(case, placements):
            segment = broken.option.segments[0]
            if broken.points_now is None:
                yield finding(
                    N_(
                        "{candidate} is not placed, but could have had {vacancy} from {first} if "
                        "those who go after had not been placed ({behind})."
                    ),
                    rule=self.id,
                    candidate=broken.candidate_id,
                    vacancy=segment.vacancy_id,
                    first=segment.start,
                    behind=broken.behind,
                )
            else:
                yield finding(
                    N_(
                        "{candidate} has {points} points, but could have had {vacancy} from "
                        "{first} with {better} points if those who go after had not been placed "
                        "({behind})."
                    ),
                    rule=self.id,
                    candidate=broken.candidate_id,
                    points=broken.points_now,
                    vacancy=segment.vacancy_id,
                    first=segment.start,
                    better=broken.points,
                    behind=broken.behind,
                )


@dataclass(frozen=True, slots=True)
class BrokenOrder:
    """Somebody who could have had a better option but for those who go after them.

    `points_now` is None for somebody unplaced; `behind` are those after them who stand in the
    option's way.
    """

    candidate_id: str
    option: Option
    points: int
    points_now: int | None
    behind: tuple[str, ...]


def broken_orders(
    case: "Case",
    placements: Sequence[Placement],
    among: Collection[str] | None = None,
    stays: Stays | None = None,
) -> Iterator[BrokenOrder]:
    """Everyone (or those `among` them) whose order the plan breaks, each with their best such
    option (SPEC 4c). `stays` are those of the placements, if they are known.
    """
    points_of = {p.candidate_id: p.points for p in placements}
    stays = stays or Stays(case.round, placements)
    for who, after in those_after(case.round).items():
        if among is not None and who not in among:
            continue
        behind = after & points_of.keys()
        now = points_of.get(who)
        if not behind or (now is not None and case.round.policy.municipal_order != "strict"):
            continue
        with_them = Obstacles(case.round, who, stays)
        without = Obstacles(case.round, who, stays, behind)
        for option, points in by_points(case, who, without, now):
            in_the_way = with_them.of(option)
            if in_the_way is not None and without.of(option) is None:
                stand = tuple(sorted(in_the_way & behind))
                yield BrokenOrder(who, option, points, now, stand)
                break
