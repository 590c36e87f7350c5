"""What a plan offers: a row for every unbroken stretch of service that waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.answer import Answer
from models.lock import Lock, LockStatus
from models.placement import Segment
from models.plan import Plan
from models.round import Round
from scheduler.listing.deadlines import reply_by


@dataclass(frozen=True, slots=True)
class Offer:
    """A stretch of service that is offered: new with the plan, or a lock not yet answered."""

    candidate_id: str
    segments: tuple[Segment, ...]
    locked: bool

    @property
    def vacancies(self) -> str:
        """The ids of its vacancies, as they stand in a cell."""
        return vacancy_list([s.vacancy_id for s in self.segments])

    @property
    def first_day(self) -> date:
        """First day of service."""
        return self.segments[0].start

    @property
    def last_day(self) -> date:
        """Last day of service."""
        return self.segments[-1].end

    @property
    def key(self) -> tuple[str, str, date, date]:
        """What tells it from all others."""
        return self.candidate_id, self.vacancies, self.first_day, self.last_day


def vacancy_list(ids: Sequence[str]) -> str:
    """Ids of vacancies as one text."""
    return ", ".join(ids)


def key_of(row: Answer) -> tuple[str, str, date | None, date | None]:
    """What tells the offer that a row is about from all others."""
    return row.candidate_id, row.vacancies, row.first_day, row.last_day


def plan_offers(plan: Plan) -> list[Offer]:
    """Everything that waits for an answer once the plan is out, by candidate and time."""
    new = [
        Offer(p.candidate_id, tuple(placed.segment for placed in stretch), locked=False)
        for p in plan.answer()
        for stretch in p.stretches
    ]
    # A lock has no number of months: it may have been moved by days.
    old = [
        Offer(k.candidate_id, (Segment(k.start, k.end, k.vacancy_id, 0),), locked=True)
        for k in plan.locks
        if k.status == LockStatus.OFFERED.value
    ]
    return sorted([*new, *old], key=lambda o: (o.candidate_id, o.first_day, o.vacancies))


def offer_rows(plan: Plan, round: Round) -> list[Answer]:
    """The rows of the workbook of answers, not answered yet."""
    rows = []
    for offer in plan_offers(plan):
        candidate = round.candidate[offer.candidate_id]
        vacancy = round.vacancy.get(offer.segments[0].vacancy_id)
        rows.append(
            Answer(
                candidate_id=offer.candidate_id,
                name=candidate.name,
                home=_home(round, candidate.municipality),
                vacancies=offer.vacancies,
                trust=vacancy.trust if vacancy else "",
                site=vacancy.site if vacancy else "",
                department=vacancy.department if vacancy else "",
                first_day=offer.first_day,
                last_day=offer.last_day,
                reply_by=reply_day(round, offer),
            )
        )
    return rows


def _home(round: Round, number: str) -> str:
    return f"{number} {round.municipality[number].name}".strip()


def without_names(rows: Sequence[Answer]) -> list[Answer]:
    """The rows with ids only, for those who must not see more."""
    return [row.model_copy(update={"name": "", "home": ""}) for row in rows]


def reply_day(round: Round, offer: Offer) -> date | None:
    """The day by which the offer is answered: its own, or so many days after the run date."""
    if not offer.locked:
        return reply_by(round)
    lock = find_lock(round.locks, offer.candidate_id, offer.segments[0])
    return lock.reply_by if lock else None


def find_lock(locks: Sequence[Lock], candidate_id: str, segment: Segment) -> Lock | None:
    """The candidate's lock in the segment's vacancy from its first day, wherever it ends now."""
    key = (candidate_id, segment.vacancy_id, segment.start)
    return next((k for k in locks if (k.candidate_id, k.vacancy_id, k.start) == key), None)
