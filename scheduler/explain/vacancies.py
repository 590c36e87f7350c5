"""Why positions of a vacancy are unused for a time, and who could be asked."""

from collections.abc import Iterator
from functools import cached_property

from models.candidate import Candidate, SplitWish
from models.explanation import UnusedEntry
from models.placement import Segment, Shape
from models.round import Round
from models.vacancy import Vacancy
from scheduler.calendar import add_months, holds
from scheduler.deadlines import Free, free_stretches
from scheduler.explain.standing import Standing, ranked
from scheduler.option import Option, Part, possible_first_days
from scheduler.options import SINGLE, segment_of
from scheduler.rules import ACCEPTANCE, CEILING, OPTION_RULES

_BUT_FIT = tuple(r for r in OPTION_RULES if r.id != "fit")
_BUT_WISHES = tuple(r for r in OPTION_RULES if r not in (ACCEPTANCE, CEILING))


class Unused:
    """Explains the unused days of vacancies."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._round = standing.case.round

    def entries(self) -> Iterator[UnusedEntry]:
        """One for every stretch of unused days, in the order of vacancies."""
        for vacancy in self._round.vacancies:
            for free in free_stretches(self._round, self._standing.placements, vacancy):
                reason, people = self._why(vacancy, free)
                yield UnusedEntry.model_validate(
                    {
                        "vacancy_id": vacancy.vacancy_id,
                        "first": free.first,
                        "last": free.last,
                        "positions": free.positions,
                        "reason": reason,
                        "people": sorted(people),
                    }
                )

    def _why(self, vacancy: Vacancy, free: Free) -> tuple[str, list[str]]:
        wanting = [
            who
            for who, own in self._wanting.get(vacancy.vacancy_id, {}).items()
            if any(free.first <= s.start and s.end <= free.last for s in own)
        ]
        if wanting:
            waiting = [who for who in wanting if not self._is_better_placed(who, vacancy, free)]
            if not waiting:
                return "better_placed", wanting
            held = all(self._is_held_back(who, vacancy, free) for who in waiting)
            return "held_back" if held else "not_examined", waiting
        needing_more = [c.candidate_id for c in self._needing_more(vacancy, free)]
        if needing_more or not holds(free.first, free.last, self._shortest):
            return "too_short", needing_more
        eligible = [c for c in self._round.open_candidates if self._could(c, vacancy, free)]
        hard = self._round.policy.hard_points
        placed = self._standing.placed
        asked = [
            c.candidate_id
            for c in eligible
            if c.candidate_id not in placed or placed[c.candidate_id].points >= hard
        ]
        return ("nobody_wants", asked) if eligible else ("nobody_eligible", [])

    def _needing_more(self, vacancy: Vacancy, free: Free) -> Iterator[Candidate]:
        """Those without a place who would come, were the days not too few for them."""
        round = self._round
        for candidate in round.open_candidates:
            who = candidate.candidate_id
            if who in self._standing.placed:
                continue
            months = _months(round, candidate)
            if holds(free.first, free.last, min(months)):
                continue
            longer = vacancy.model_copy(update={"end": add_months(vacancy.end, 6)})
            rules = [r for r in _BUT_FIT if not round.waives(who, r.id)]
            for day in possible_first_days(round, who, longer, months[0]):
                segment = segment_of(vacancy, day, months[0])
                shape = SINGLE.get(months[0], Shape.OTHER)
                option = Option(who, shape, Part.WHOLE, (segment,))
                there = free.first <= day <= free.last
                if there and all(r.refuses(round, option) is None for r in rules):
                    yield candidate
                    break

    @cached_property
    def _wanting(self) -> dict[str, dict[str, list[Segment]]]:
        """By vacancy, who has options with segments there."""
        found: dict[str, dict[str, list[Segment]]] = {}
        for who, own in self._standing.case.choices.items():
            for choice in (*own.whole, *own.firsts, *own.seconds):
                for segment in choice.option.segments:
                    found.setdefault(segment.vacancy_id, {}).setdefault(who, []).append(segment)
        return found

    @cached_property
    def _shortest(self) -> int:
        """The fewest months that anybody can serve in one vacancy."""
        months = (min(_months(self._round, c)) for c in self._round.open_candidates)
        return min(months, default=6)

    def _there(self, who: str, vacancy: Vacancy, free: Free) -> Iterator[tuple[Option, int]]:
        """The candidate's placements that would use some of the days, the fewest points first."""
        for option, points in ranked(self._standing.case, who, self._standing.obstacles(who)):
            for segment in option.segments:
                there = segment.vacancy_id == vacancy.vacancy_id
                if there and free.first <= segment.start and segment.end <= free.last:
                    yield option, points
                    break

    def _is_better_placed(self, who: str, vacancy: Vacancy, free: Free) -> bool:
        now = self._standing.placed.get(who)
        if now is None:
            return False
        return all(now.points <= points for _, points in self._there(who, vacancy, free))

    def _is_held_back(self, who: str, vacancy: Vacancy, free: Free) -> bool:
        """Whether caps, cover, pairs or the municipal order leave no room for anything better."""
        now = self._standing.placed.get(who)
        return not any(
            self._standing.has_room(who, option)
            for option, points in self._there(who, vacancy, free)
            if now is None or points < now.points
        )

    def _could(self, candidate: Candidate, vacancy: Vacancy, free: Free) -> bool:
        """Whether the candidate could serve on the days, if they wished to."""
        round, who = self._round, candidate.candidate_id
        if any(row.matches(*vacancy.department_key) for row in round.never.get(who, ())):
            return False
        rules = [r for r in _BUT_WISHES if not round.waives(who, r.id)]
        for months in _months(round, candidate):
            whole = months == candidate.remaining_months
            shape = SINGLE.get(months, Shape.OTHER) if whole else Shape.SPLIT
            for part in (Part.WHOLE,) if whole else (Part.FIRST, Part.SECOND):
                second = part is Part.SECOND
                days = possible_first_days(round, who, vacancy, months, second_half=second)
                for day in days:
                    segment = segment_of(vacancy, day, months)
                    option = Option(who, shape, part, (segment,))
                    if (
                        free.first <= day
                        and segment.end <= free.last
                        and all(r.refuses_listed(round, option) is None for r in rules)
                    ):
                        return True
        return False


def _months(round: Round, candidate: Candidate) -> list[int]:
    """How long the candidate can serve in one vacancy, in months."""
    own = candidate.remaining_months
    may_split = own == 6 and round.policy.allow_split and candidate.split is not SplitWish.NO
    return [own, 3] if may_split else [own]
