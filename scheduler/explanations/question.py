"""Answers to any question about one candidate: why not this vacancy, this place, this day?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.explanation import BestEntry
from models.finding import N_, Finding, finding
from models.placement import Placement, Shape
from models.plan import Plan
from models.round import Round
from models.vacancy import Vacancy
from scheduler.explanations.answers.obstacles import best_of
from scheduler.explanations.standing import Standing, in_vacancy
from scheduler.explanations.wording.obstacle_words import OTHER_HALF, Named, obstacle_findings
from scheduler.explanations.wording.status_words import status_findings
from scheduler.explanations.wording.words import OWN_BETTER, ROOM, wish_findings
from scheduler.listing.options import choices_of, first_refusal, make_case
from scheduler.problem.case import Case
from scheduler.problem.option import Option, unbroken
from scheduler.problem.windows import Windows
from scheduler.rules.obstacles import Obstacles, by_points


@dataclass(frozen=True, slots=True)
class Question:
    """Which candidate, and which vacancies (blank: any) from which first day (None: any)."""

    candidate_id: str
    vacancy: str = ""
    site: str = ""
    department: str = ""
    start: date | None = None

    def asks_for(self, vacancy: Vacancy) -> bool:
        """Whether the question is about this vacancy."""
        wanted = (
            (self.vacancy, vacancy.vacancy_id),
            (self.site, vacancy.site),
            (self.department, vacancy.department),
        )
        return all(asked.casefold() in ("", own.casefold()) for asked, own in wanted)


class Answers:
    """Answers from a plan and its round. Options are listed for the one who asks only."""

    def __init__(self, round: Round, plan: Plan, question: Question) -> None:
        self._round = round
        self._plan = plan
        self._question = question
        self._who = question.candidate_id
        self._candidate = round.candidate[self._who]
        choices = {}
        if round.is_open(self._who):
            choices = {self._who: choices_of(round, self._candidate, Windows(round.vacancies))}
        self._case = Case(round, choices)
        self._standing = Standing(self._case, plan.answer())

    def vacancies(self) -> list[Vacancy]:
        """The vacancies that the question is about."""
        return [v for v in self._round.vacancies if self._question.asks_for(v)]

    def about(self, vacancy: Vacancy, named: Named = None) -> Iterator[Finding]:
        """Why the candidate has not this vacancy, or that it is what they have; others than those
        `named` are only counted. Points are for those who may be told of everybody.
        """
        if not self._case.choices:
            yield from status_findings(self._round, self._who)
            return
        now, asked = self._standing.placed.get(self._who), self._question.start
        if now is not None and _has(now, vacancy.vacancy_id, asked):
            yield finding(N_("This is what the plan gives the candidate."))
            return
        there = in_vacancy(self._own, vacancy.vacancy_id, asked)
        if not there:
            yield self._refusal(vacancy)
            return
        option, points = there[0]
        yield from self._possible(option, vacancy, points if named is None else None)
        if now is not None and now.points <= points:
            yield (
                OWN_BETTER
                if named is not None
                else finding(
                    N_(
                        "What the candidate has is at least as good by their own wishes, with "
                        "{points} points."
                    ),
                    points=now.points,
                )
            )
            return
        best = self._best(there)
        for obstacle in best.obstacles:
            yield from obstacle_findings(obstacle, named)
        if not best.obstacles:
            yield finding(ROOM)
        yield from self._cost(vacancy, named)

    def _possible(self, option: Option, vacancy: Vacancy, points: int | None) -> Iterator[Finding]:
        """What would be possible in the vacancy, and where the other half of it would be."""
        start = self._question.start
        own = next(
            s
            for s in option.segments
            if s.vacancy_id == vacancy.vacancy_id and start in (None, s.start)
        )
        if points is None:
            yield finding(N_("Possible from {first}."), first=own.start)
        else:
            yield finding(
                N_("Possible from {first} with {points} points."), first=own.start, points=points
            )
        for segment in option.segments if option.shape is Shape.SPLIT else ():
            if segment is not own:
                yield finding(OTHER_HALF, vacancy=segment.vacancy_id, first=segment.start)

    @cached_property
    def _obstacles(self) -> Obstacles:
        return self._standing.obstacles(self._who)

    @cached_property
    def _own(self) -> list[tuple[Option, int]]:
        """The candidate's placements, the fewest points first."""
        return list(by_points(self._case, self._who))

    def _refusal(self, vacancy: Vacancy) -> Finding:
        if self._question.start is not None:
            months = self._candidate.remaining_months
            option = unbroken(self._who, vacancy, self._question.start, months)
            found = first_refusal(self._round, option)
            if found is not None:
                return found
        return self._standing.refusals.why_no_option(self._candidate, vacancy)

    def _best(self, there: Sequence[tuple[Option, int]]) -> BestEntry:
        """The best of them with what is in its way; the order of others is looked at where nothing
        is.
        """
        if not self._obstacles.has_room(there[0][0]):
            return best_of(self._standing, self._case, there[:1], self._obstacles)
        everybody = make_case(self._round)
        standing = Standing(everybody, self._standing.placements)
        return best_of(standing, everybody, there[:1], self._obstacles)

    def _cost(self, vacancy: Vacancy, named: Named) -> Iterator[Finding]:
        """What the plan says of the first wish that the vacancy matches, if it was examined."""
        rows = self._round.ranked.get(self._who, ())
        rank = next((r.rank for r in rows if r.matches(*vacancy.department_key)), None)
        for entry in self._plan.explanations:
            if entry.candidate_id == self._who and entry.rank == rank and entry.harm is not None:
                told = entry.model_copy(update={"best": None})
                yield finding(N_("Of wish {rank}, which it matches, the plan says:"), rank=rank)
                yield from wish_findings(told, named)


def _has(now: Placement, vacancy_id: str, start: date | None) -> bool:
    """Whether a placement has service in the vacancy, from that day if one is named."""
    return any(s.vacancy_id == vacancy_id and start in (None, s.start) for s in now.bare)
