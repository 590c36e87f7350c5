"""A place already promised or running, and a place that was declined."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, CodeWord, finding


class LockStatus(CodeWord):
    """How far the promise has come."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONTRACT = "contract"
    IN_SERVICE = "in_service"


class DeclinedBy(CodeWord):
    """Who said no."""

    CANDIDATE = "candidate"
    DEPARTMENT = "department"


class Lock(Noun):
    """A promise or running service, kept exactly whatever it breaks (SPEC section 4d)."""

    sheet: ClassVar[str] = "locks"

    candidate_id: str = column(N_("The candidate who holds the place."))
    vacancy_id: str = column(N_("The vacancy; it may have vanished from the vacancies sheet."))
    start: date = column(N_("First day of service."))
    end: date = column(N_("Last day of service."))
    status: LockStatus = column(N_("offered, accepted, contract or in_service."))
    note: str = column(N_("A note, for your own use."), default="")

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.end < self.start:
            yield Problem(
                "end",
                finding(
                    N_("The service ends on {last}, before it starts on {first}; check both days."),
                    last=self.end,
                    first=self.start,
                ),
            )


class Decline(Noun):
    """A no to one vacancy, by or about one candidate."""

    sheet: ClassVar[str] = "declines"

    candidate_id: str = column(N_("The candidate."))
    vacancy_id: str = column(N_("The vacancy that was declined."))
    declined_on: date | None = column(N_("The day of the answer."), default=None)
    by: DeclinedBy = column(
        N_("Who said no: candidate or department."), default=DeclinedBy.CANDIDATE
    )
