"""Short texts that several sheets share."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.certificate import Certificates
from models.finding import N_
from models.placement import PlacedSegment, Placement, Segment
from models.plan import Plan
from models.round import Round
from models.vacancy import Certainty, Vacancy
from scheduler.locale import Translator
from scheduler.problem.calendar import Period, add_months, wished_period
from scheduler.report.names import Names
from scheduler.rules.occupancy import Stays


@dataclass(frozen=True)
class Delivery:
    """What every sheet is made from: the plan, its round, and the language; and the certificates
    that are delivered with it.
    """

    plan: Plan
    round: Round
    translator: Translator
    proof: Certificates | None = None

    @property
    def names(self) -> Names:
        """What the files of the plan are called."""
        return Names(self.translator, self.round.name)

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """The new placements."""
        return self.plan.answer()

    @cached_property
    def stays(self) -> Stays:
        """All service, the locks and the new placements."""
        return Stays(self.round, self.placements)

    def municipality(self, number: str) -> str:
        """Number and name of a municipality."""
        return f"{number} {self.round.municipality[number].name}"

    def municipality_of(self, candidate_id: str) -> str:
        """Number and name of the candidate's municipality."""
        return self.municipality(self.round.candidate[candidate_id].municipality)

    def name(self, candidate_id: str) -> str:
        """The candidate's name."""
        return self.round.candidate[candidate_id].name

    def place(self, vacancy_id: str) -> tuple[str, str, str]:
        """Trust, site and department of a vacancy; blank if it has vanished."""
        vacancy = self.round.vacancy.get(vacancy_id)
        return tuple(vacancy.department_key) if vacancy else ("", "", "")  # type: ignore[return-value]


def days_apart(translator: Translator, wished: Period, day: date) -> str:
    """How far a first day is from the wished period, in words (SPEC section 3)."""
    months = wished.deviation(day)
    if wished.a <= day <= wished.b:
        return translator.text(N_("As wished"))
    if day > wished.b:
        if day < add_months(wished.b, 1):
            return translator.text(
                N_("{n} day after the wish"), N_("{n} days after the wish"), n=(day - wished.b).days
            )
        return translator.text(
            N_("{n} month after the wish"), N_("{n} months after the wish"), n=months
        )
    if day > add_months(wished.a, -1):
        return translator.text(
            N_("{n} day before the wish"), N_("{n} days before the wish"), n=(wished.a - day).days
        )
    return translator.text(
        N_("{n} month before the wish"), N_("{n} months before the wish"), n=-months
    )


def deviation_text(delivery: Delivery, placement: Placement, number: int) -> str:
    """The deviation of the placement's segment with that number, in words."""
    placed = placement.segments[number]
    wished = wished_period(delivery.round.candidate[placement.candidate_id])
    if placed.deviation is None:
        return delivery.translator.text(N_("Follows directly"))
    if number:
        wished = wished.moved(3)
    return days_apart(delivery.translator, wished, placed.segment.start)


def wish_text(translator: Translator, placed: PlacedSegment) -> str:
    """Which wish a segment meets, in words."""
    if placed.wish_rank is None:
        return translator.text(N_("Not on the wish list"))
    return translator.text(N_("Wish {rank}"), rank=placed.wish_rank)


def period_text(translator: Translator, first: date, last: date) -> str:
    """From one day to another."""
    if first == last:
        return translator.day(first)
    return translator.text(N_("{first} to {last}"), first=first, last=last)


def span(segment: Segment, translator: Translator) -> str:
    """First and last day of a segment."""
    return period_text(translator, segment.start, segment.end)


def reservation(translator: Translator, vacancy: Vacancy) -> str:
    """What a place in the vacancy is subject to; empty if to nothing."""
    if vacancy.certainty is Certainty.EXPECTED:
        return translator.text(N_("Subject to the expected vacancy being confirmed"))
    return ""
