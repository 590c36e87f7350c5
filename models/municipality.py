"""A municipality that employs candidates, its agreements and its order of priority."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, finding


class Municipality(Noun):
    """A municipality (SPEC section 7, sheet municipalities)."""

    sheet: ClassVar[str] = "municipalities"

    municipality: str = column(N_("Four-digit municipality number."))
    name: str = column(N_("Name of the municipality."))
    registered_from: date | bool = column(
        N_("yes, or the day from which it is a registered training establishment."), default=False
    )
    max_away: int | None = column(
        N_("At most this many of its candidates away at the same time; blank means no limit."),
        default=None,
    )
    email: str = column(N_("E-mail address, for your own use."), default="")

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.max_away is not None and self.max_away < 0:
            yield Problem("max_away", finding(N_("Write a whole number, 0 or more.")))


class Agreement(Noun):
    """A cooperation agreement between a municipality and a trust; blank days are open-ended."""

    sheet: ClassVar[str] = "agreements"

    municipality: str = column(N_("Four-digit municipality number."))
    trust: str = column(N_("Health trust the agreement is with."))
    valid_from: date | None = column(
        N_("First day of the agreement; blank is open-ended."), title="from", default=None
    )
    valid_to: date | None = column(
        N_("Last day of the agreement; blank is open-ended."), title="to", default=None
    )

    def covers(self, day: date) -> bool:
        """Whether the agreement holds on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            yield Problem(
                "valid_to",
                finding(
                    N_("The agreement ends on {last}, before it starts on {first}."),
                    last=self.valid_to,
                    first=self.valid_from,
                ),
            )


class Priority(Noun):
    """One line of a municipality's own order: 1 goes first (Avtale-2024)."""

    sheet: ClassVar[str] = "priority"

    municipality: str = column(N_("Four-digit municipality number."))
    priority: int = column(N_("1 for the one who goes first, then 2, 3 …"))
    candidate_id: str = column(N_("The candidate."))

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.priority < 1:
            yield Problem("priority", finding(N_("Write a whole number from 1 upwards.")))
