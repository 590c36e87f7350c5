"""Changes of a round that would help one candidate: what each does, and how small it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from models.base import Noun
from models.candidate import Candidate, SplitWish
from models.explanation import (
    Change,
    LimitChange,
    OpennessChange,
    PairChange,
    PositionChange,
    WaiverChange,
    WindowChange,
    WishChange,
)
from models.lock import Lock
from models.round import Round
from models.vacancy import DepartmentKey, Vacancy
from models.waiver import Pair, Waiver
from scheduler.listing.options import choices_of
from scheduler.problem.calendar import add_months
from scheduler.problem.case import Case, Choices
from scheduler.problem.option import may_split, meets, unbroken
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import ACCEPTANCE, AGREEMENT

T = TypeVar("T")

# Changes that give nobody other options.
OF_ROOM = PositionChange | LimitChange | PairChange

# A window so many days longer is a smaller change than asking the candidate for anything.
_FEW_DAYS = 31


def with_changes(round: Round, who: str, changes: Sequence[Change]) -> Round:
    """The round with all the changes; raises KeyError, TypeError or ValueError if it has nothing
    that they could be made in.
    """
    for change in changes:
        round = _with(round, who, change)
    return round


def whose(who: str, changes: Sequence[Change]) -> str:
    """The candidate, if any of the changes is about a candidate; else nobody (""), for then they
    are the same whoever they are to help.
    """
    about_places = all(isinstance(c, WindowChange | OF_ROOM) for c in changes)
    return "" if about_places else who


def changed_case(case: Case, windows: Windows, who: str, changes: Sequence[Change]) -> Case:
    """The case with all the changes (see `whose`); `windows` are those of the case.

    A window gives others choices too, a position nobody.
    """
    round = with_changes(case.round, who, changes)
    moved = [c.vacancy_id for c in changes if isinstance(c, WindowChange)]
    if moved:
        windows = Windows(round.vacancies)
    choices = Relisted(case.choices, round, windows, [who], moved)
    return replace(case, round=round, choices=choices)


def case_without(case: Case, lock: Lock) -> Case:
    """The case without a lock; whoever had it may be open again."""
    round = case.round.swapped(locks=[k for k in case.round.locks if k is not lock])
    moved = [lock.vacancy_id] if lock.vacancy_id in round.vacancy else []
    windows = Windows(round.vacancies)
    choices = Relisted(case.choices, round, windows, [lock.candidate_id], moved)
    return replace(case, round=round, choices=choices)


class Relisted(Mapping[str, Choices]):
    """Everybody's choices; those that a change may touch are listed anew once they are asked for:
    of these people, and of those whom a vacancy may concern that has another window or other locks.
    """

    def __init__(
        self,
        known: Mapping[str, Choices],
        round: Round,
        windows: Windows,
        people: Collection[str],
        moved: Collection[str],
    ) -> None:
        self._known = known
        self._round = round
        self._windows = windows
        self._people = people
        self._moved = [round.vacancy[number] for number in moved]
        self._listed: dict[str, Choices] = {}

    def __iter__(self) -> Iterator[str]:
        return (c.candidate_id for c in self._round.open_candidates)

    def __len__(self) -> int:
        return len(self._round.open_candidates)

    def __getitem__(self, who: str) -> Choices:
        if who not in self._listed:
            self._listed[who] = self._list(who)
        return self._listed[who]

    def _list(self, who: str) -> Choices:
        if who in self._people or any(self._may_concern(who, v) for v in self._moved):
            return choices_of(self._round, self._round.candidate[who], self._windows)
        return self._known[who]

    def _may_concern(self, who: str, vacancy: Vacancy) -> bool:
        """Whether there may be an agreement for the vacancy, and a wish matches it, it would be
        accepted, or half of it may make another half count.
        """
        trusts = AGREEMENT.trusts(self._round, self._round.candidate[who])
        if trusts is not None and vacancy.trust not in trusts:
            return False
        option = unbroken(who, vacancy, vacancy.start, 1)
        wished = any(
            meets(self._round, row, option.segments[0]) for row in self._round.ranked.get(who, ())
        )
        halves = may_split(self._round, self._round.candidate[who])
        return wished or halves or ACCEPTANCE.refuses(self._round, option) is None


def _with(round: Round, who: str, change: Change) -> Round:
    match change:
        case PositionChange(vacancy_id=number):
            vacancy = round.vacancy[number]
            wider = vacancy.model_copy(update={"positions": vacancy.positions + 1})
            return round.with_row("vacancies", vacancy, wider)
        case WindowChange(vacancy_id=number, first=first, last=last):
            vacancy = round.vacancy[number]
            longer = vacancy.model_copy(update={"start": first, "end": last})
            return round.with_row("vacancies", vacancy, longer)
        case LimitChange(column=column, place=place):
            row = _limited(round, place)
            raised = row.model_copy(update={column: getattr(row, column) + 1})
            return round.with_row(row.sheet, row, raised)
        case PairChange(to=to):
            (pair,) = _rows_of(round, change)
            if to == "alone":
                return round.with_row(pair.sheet, pair, pair.model_copy(update={"alone_ok": True}))
            return round.swapped(**{pair.sheet: [p for p in round.pairs if p is not pair]})
        case WaiverChange(rule=rule):
            return with_waiver(round, who, rule)
        case OpennessChange() | WishChange():
            candidate = round.candidate[who]
            other = candidate.model_copy(update=_wishing(candidate, change))
            return round.with_row("candidates", candidate, other)


def _limited(round: Round, place: Sequence[str]) -> Noun:
    """The row of a municipality (its number) or a department (its key)."""
    if len(place) == 1:
        return round.municipality[place[0]]
    return round.department[DepartmentKey(*place)]


def _rows_of(round: Round, change: PairChange) -> list[Pair]:
    """The rows that a change of a pair is about."""
    own = (change.candidate_a, change.candidate_b, change.pair)
    return [p for p in round.pairs if (p.candidate_a, p.candidate_b, p.kind) == own]


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
    return round.swapped(waivers=(*round.waivers, waiver))


def size(round: Round, change: Change) -> tuple[int, int]:
    """How large a change is: its kind, and how much of it.

    The smallest is a few days of a window; then what the candidate alone can say yes to, an
    earlier or later wish, a limit raised by one, a longer window, a position, a pair that is set
    aside, and at last a waiver.
    """
    match change:
        case WindowChange(vacancy_id=number, first=first, last=last):
            vacancy = round.vacancy[number]
            days = (vacancy.start - first).days + (last - vacancy.end).days
            return (0 if days <= _FEW_DAYS else 6), days
        case OpennessChange(to=to):
            return 1 + ("departments", "sites", "split").index(to), 0
        case WishChange(months=months):
            return 4, abs(months)
        case LimitChange():
            return 5, 0
        case PositionChange():
            return 7, 0
        case PairChange():
            return 8, 0
        case WaiverChange():
            return 9, 0
