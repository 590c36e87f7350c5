"""Rule deviation."""

from datetime import date

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.calendar import add_months, wished_period
from scheduler.problem.option import Option, Part, deviations
from scheduler.rules.base import Rule


class Deviation(Rule):
    """Each first day is at most the policy's number of months earlier or later than wished."""

    id = "deviation"
    name = N_("the limit on how far the first day may be from the wish")
    shuts_out = N_(
        "{vacancies}: too far in time from the wish. Agree on another period and "
        "write it in the sheet {sheet}, or register a waiver."
    )
    cure = Candidate.sheet
    waivable = True
    judges_locks = True

    def refuses(self, round: Round, option: Option) -> Finding | None:
        policy = round.policy
        if option.part is Part.LOCKED and round.is_open(option.candidate_id):
            return None  # the wish is about what is not yet locked
        for segment, months in zip(option.segments, deviations(round, option), strict=True):
            if months is None:
                continue
            if months > policy.max_late_months:
                return finding(
                    N_(
                        "The first day, {day}, is {n} month later than wished; the limit is "
                        "{limit}."
                    ),
                    plural=N_(
                        "The first day, {day}, is {n} months later than wished; the limit is "
                        "{limit}."
                    ),
                    rule=self.id,
                    day=segment.start,
                    n=months,
                    limit=policy.max_late_months,
                )
            if -months > policy.max_early_months:
                return finding(
                    N_(
                        "The first day, {day}, is {n} month earlier than wished; the limit is "
                        "{limit}."
                    ),
                    plural=N_(
                        "The first day, {day}, is {n} months earlier than wished; the limit is "
                        "{limit}."
                    ),
                    rule=self.id,
                    day=segment.start,
                    n=-months,
                    limit=policy.max_early_months,
                )
        return None

    def may_begin(self, round: Round, candidate: Candidate) -> tuple[date, date]:
        policy = round.policy
        return (
            add_months(candidate.wished_start, -policy.max_early_months),
            add_months(wished_period(candidate).late_from, policy.max_late_months),
        )
