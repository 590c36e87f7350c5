"""Rule duration."""

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.placement import Shape
from models.round import Round
from scheduler.problem.option import Option, Part
from scheduler.rules.base import Level, Rule


class Duration(Rule):
    """Six months whole, joined of two windows or as three plus three, or the three that remain."""

    id = "duration"
    name = N_("the requirement of six or three months")
    shuts_out = N_(
        "{vacancies}: the months that remain are neither six nor three. Check the "
        "sheet {sheet}, or register a waiver."
    )
    cure = Candidate.sheet
    waivable = True
    level = Level.CANDIDATE

    def refuses(self, round: Round, option: Option) -> Finding | None:
        remaining = round.candidate[option.candidate_id].remaining_months
        if option.shape is Shape.OTHER:
            return finding(
                N_(
                    "{remaining} of the months remain; without a waiver a place is for six or "
                    "three."
                ),
                rule=self.id,
                remaining=remaining,
            )
        half = option.part in (Part.FIRST, Part.SECOND)
        months = 6 if half else sum(s.months for s in option.segments)
        if months == remaining:
            return None
        return finding(
            N_("The placement has {months} months, but {remaining} remain."),
            rule=self.id,
            months=months,
            remaining=remaining,
        )
