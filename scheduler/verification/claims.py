"""What statements say of the plan itself, told a second time: from the placements, the options and
the sheets, without the room that explains.
"""

from collections.abc import Iterator, Sequence

from models.explanation import (
    ExplanationEntry,
    OpenWishEntry,
    TurnEntry,
    UnusedEntry,
)
from models.placement import Placement, Segment
from models.round import Round
from scheduler.problem.case import Case
from scheduler.problem.option import departments_of, meets
from scheduler.problem.waiting import waiting_quarters
from scheduler.rules.catalogue import TOGETHER
from scheduler.rules.obstacles import by_points
from scheduler.rules.order_line import those_after
from scheduler.verification.kept_from import free_positions, is_kept_from

# Segments with the points of their placement.
_Choice = tuple[tuple[Segment, ...], int]


def became_so(case: Case, placements: Sequence[Placement], entry: ExplanationEntry) -> bool:
    """Whether that came of a wish which is said to; of refusals, whether they are of the vacancies
    that the wish matches.
    """
    who, round = entry.candidate_id, case.round
    row = next((r for r in round.ranked.get(who, ()) if r.rank == entry.rank), None)
    if row is None or who not in case.choices:
        return False
    now = _of(placements, who)
    given = now is not None and any(meets(round, row, s) for s in now.bare)
    named = [v.vacancy_id for v in round.vacancies if row.matches(*v.department_key)]
    refused = [r.vacancy_id for r in entry.refusals] == (named if entry.outcome == "rule" else [])
    if not refused or (entry.best is None) != (entry.outcome != "taken"):
        return False
    best, fewest = entry.best, None
    if not given:
        matching = (
            points
            for option, points in by_points(case, who)
            if any(meets(round, row, s) for s in option.segments)
        )
        fewest = next(matching, None)
    match entry.outcome:
        case "given":
            return given
        case "rule":
            return not given and fewest is None
        case "own_better":
            return fewest is not None and now is not None and now.points <= fewest
        case "taken":
            return (
                best is not None
                and fewest is not None
                and best.placement.candidate_id == who
                and any(meets(round, row, s) for s in best.placement.placement().bare)
                and best.placement.points == fewest
                and (now is None or fewest < now.points)
                and is_kept_from(case, placements, best)
            )


def is_unused(case: Case, placements: Sequence[Placement], entry: UnusedEntry) -> bool:
    """Whether so many positions are free on all these days, and no more on some of them; that the
    people can get something new, and that those held back are kept from a placement there.
    """
    round = case.round
    if entry.vacancy_id not in round.vacancy or entry.last < entry.first:
        return False
    vacancy = round.vacancy[entry.vacancy_id]
    within = vacancy.start <= entry.first and entry.last <= vacancy.end
    free = free_positions(round, placements, entry.vacancy_id, entry.first, entry.last)
    held = [best.placement.candidate_id for best in entry.held]
    return (
        within
        and free == entry.positions > 0
        and entry.people == sorted({*entry.people})
        and {*entry.people} <= case.choices.keys()
        and held == (entry.people if entry.reason == "held_back" else [])
        and all(
            any(
                s.vacancy_id == entry.vacancy_id and entry.first <= s.start and s.end <= entry.last
                for s in best.placement.placement().bare
            )
            and _is_better(placements, best.placement.placement())
            and is_kept_from(case, placements, best)
            for best in entry.held
        )
        and (entry.reason != "better_placed" or all(_of(placements, w) for w in entry.people))
    )


