"""Rule registered."""

from datetime import date

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.municipality import Municipality
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Rule


class Registered(Rule):
    """The municipality is a registered training establishment on the first day."""

    id = "registered"
    name = N_("the requirement that the municipality is registered")
    shuts_out = N_(
        "{vacancies}: the municipality is not registered as a training establishment "
        "by then. Check the sheet {sheet}."
    )
    cure = Municipality.sheet
    waivable = True
    judges_locks = True

    def refuses(self, round: Round, option: Option) -> Finding | None:
        number = round.candidate[option.candidate_id].municipality
        since = round.municipality[number].registered_from
        if since is True or option.first_day is None:
            return None
        if since is False:
            return finding(
                N_("Municipality {municipality} is not a registered training establishment."),
                rule=self.id,
                municipality=number,
            )
        if option.first_day >= since:
            return None
        return finding(
            N_(
                "The first day, {day}, is before {since}, from when municipality {municipality} "
                "is registered."
            ),
            rule=self.id,
            day=option.first_day,
            municipality=number,
            since=since,
        )

    def may_begin(self, round: Round, candidate: Candidate) -> tuple[date, date]:
        since = round.municipality[candidate.municipality].registered_from
        return (since if isinstance(since, date) else date.min), date.max
