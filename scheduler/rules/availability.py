"""Rule availability."""

from datetime import date

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Rule


class Availability(Rule):
    """Service begins within the days the candidate can begin, and avoids the days away."""

    id = "availability"
    name = N_("the requirement that the candidate is available")
    shuts_out = N_(
        "{vacancies}: the candidate is not available then. Check the days in the sheet {sheet}."
    )
    cure = Candidate.sheet

    def refuses(self, round: Round, option: Option) -> Finding | None:
        candidate = round.candidate[option.candidate_id]
        day = option.first_day
        if day is not None and candidate.earliest_start and day < candidate.earliest_start:
            return finding(
                N_(
                    "The first day, {day}, is before {limit}, when the candidate can begin at "
                    "the earliest."
                ),
                rule=self.id,
                day=day,
                limit=candidate.earliest_start,
            )
        if day is not None and candidate.latest_start and day > candidate.latest_start:
            return finding(
                N_(
                    "The first day, {day}, is after {limit}, when the candidate can begin at "
                    "the latest."
                ),
                rule=self.id,
                day=day,
                limit=candidate.latest_start,
            )
        for segment in option.segments:
            for first, last in candidate.unavailable:
                if segment.start <= last and first <= segment.end:
                    return finding(
                        N_(
                            "Service {start} to {end} meets days when the candidate is away, "
                            "{first} to {last}."
                        ),
                        rule=self.id,
                        start=segment.start,
                        end=segment.end,
                        first=first,
                        last=last,
                    )
        return None

    def may_begin(self, round: Round, candidate: Candidate) -> tuple[date, date]:
        return candidate.earliest_start or date.min, candidate.latest_start or date.max
