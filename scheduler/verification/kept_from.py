"""What a statement says of somebody else's service, told a second time: the placement is put beside
everybody else's, and every rule about several is asked which it breaks.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from models.explanation import BestEntry, ObstacleEntry
from models.finding import Finding
from models.placement import Placement
from models.round import Round
from scheduler.listing.soundness import possible
from scheduler.problem.case import Case
from scheduler.problem.option import department_of
from scheduler.rules.catalogue import ORDER, TOGETHER
from scheduler.rules.order_line import RULE
from scheduler.rules.pairs import STATED, Apart, Pairs

# A limit: the rule, for pairs how it is broken, and the place and number, or the other one.
_Limit = tuple[str, str, tuple[object, ...]]

# What tells places and limits apart in the sentences of rules.
_PLACES = ("vacancy", "department", "site", "municipality")
# The ways of a pair, by what a violation of it tells.
_WAYS = {"placed": Apart.ALONE, "first": Apart.SAME_DAYS, "sites": Apart.SITES}


def is_kept_from(
    case: Case, placements: Sequence[Placement], best: BestEntry, without: str = ""
) -> bool:
    """Whether the placement is one that its candidate can have by themselves, and these obstacles
    are all that keeps them from it beside everybody else's, one candidate's apart.
    """
    placement = best.placement.placement()
    if not possible(case, [placement]):
        return False
    gone = {placement.candidate_id, without}
    others = [p for p in placements if p.candidate_id not in gone]
    true = _reached(case, others, placement)
    told = {_told(o): {*o.people} for o in best.obstacles if o.finding.rule != RULE}
    if true or told:
        once = all(o.people == sorted({*o.people}) for o in best.obstacles)
        return told == true and len(best.obstacles) == len(true) and once
    broken = [(b.first, b.second) for b in ORDER.broken(case, [*others, placement])]
    if not broken or len(best.obstacles) != 1:
        return not broken and not best.obstacles
    return _passed_over(best.obstacles[0]) in broken


def _passed_over(obstacle: ObstacleEntry) -> tuple[str, str] | None:
    """Whom the placement is said to pass over, and for whose sake."""
    values = dict(obstacle.finding.finding().values)
    two = (str(values.get("candidate")), str(values.get("behind")))
    return two if obstacle.people == sorted(two) else None


def _reached(
    case: Case, others: Sequence[Placement], placement: Placement
) -> dict[_Limit, set[str]]:
    """The limits that too many would reach with the placement, and the pairs it would break."""
    who = placement.candidate_id
    near = [p for p in others if _near(case.round, p, placement)]
    found: dict[_Limit, set[str]] = {}
    for rule in TOGETHER:
        for broken in rule.violations(case, [*near, placement]):
            people = _people(broken)
            if who in people:
                found.setdefault(_limit(broken, people - {who}), set()).update(people - {who})
    return found


def _near(round: Round, other: Placement, placement: Placement) -> bool:
    """Whether a rule about several, the order apart, can be about both."""
    who, whose = placement.candidate_id, other.candidate_id
    departments = {department_of(round, s) for s in placement.bare}
    return (
        round.candidate[who].municipality == round.candidate[whose].municipality
        or any(department_of(round, s) in departments for s in other.bare)
        or any({who, whose} == {p.candidate_a, p.candidate_b} for p in round.pairs)
    )


def _people(broken: Finding) -> set[str]:
    values = dict(broken.values)
    if broken.rule == Pairs.id:
        return {value for value in values.values() if isinstance(value, str)}
    people = values.get("candidates")
    return {*people} if isinstance(people, tuple) else set()


def _limit(broken: Finding, others: set[str]) -> _Limit:
    """The rule and its limit; of pairs how they are broken, and with whom."""
    values = dict(broken.values)
    if broken.rule == Pairs.id:
        way = next(way for name, way in _WAYS.items() if name in values)
        return broken.rule, STATED[way], tuple(others)
    limit = values.get("limit", values.get("positions"))
    return broken.rule, "", (*(values.get(name) for name in _PLACES), limit)


def _told(obstacle: ObstacleEntry) -> _Limit:
    told = obstacle.finding.finding()
    if told.rule == Pairs.id:
        return told.rule, told.message, tuple(obstacle.people)
    values = dict(told.values)
    return told.rule, "", (*(values.get(name) for name in _PLACES), values.get("limit"))


def free_positions(
    round: Round, placements: Sequence[Placement], vacancy_id: str, first: date, last: date
) -> int:
    """The fewest positions of a vacancy that are free on any of the days; negative where too many
    are there.
    """
    here = list(_service(round, placements, vacancy_id))
    days = {first, *(day for day, _ in here if first < day <= last)}
    most = max(sum(one <= day <= end for one, end in here) for day in days)
    return round.vacancy[vacancy_id].positions - most


def _service(
    round: Round, placements: Sequence[Placement], vacancy_id: str
) -> Iterator[tuple[date, date]]:
    for lock in round.locks_in.get(vacancy_id, ()):
        yield lock.start, lock.end
    for placement in placements:
        for segment in placement.bare:
            if segment.vacancy_id == vacancy_id:
                yield segment.start, segment.end
