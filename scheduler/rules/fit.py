"""Rule fit."""

from collections.abc import Iterator

from models.conflict import Conflict
from models.finding import N_, Finding, SheetName, finding
from models.lock import Lock
from models.placement import Segment, Shape
from models.round import Round
from models.vacancy import Vacancy
from scheduler.problem.calendar import DAY, add_months, holds, last_day
from scheduler.problem.option import (
    Option,
    Part,
    department_of,
    may_pair,
    may_split,
    possible_first_days,
)
from scheduler.rules.base import MoreRoom, Rule


class Fit(Rule):
    """Each segment lies within its vacancy, begins on a possible first day and after the
    candidate's own locks; two segments belong together as joined or as three plus three.
    """

    id = "fit"
    name = N_("the requirement that service fits into the vacancy")
    shuts_out = N_(
        "{vacancies}: service there would begin before the places that are promised "
        "in the sheet {sheet} end, or too long after."
    )
    cure = Lock.sheet
    judges_locks = True
    each_lock = True

    def refuses(self, round: Round, option: Option) -> Finding | None:
        if option.part is Part.LOCKED:
            return self._outside(round, option)
        return (
            self._outside(round, option)
            or self._wrong_shape(round, option)
            or self._wrong_first_day(round, option)
            or self._wrong_after_locks(round, option)
        )

    def refuses_listed(self, round: Round, option: Option) -> Finding | None:
        return self._wrong_after_locks(round, option)

    def more_room(self, round: Round, conflict: Conflict) -> Iterator[MoreRoom]:
        """A window long enough for the promise."""
        (who,) = conflict.candidate_ids
        for lock in round.locks_of[who]:
            vacancy = round.vacancy.get(lock.vacancy_id)
            own = (lock.start, lock.end) == (conflict.first, conflict.last)
            if own and vacancy is not None and lock.vacancy_id in conflict.vacancy_ids:
                start, end = min(vacancy.start, lock.start), max(vacancy.end, lock.end)
                wider = vacancy.model_copy(update={"start": start, "end": end})
                yield MoreRoom(
                    finding(
                        N_("Vacancy {vacancy} lasts from {first} to {last}."),
                        vacancy=vacancy.vacancy_id,
                        first=start,
                        last=end,
                    ),
                    round.with_row("vacancies", vacancy, wider),
                    (vacancy.vacancy_id,),
                )

    def _outside(self, round: Round, option: Option) -> Finding | None:
        for segment in option.segments:
            vacancy = round.vacancy.get(segment.vacancy_id)
            if vacancy is None:
                return finding(
                    N_(
                        "Vacancy {vacancy} is not in the sheet {sheet}: either it is gone, or its "
                        "id is mistyped in the sheet {locks}."
                    ),
                    rule=self.id,
                    vacancy=segment.vacancy_id,
                    sheet=SheetName(Vacancy.sheet),
                    locks=SheetName(Lock.sheet),
                )
            if not vacancy.start <= segment.start <= segment.end <= vacancy.end:
                return finding(
                    N_(
                        "Service {start} to {end} does not lie within vacancy {vacancy}, "
                        "{first} to {last}."
                    ),
                    rule=self.id,
                    start=segment.start,
                    end=segment.end,
                    vacancy=vacancy.vacancy_id,
                    first=vacancy.start,
                    last=vacancy.end,
                )
        return None

    def _wrong_shape(self, round: Round, option: Option) -> Finding | None:
        if any(s.end != last_day(s.start, s.months) for s in option.segments):
            return finding(N_("The last day does not follow from the months."), rule=self.id)
        candidate = round.candidate[option.candidate_id]
        months = [s.months for s in option.segments]
        remaining = candidate.remaining_months
        match option.shape, option.part, months:
            case (Shape.SIX, Part.WHOLE, [6]) | (Shape.REST, Part.WHOLE, [3]):
                return None
            case Shape.OTHER, Part.WHOLE, [n] if n == remaining and n not in (0, 3, 6):
                return None
            case Shape.JOINED, Part.WHOLE, [m, n] if m + n == 6 and min(m, n) > 0:
                if self._is_joined(round, *option.segments):
                    return None
            case Shape.SPLIT, _, [3, 3] | [3]:
                whole = option.part is Part.WHOLE
                if (
                    may_split(round, candidate)
                    and whole == (len(months) == 2)
                    and (not whole or may_pair(round, *option.segments))
                ):
                    return None
        return finding(N_("The segments do not make a placement together."), rule=self.id)

    def _is_joined(self, round: Round, first: Segment, second: Segment) -> bool:
        windows = (round.vacancy[first.vacancy_id], round.vacancy[second.vacancy_id])
        return (
            department_of(round, first) == department_of(round, second)
            and first.vacancy_id != second.vacancy_id
            and second.start == first.end + DAY
            and not any(holds(w.start, w.end, 6) for w in windows)
        )

    def _wrong_first_day(self, round: Round, option: Option) -> Finding | None:
        for index, segment in enumerate(option.segments):
            if option.shape is Shape.JOINED and index == 1:
                continue  # follows directly on the first
            second_half = option.shape is Shape.SPLIT and (option.part is Part.SECOND or index == 1)
            vacancy = round.vacancy[segment.vacancy_id]
            days = possible_first_days(
                round, option.candidate_id, vacancy, segment.months, second_half=second_half
            )
            if segment.start not in days:
                return finding(
                    N_("{day} is not a possible first day in vacancy {vacancy}."),
                    rule=self.id,
                    day=segment.start,
                    vacancy=segment.vacancy_id,
                )
        return None

    def _wrong_after_locks(self, round: Round, option: Option) -> Finding | None:
        locks = round.locks_of.get(option.candidate_id, ())
        if not locks:
            return None
        last = max(lock.end for lock in locks)
        start = option.segments[0].start
        if start <= last:
            return finding(
                N_(
                    "The first day, {day}, is not after the candidate's locked service, which "
                    "ends on {last}."
                ),
                rule=self.id,
                day=start,
                last=last,
            )
        latest = add_months(last + DAY, round.policy.max_gap_months)
        if option.shape is Shape.REST and start > latest:
            return finding(
                N_("The first day, {day}, is after {latest}, too long after the locked service."),
                rule=self.id,
                day=start,
                latest=latest,
            )
        return None