def has_turn(case: Case, placements: Sequence[Placement], entry: TurnEntry) -> bool:
    """Whether the first goes before the second, who has that place, and what is said to be the
    reason is one; whose finding it is, is not asked.
    """
    round, now, place = case.round, _of(placements, entry.first), _of(placements, entry.second)
    if {entry.first, entry.second} - round.candidate.keys():
        return False
    homes = {round.candidate[w].municipality for w in (entry.first, entry.second)}
    facts = (
        homes == {entry.municipality}
        and (entry.best is not None) == (entry.outcome == "taken")
        and bool(entry.needing) == (entry.outcome == "needed")
        and (entry.finding is not None) == (entry.outcome in ("promised", "rule", "early"))
    )
    if not facts:
        return False
    if entry.outcome == "promised":
        return _goes_before(round, entry) and any(
            (k.vacancy_id, k.start) == (entry.vacancy_id, entry.start)
            for k in round.locks_of.get(entry.second, ())
        )
    if place is None or entry.second not in those_after(round).get(entry.first, ()):
        return False
    segment = place.bare[0]
    if (segment.vacancy_id, segment.start) != (entry.vacancy_id, entry.start):
        return False
    if entry.outcome == "needed":
        return entry.needing == sorted(_needing(case, placements, entry.second))
    if entry.outcome == "own_better":
        fewest = next(_there(case, entry), None)
        return fewest is not None and now is not None and now.points <= fewest[1]
    if entry.best is not None:
        best = entry.best.placement.placement()
        wished = round.candidate[entry.first].wished_start
        claims = (points for bare, points in _there(case, entry) if bare[0].start >= wished)
        return (
            best.candidate_id == entry.first
            and best.first_day >= wished
            and any(s.vacancy_id == entry.vacancy_id for s in best.bare)
            and best.points == next(claims, None)
            and _is_better(placements, best)
            and is_kept_from(case, placements, entry.best, without=entry.second)
        )
    return True


def _goes_before(round: Round, entry: TurnEntry) -> bool:
    """Whether somebody with a promise would come after the first, were they waiting too."""
    own = round.priority_of.get(entry.first)
    other = round.priority_of.get(entry.second)
    return own is not None and (other is None or own < other) and round.is_open(entry.first)


def _there(case: Case, entry: TurnEntry) -> Iterator[_Choice]:
    """What the first could have in the vacancy, the fewest points first."""
    for option, points in by_points(case, entry.first):
        if any(s.vacancy_id == entry.vacancy_id for s in option.segments):
            yield option.segments, points


def _needing(case: Case, placements: Sequence[Placement], second: str) -> set[str]:
    """Those who would be placed without somebody they may not be without, if the second were not
    placed.
    """
    others = [p for p in placements if p.candidate_id != second]
    found = [dict(f.values) for rule in TOGETHER for f in rule.violations(case, others)]
    alone = [{*values.values()} for values in found if values.get("other") == second]
    return {str(who) for people in alone for who in people - {second}}


def holds_open_wish(case: Case, placements: Sequence[Placement], entry: OpenWishEntry) -> bool:
    """Whether the holder has a placement that the wish matches, and has waited for fewer quarters
    and could take fewer departments, by these numbers.
    """
    round, who = case.round, entry.candidate_id
    row = next((r for r in round.ranked.get(who, ()) if r.rank == entry.rank), None)
    theirs = _of(placements, entry.holder)
    if row is None or theirs is None or not {who, entry.holder} <= case.choices.keys():
        return False

    def width(one: str) -> int:
        return len(departments_of(round, case.choices[one].options))

    return (
        any(meets(round, row, s) for s in theirs.bare)
        and (entry.quarters, entry.departments) == (waiting_quarters(round, who), width(who))
        and entry.holder_quarters == waiting_quarters(round, entry.holder) < entry.quarters
        and entry.holder_departments == width(entry.holder) < entry.departments
    )


def _of(placements: Sequence[Placement], who: str) -> Placement | None:
    """What somebody has."""
    return next((p for p in placements if p.candidate_id == who), None)


def _is_better(placements: Sequence[Placement], placement: Placement) -> bool:
    """Whether its candidate has nothing, or something with more points."""
    now = _of(placements, placement.candidate_id)
    return now is None or placement.points < now.points
