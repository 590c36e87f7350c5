"""What departments, trusts and municipalities are told of a place: sentences that stand alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from models.answer import Answer
from models.finding import N_, Finding, finding
from models.lock import Lock, LockStatus
from models.placement import Placement, Segment, Shape
from models.vacancy import Certainty
from scheduler.explanations.letter.standing import in_conflict
from scheduler.listing.deadlines import (
    SIGNED,
    DeadlineState,
    Free,
    contract_window,
    course_days,
    release_day,
    state_of,
)
from scheduler.problem.calendar import DAY, add_months, whole_months
from scheduler.quarter.answers.offers import (
    Offer,
    key_of,
    offer_rows,
    reply_day,
    without_names,
)
from scheduler.report.texts import Delivery

_COMES = {
    6: N_("Comes {first} to {last} (six months)."),
    3: N_("Comes {first} to {last} (three months)."),
}
_HALVES = (
    N_("Comes {first} to {last} (three plus three months, first half)."),
    N_("Comes {first} to {last} (three plus three months, second half)."),
)
_FREE = {
    6: N_("Free from {first} to {last} (six months)."),
    3: N_("Free from {first} to {last} (three months)."),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Unbroken service as somebody outside is told of it: new with the plan, or a promise.

    `whole` is the placement it is part of (None for a promise), `number` which part, from 0.
    """

    offer: Offer
    lock: Lock | None
    whole: Placement | None
    number: int

    @property
    def candidate_id(self) -> str:
        """Who serves."""
        return self.offer.candidate_id

    @property
    def accepted(self) -> bool:
        """Whether the candidate has said yes, so that the department may know the name."""
        return self.lock is not None and self.lock.status is not LockStatus.OFFERED

    @property
    def asked(self) -> bool:
        """Whether an answer is waited for."""
        return not self.accepted

    def settled(self, delivery: Delivery) -> bool:
        """Whether the place can be counted on: its vacancy is listed, and it is in no conflict."""
        if self.lock is None:
            return True
        there = self.lock.vacancy_id in delivery.round.vacancy
        return there and not in_conflict(delivery.plan, self.lock)

    @property
    def status(self) -> str:
        """The code word for how far the promise has come."""
        return "proposed" if self.lock is None else self.lock.status.value


def stretches(delivery: Delivery) -> Iterator[Stretch]:
    """All service that has not ended, promises first."""
    for lock in delivery.round.locks:
        if lock.end >= delivery.round.run_date:
            segment = Segment(lock.start, lock.end, lock.vacancy_id, 0)
            yield Stretch(Offer(lock.candidate_id, (segment,), locked=True), lock, None, 0)
    for placement in delivery.placements:
        for number, part in enumerate(placement.stretches):
            offer = Offer(placement.candidate_id, tuple(p.segment for p in part), locked=False)
            yield Stretch(offer, None, placement, number)


def rows_asked(delivery: Delivery) -> list[Answer]:
    """The rows of the workbook of answers about service that has not ended, without names: what a
    workbook that is sent out may ask about.
    """
    asked = {stretch.offer.key for stretch in stretches(delivery) if stretch.asked}
    rows = offer_rows(delivery.plan, delivery.round)
    return without_names([row for row in rows if key_of(row) in asked])


def known_as(delivery: Delivery, stretch: Stretch) -> str:
    """The name once the place is accepted, until then the id."""
    name = delivery.name(stretch.candidate_id) if stretch.accepted else ""
    return name or stretch.candidate_id


def arrival_text(delivery: Delivery, stretch: Stretch) -> str:
    """Who comes when, what is due, and what it depends on."""
    t = delivery.translator
    return " ".join(t.finding(told) for told in _arrival(delivery, stretch))


def _arrival(delivery: Delivery, stretch: Stretch) -> Iterator[Finding]:
    offer, round = stretch.offer, delivery.round
    months = whole_months(offer.first_day, offer.last_day)
    exact = add_months(offer.first_day, months) == offer.last_day + DAY
    told = partial(finding, first=offer.first_day, last=offer.last_day)
    if stretch.whole is not None and stretch.whole.shape is Shape.SPLIT:
        yield told(_HALVES[stretch.number])
    elif offer.first_day <= round.run_date and not stretch.accepted:
        yield told(N_("Was offered a place from {first} to {last}, and has not answered."))
    elif offer.first_day <= round.run_date:
        yield told(N_("Serves from {first} to {last}."))
    elif exact and months in _COMES:
        yield told(_COMES[months])
    else:
        yield told(N_("Comes {first} to {last}."))
    if len(offer.segments) > 1:
        yield finding(
            N_("The service is in {vacancies}, without a break."), vacancies=offer.vacancies
        )
    yield from contract_findings(delivery, stretch)
    if stretch.whole is not None and exact:
        # The parts of a placement are counted together: three plus three have five days.
        before = months * stretch.number
        days = course_days(before + months) - course_days(before)
        if days:
            yield finding(
                N_("Up to {n} course day belongs to it."),
                plural=N_("Up to {n} course days belong to it."),
                n=days,
            )
    yield from reservations(delivery, stretch)


def contract_findings(delivery: Delivery, stretch: Stretch) -> Iterator[Finding]:
    """By when the contract is made, or that it is late, or due before the answer is; nothing once
    it is signed.
    """
    if stretch.lock is not None and stretch.lock.status in SIGNED:
        return
    since, until = contract_window(contract_start(stretch))
    if state_of(delivery.round.run_date, since, until) is DeadlineState.OVERDUE:
        yield finding(N_("The contract must be made at once; it was due by {day}."), day=until)
    elif until < (reply_by(delivery, stretch) or until):
        yield finding(
            N_(
                "The contract must be made at once when the candidate has said yes; it is due by "
                "{day}."
            ),
            day=until,
        )
    else:
        yield finding(N_("Contract by {day}."), day=until)


def contract_start(stretch: Stretch) -> date:
    """The first day that the contract's deadline counts from."""
    return stretch.offer.first_day if stretch.whole is None else stretch.whole.first_day


def reservations(delivery: Delivery, stretch: Stretch) -> Iterator[Finding]:
    """What the place depends on, and that it is not settled where it is in a conflict."""
    if not stretch.settled(delivery):
        yield finding(N_("The place is not settled: the coordinator will be in touch."))
    vacancies = delivery.round.vacancy
    own = [vacancies[s.vacancy_id] for s in stretch.offer.segments if s.vacancy_id in vacancies]
    if any(vacancy.certainty is Certainty.EXPECTED for vacancy in own):
        yield finding(N_("This is subject to the expected vacancy being confirmed."))


def free_text(delivery: Delivery, vacancy_id: str, free: Free) -> str:
    """Which days are free, and from when others may have them."""
    t = delivery.translator
    months = whole_months(free.first, free.last)
    exact = add_months(free.first, months) == free.last + DAY
    text = _FREE.get(months) if exact else None
    told = [t.text(text or N_("Free from {first} to {last}."), first=free.first, last=free.last)]
    day = release_day(delivery.round.vacancy[vacancy_id])
    if day is not None:
        told.append(t.text(N_("May be given to others from {day}."), day=day))
    return " ".join(told)


def reply_by(delivery: Delivery, stretch: Stretch) -> date | None:
    """The day by which the offer is answered; None once it is."""
    return reply_day(delivery.round, stretch.offer) if stretch.asked else None
