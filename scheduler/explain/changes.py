"""Changes of a round that would help one candidate: what each does, and how small it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from models.candidate import Candidate, SplitWish
from models.explanation import (
    Change,
    OpennessChange,
    PositionChange,
    WaiverChange,
    WindowChange,
    WishChange,
)
from models.round import Round
from models.vacancy import Vacancy
from models.waiver import Waiver
from scheduler.calendar import add_months
from scheduler.case import Case
from scheduler.option import unbroken
from scheduler.options import Windows, choices_of
from scheduler.rules import ACCEPTANCE

T = TypeVar("T")

# A window so many days longer is a smaller change than asking the candidate for anything.
_FEW_DAYS = 31


def with_changes(round: Round, who: str, changes: Sequence[Change]) -> Round:
    """The round with all the changes; raises KeyError if it has no such vacancy."""
    for change in changes:
        round = _with(round, who, change)
    return round


def changed_case(case: Case, who: str, changes: Sequence[Change]) -> Case:
    """The case with all the changes; `who` does not matter if all are of windows or positions.

    A window gives others choices too, a position nobody.
    """
    round = with_changes(case.round, who, changes)
    own = any(not isinstance(c, PositionChange | WindowChange) for c in changes)
    people = {who} if own else set()
    for change in changes:
        if isinstance(change, WindowChange):
            people |= _interested(round, round.vacancy[change.vacancy_id])
    windows = Windows(round)
    listed = {w: choices_of(round, round.candidate[w], windows) for w in sorted(people)}
    return replace(case, round=round, choices={**case.choices, **listed})


def _interested(round: Round, vacancy: Vacancy) -> set[str]:
    """Those whose choices can depend on the vacancy: a wish of theirs matches it, or they would
    accept it.
    """
    found = set()
    for candidate in round.open_candidates:
        who = candidate.candidate_id
        option = unbroken(who, vacancy, vacancy.start, 1)
        wished = any(r.matches(*vacancy.department_key) for r in round.ranked.get(who, ()))
        if wished or ACCEPTANCE.refuses(round, option) is None:
            found.add(who)
    return found


def _with(round: Round, who: str, change: Change) -> Round:
    match change:
        case PositionChange(vacancy_id=number):
            vacancy = round.vacancy[number]
            wider = vacancy.model_copy(update={"positions": vacancy.positions + 1})
            return round.changed(vacancies=swapped(round.vacancies, vacancy, wider))
        case WindowChange(vacancy_id=number, first=first, last=last):
            vacancy = round.vacancy[number]
            longer = vacancy.model_copy(update={"start": first, "end": last})
            return round.changed(vacancies=swapped(round.vacancies, vacancy, longer))
        case WaiverChange(rule=rule):
            return with_waiver(round, who, rule)
        case OpennessChange() | WishChange():
            candidate = round.candidate[who]
            other = candidate.model_copy(update=_wishing(candidate, change))
            return round.changed(candidates=swapped(round.candidates, candidate, other))


def _wishing(candidate: Candidate, change: OpennessChange | WishChange) -> dict[str, object]:
    """The candidate's fields that the change changes."""
    match change:
        case OpennessChange(to="split"):
            return {"split": SplitWish.ACCEPT}
        case OpennessChange(to=where):
            return {f"open_to_other_{where}": True}
        case WishChange(months=months):
            latest = candidate.wished_start_latest
            return {
                "wished_start": add_months(candidate.wished_start, months),
                "wished_start_latest": None if latest is None else add_months(latest, months),
                "first_wished_start": candidate.first_wish,
            }


def with_waiver(round: Round, who: str, rule: str) -> Round:
    """The round with one more waiver of a rule, as yet approved by nobody."""
    waiver = Waiver(
        candidate_id=who, rule=rule, approved_by="-", approved_on=round.run_date, reason="-"
    )
    return round.changed(waivers=(*round.waivers, waiver))


def swapped(rows: Sequence[T], old: T, new: T) -> tuple[T, ...]:
    """The rows with one in place of another."""
    return tuple(new if row is old else row for row in rows)


def size(round: Round, change: Change) -> tuple[int, int]:
    """How large a change is: its kind, and how much of it.

    The smallest is a few days of a window; then what the candidate alone can say yes to, an
    earlier or later wish, a longer window, a position, and at last a waiver.
    """
    match change:
        case WindowChange(vacancy_id=number, first=first, last=last):
            vacancy = round.vacancy[number]
            days = (vacancy.start - first).days + (last - vacancy.end).days
            return (0 if days <= _FEW_DAYS else 5), days
        case OpennessChange(to=to):
            return 1 + ("departments", "sites", "split").index(to), 0
        case WishChange(months=months):
            return 4, abs(months)
        case PositionChange():
            return 6, 0
        case WaiverChange():
            return 7, 0
