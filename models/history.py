"""What alis writes into an input itself: what was changed, and what became of everybody."""

from datetime import date
from typing import ClassVar

from models.base import Noun, column
from models.finding import N_, CodeWord


class Outcome(CodeWord):
    """What a round gave a candidate; those without a place are in a part of the waiting list."""

    PLACED = "placed"
    LOCKED = "locked"
    UNPLACED = "unplaced"
    PAST_LIMIT = "past_limit"
    NOT_YET_READY = "not_yet_ready"
    ON_HOLD = "on_hold"


class OfferAnswer(CodeWord):
    """How an offer was answered."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"
    DEPARTMENT_NO = "department_no"
    NO_ANSWER = "no_answer"


class Changed(Noun):
    """A cell that `alis next` has changed, and why."""

    sheet: ClassVar[str] = "changes"

    run_date: date = column(N_("The run date of the round that the change made."))
    where: str = column(N_("The sheet."))
    cell: str = column(N_("The cell; in a CSV file, line and column."))
    about: str = column(N_("Whom or what the row is about."), default="")
    column_name: str = column(N_("The column."), title="column", default="")
    was: str = column(N_("What stood there before."), default="")
    now: str = column(N_("What stands there now."), default="")
    why: str = column(N_("Why it was changed."), default="")


class History(Noun):
    """What one round was for one candidate. Nothing here counts in a plan."""

    sheet: ClassVar[str] = "history"

    round: str = column(N_("The name of the round."))
    run_date: date = column(N_("The run date of the round."))
    candidate_id: str = column(N_("The candidate."))
    municipality: str | None = column(N_("The candidate's municipality."), default=None)
    outcome: Outcome = column(N_("What came out for the candidate."))
    vacancies: str = column(N_("The vacancies of the place, with a comma between."), default="")
    points: int | None = column(N_("Points of the placement."), default=None)
    wish_rank: int | None = column(N_("The number of the wish that is met."), default=None)
    answer: OfferAnswer | None = column(N_("How the offer was answered."), default=None)
