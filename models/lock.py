"""A place already promised or running, and a place that was declined."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, CodeWord, Header, finding


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
    reply_by: date | None = column(N_("The day by which an offer is to be answered."), default=None)
    extended_from: date | None = column(
        N_("The last day as it was first, if the service has been extended."), default=None
    )
    reason: str = column(
        N_("Why the service was extended; the policy says what ground is needed."), default=""
    )
    note: str = column(N_("A note, for your own use."), default="")

    def problems(self) -> Iterator[Problem]:
        yield from self._extended()
        if self.end < self.start:
            yield Problem(
                "end",
                finding(
                    N_("The service ends on {last}, before it starts on {first}; check both days."),
                    last=self.end,
                    first=self.start,
                ),
            )

    def _extended(self) -> Iterator[Problem]:
        if self.extended_from is None:
            if self.reason:
                yield Problem(
                    "extended_from",
                    finding(
                        N_(
                            "There is a reason for an extension, but not the last day as it was "
                            "first; write it, or delete the reason."
                        )
                    ),
                )
            return
        if not self.reason:
            yield Problem(
                "reason",
                finding(
                    N_("The service has been extended; write why in {column}."), column=_REASON
                ),
            )
        if not self.start <= self.extended_from < self.end:
            yield Problem(
                "extended_from",
                finding(
                    N_(
                        "The service from {first} to {last} cannot have been extended from {day}; "
                        "write the last day as it was first."
                    ),
                    first=self.start,
                    last=self.end,
                    day=self.extended_from,
                ),
            )


# The column that says why.
_REASON = Header("reason")


class Decline(Noun):
    """A no to one vacancy, by or about one candidate."""

    sheet: ClassVar[str] = "declines"

    candidate_id: str = column(N_("The candidate."))
    vacancy_id: str = column(N_("The vacancy that was declined."))
    declined_on: date | None = column(N_("The day of the answer."), default=None)
    by: DeclinedBy = column(
        N_("Who said no: candidate or department."), default=DeclinedBy.CANDIDATE
    )
