"""Why positions of a vacancy are unused for a time, and who could be asked."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from models.candidate import Candidate
from models.explanation import BestEntry, Reason, UnusedEntry
from models.vacancy import Vacancy
from scheduler.explanations.answers.obstacles import best_of
from scheduler.explanations.standing import Standing
from scheduler.listing.deadlines import Free, free_stretches
from scheduler.listing.options import trials_in
from scheduler.problem.calendar import add_months, holds
from scheduler.problem.option import Option, possible_first_days, shortest_service, unbroken
from scheduler.problem.placing import make_placement
from scheduler.rules.catalogue import ACCEPTANCE, AGREEMENT, CEILING, FIT, OPTION_RULES
from scheduler.rules.obstacles import by_points
from scheduler.rules.occupancy import VACANCY

_BUT_FIT = tuple(r for r in OPTION_RULES if r is not FIT)
_BUT_WISHES = tuple(r for r in OPTION_RULES if r not in (ACCEPTANCE, CEILING))

# A vacancy's unused days.
_Days = tuple[str, Free]
# Why somebody who has options on them did not come; held back from the best of them, if no word.
_Cause = Literal["better_placed", "not_examined"] | BestEntry
# A placement, its points, and whether there is room for it.
_Placing = tuple[Option, int, bool]


class Unused:
    """Explains the unused days of vacancies."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._round = standing.case.round
        self._known: dict[str, list[Candidate]] = {}

    def entries(self) -> Iterator[UnusedEntry]:
        """One for every stretch of unused days, in the order of vacancies."""
        for vacancy in self._round.vacancies:
            for free in self._stretches[vacancy.vacancy_id]:
                reason, people = self._why(vacancy, free)
                causes = self._causes.get((vacancy.vacancy_id, free), {})
                held = (causes[w] for w in sorted(people)) if reason == "held_back" else ()
                yield UnusedEntry(
                    vacancy_id=vacancy.vacancy_id,
                    first=free.first,
                    last=free.last,
                    positions=free.positions,
                    reason=reason,
                    people=sorted(people),
                    held=[cause for cause in held if isinstance(cause, BestEntry)],
                )

    @cached_property
    def _stretches(self) -> dict[str, list[Free]]:
        today, stays = self._round.run_date, self._standing.stays.at(VACANCY)
        return {
            v.vacancy_id: free_stretches(today, v, stays[v.vacancy_id])
            for v in self._round.vacancies
        }

    def _why(self, vacancy: Vacancy, free: Free) -> tuple[Reason, list[str]]:
        causes = self._causes.get((vacancy.vacancy_id, free), {})
        waiting = [who for who, cause in causes.items() if cause != "better_placed"]
        if waiting:
            held = all(isinstance(causes[who], BestEntry) for who in waiting)
            return "held_back" if held else "not_examined", waiting
        if causes:
            return "better_placed", list(causes)
        needing_more = [c.candidate_id for c in self._needing_more(vacancy, free)]
        if needing_more or not holds(free.first, free.last, shortest_service(self._round)):
            return "too_short", needing_more
        near = self._near(vacancy.trust)
        eligible = [c for c in near if self._could(c, vacancy, free)]
        hard = self._round.policy.hard_points
        placed = self._standing.placed
        asked = [
            c.candidate_id
            for c in eligible
            if c.candidate_id not in placed or placed[c.candidate_id].points >= hard
        ]
        return ("nobody_wants", asked) if eligible else ("nobody_eligible", [])

    @cached_property
    def _causes(self) -> dict[_Days, dict[str, _Cause]]:
        """Why each who has options on unused days did not come."""
        found: defaultdict[_Days, dict[str, _Cause]] = defaultdict(dict)
        for who, own in self._standing.case.choices.items():
            wanted = {days for option in own.options for days in self._used(option)}
            if wanted:
                for days, options in self._placements_on(who, wanted).items():
                    if options:
                        found[days][who] = self._cause(who, options)
        return found

    def _used(self, option: Option) -> Iterator[_Days]:
        """The unused days that a segment of the option lies in."""
        for segment in option.segments:
            for free in self._stretches[segment.vacancy_id]:
                if free.first <= segment.start and segment.end <= free.last:
                    yield segment.vacancy_id, free

    def _placements_on(self, who: str, wanted: set[_Days]) -> dict[_Days, list[_Placing]]:
        """The candidate's placements that use these days, whether or not there is room."""
        found: dict[_Days, list[_Placing]] = {days: [] for days in wanted}
        obstacles = self._standing.obstacles(who)
        for option, points in by_points(self._standing.case, who):
            has_room = obstacles.has_room(option)
            for days in dict.fromkeys(self._used(option)):
                found[days].append((option, points, has_room))
        return found

    def _cause(self, who: str, options: list[_Placing]) -> _Cause:
        now = self._standing.placed.get(who)
        if now is not None and all(now.points <= points for _, points, _ in options):
            return "better_placed"
        case = self._standing.case
        better = [p for p in options if now is None or p[1] < now.points]
        could = any(
            has_room and self._standing.broken(case, make_placement(case, option)) is None
            for option, _, has_room in better
        )
        if could:
            return "not_examined"
        choices = [(option, points) for option, points, _ in better]
        return best_of(self._standing, case, choices, self._standing.obstacles(who))

    def _needing_more(self, vacancy: Vacancy, free: Free) -> Iterator[Candidate]:
        """Those without a place who would come, were the days not too few for them."""
        round = self._round
        for candidate in self._near(vacancy.trust):
            who = candidate.candidate_id
            if who in self._standing.placed:
                continue
            months = candidate.remaining_months
            if holds(free.first, free.last, months):
                continue
            longer = vacancy.model_copy(update={"end": add_months(vacancy.end, 6)})
            rules = [r for r in _BUT_FIT if not round.waives(who, r.id)]
            for day in possible_first_days(round, who, longer, months):
                option = unbroken(who, vacancy, day, months)
                there = free.first <= day <= free.last
                if there and all(r.refuses(round, option) is None for r in rules):
                    yield candidate
                    break

    def _near(self, trust: str) -> list[Candidate]:
        """Those whom the rule on agreements may let into the trust."""
        if trust not in self._known:
            trusts = ((c, AGREEMENT.trusts(self._round, c)) for c in self._round.open_candidates)
            self._known[trust] = [c for c, own in trusts if own is None or trust in own]
        return self._known[trust]

    def _could(self, candidate: Candidate, vacancy: Vacancy, free: Free) -> bool:
        """Whether the candidate could serve on the days, if they wished to."""
        round, who = self._round, candidate.candidate_id
        if any(row.matches(*vacancy.department_key) for row in round.never.get(who, ())):
            return False
        rules = [r for r in _BUT_WISHES if not round.waives(who, r.id)]
        return any(
            (vacancy.vacancy_id, free) in self._used(option)
            and all(r.refuses_listed(round, option) is None for r in rules)
            for group in trials_in(round, candidate, vacancy)
            for option in group
        )
