"""A doctor who needs hospital service."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, CodeWord, Header, finding


class Scheme(CodeWord):
    """The training scheme the doctor follows; only `old` is shut out."""

    NEW = "new"
    CONVERTED = "converted"
    OLD = "old"


class SplitWish(CodeWord):
    """What the candidate says to three plus three months."""

    NO = "no"
    ACCEPT = "accept"
    PREFER = "prefer"


class Importance(CodeWord):
    """Which part of the wish weighs most."""

    PERIOD = "period"
    PLACE = "place"


class CandidateStatus(CodeWord):
    """Where the candidate stands in the queue."""

    WAITING = "waiting"
    ON_HOLD = "on_hold"
    WITHDRAWN = "withdrawn"
    MUNICIPAL = "municipal"
    DONE = "done"


Interval = tuple[date, date]


class Candidate(Noun):
    """A candidate's own facts and wished period (SPEC section 7, sheet candidates)."""

    sheet: ClassVar[str] = "candidates"

    candidate_id: str = column(N_("A short id that never changes; shown instead of the name."))
    name: str = column(N_("The doctor's name; shown only in workbooks meant for it."), default="")
    municipality: str = column(N_("Four-digit number of the municipality that employs the doctor."))
    email: str = column(N_("E-mail address, for your own use."), default="")
    wished_start: date = column(N_("The first wished first day."))
    wished_start_latest: date | None = column(
        N_("The last wished first day; blank means the same as wished_start."), default=None
    )
    first_wished_start: date | None = column(
        N_(
            "The wished first day when first registered. Waiting time counts from a year before "
            "it, or from registered_on if that is later."
        ),
        default=None,
    )
    earliest_start: date | None = column(
        N_("The doctor cannot begin before this day."), default=None
    )
    latest_start: date | None = column(N_("The doctor cannot begin after this day."), default=None)
    practice_start: date | None = column(
        N_("First day of general practice; the policy says how many months are needed."),
        default=None,
    )
    practice_met_on: date | None = column(
        N_("The day the practice requirement is met; goes before practice_start."), default=None
    )
    scheme: Scheme = column(N_("Training scheme: new, converted or old."), default=Scheme.NEW)
    remaining_months: int = column(
        N_("Months of hospital service still missing, after all locks."), default=6
    )
    split: SplitWish = column(
        N_("Three plus three months: no, accept or prefer."), default=SplitWish.NO
    )
    fte: float = column(N_("Percentage of full time, 100 for full time."), default=100.0)
    on_call: bool = column(N_("Whether the doctor can take part in on-call duty."), default=True)
    open_to_other_sites: bool = column(
        N_("Whether a site that is not on the wish list may be offered."), default=False
    )
    open_to_other_departments: bool = column(
        N_("Whether a department that is not on the wish list may be offered."), default=False
    )
    most_important: Importance | None = column(
        N_("What weighs most: period, place, or blank for both alike."), default=None
    )
    registered_on: date = column(N_("The day the municipality registered the candidate."))
    unavailable: tuple[Interval, ...] = column(
        N_("Days when the doctor cannot serve: 2027-01-01..2027-03-31, with commas between."),
        default=(),
    )
    status: CandidateStatus = column(
        N_("Status: waiting, on_hold, withdrawn, municipal or done."),
        default=CandidateStatus.WAITING,
    )
    plan_rest: bool = column(
        N_("Whether a candidate with a lock shall get the remaining months now."), default=False
    )

    @property
    def period_end(self) -> date:
        """The last wished first day (b in SPEC section 3)."""
        return self.wished_start_latest or self.wished_start

    @property
    def first_wish(self) -> date:
        """The wished first day that waiting time is counted from."""
        return self.first_wished_start or self.wished_start

    def problems(self) -> Iterator[Problem]:
        if self.practice_start is None and self.practice_met_on is None:
            yield Problem(
                "practice_start",
                finding(
                    N_("Write {one} or {other}; one of them is needed."),
                    one=Header("practice_start"),
                    other=Header("practice_met_on"),
                ),
            )
        yield from self._order("wished_start", "wished_start_latest")
        yield from self._order("earliest_start", "latest_start")
        if not 0 <= self.remaining_months <= 12:
            yield Problem(
                "remaining_months", finding(N_("Write a whole number of months from 0 to 12."))
            )
        if not 1 < self.fte <= 100:
            yield Problem("fte", finding(N_("Write the percentage, for example 100 or 50.")))
        for first, last in self.unavailable:
            if last < first:
                yield Problem(
                    "unavailable",
                    finding(
                        N_("The interval ends on {last}, before it starts on {first}; swap them."),
                        first=first,
                        last=last,
                    ),
                )

    def _order(self, first: str, last: str) -> Iterator[Problem]:
        early, late = getattr(self, first), getattr(self, last)
        if early is not None and late is not None and late < early:
            yield Problem(
                last,
                finding(
                    N_("{last} lies before {column} ({first}); write a later day or swap them."),
                    last=late,
                    first=early,
                    column=Header(self.header(first)),
                ),
            )
