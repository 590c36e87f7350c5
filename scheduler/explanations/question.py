"""Answers to any question about one candidate: why not this vacancy, this place, this day?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.finding import N_, Finding, finding
from models.plan import Plan
from models.round import Round
from models.vacancy import Vacancy
from scheduler.explanations.standing import Standing, in_vacancy
from scheduler.explanations.wording.words import ROOM, Named, holders_finding, wish_findings
from scheduler.listing.options import choices_of, first_refusal, make_case
from scheduler.problem.case import Case
from scheduler.problem.option import Option, unbroken
from scheduler.problem.placing import make_placement
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
        `named` are only counted.
        """
        if not self._case.choices:
            yield finding(
                N_("{candidate} cannot get anything new in this round."), candidate=self._who
            )
            return
        now = self._standing.placed.get(self._who)
        if now is not None and any(s.vacancy_id == vacancy.vacancy_id for s in now.bare):
            yield finding(N_("This is what the plan gives the candidate."))
            return
        there = in_vacancy(self._own, vacancy.vacancy_id, self._question.start)
        if not there:
            yield self._refusal(vacancy)
            return
        option, points = there[0]
        first = option.segments[0].start
        if now is not None and now.points <= points:
            yield finding(
                N_(
                    "Possible from {first} with {points} points; what the candidate has is at "
                    "least as good, with {now} points."
                ),
                first=first,
                points=points,
                now=now.points,
            )
            return
        yield finding(N_("Possible from {first} with {points} points."), first=first, points=points)
        holders = self._obstacles.way(option)
        if holders:
            yield holders_finding(sorted(holders), named)
        else:
            yield self._though_free(option, named)
        yield from self._cost(vacancy, named)

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

    def _though_free(self, option: Option, named: Named) -> Finding:
        """What keeps the candidate from something that nobody holds."""
        everybody = make_case(self._round)
        standing = Standing(everybody, self._standing.placements)
        broken = standing.broken(everybody, make_placement(self._case, option))
        if broken is None:
            return finding(ROOM)
        if named is not None and broken.first not in named:
            return finding(
                N_("There is room; but then another municipality's order would be broken.")
            )
        return finding(
            N_(
                "There is room; but then {candidate}, who goes before {behind}, would be passed "
                "over."
            ),
            candidate=broken.first,
            behind=broken.second,
        )

    def _cost(self, vacancy: Vacancy, named: Named) -> Iterator[Finding]:
        """What the plan says of the first wish that the vacancy matches, if it was examined."""
        rows = self._round.ranked.get(self._who, ())
        rank = next((r.rank for r in rows if r.matches(*vacancy.department_key)), None)
        for entry in self._plan.explanations:
            if entry.candidate_id == self._who and entry.rank == rank and entry.harm is not None:
                told = entry.model_copy(update={"holders": []})
                yield finding(N_("Of wish {rank}, which it matches, the plan says:"), rank=rank)
                yield from wish_findings(told, named)
