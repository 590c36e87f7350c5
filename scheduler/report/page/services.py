"""Everybody's service, a line each: what the calendar draws and what the table beside it tells."""

from dataclasses import dataclass

from models.lock import Lock
from models.placement import Placement
from scheduler.explanations.letter.standing import in_conflict
from scheduler.report.texts import Delivery, deviation_text, reservation, wish_text
from scheduler.rules.occupancy import Stay

# The status of what this plan gives, beside those of locks.
PROPOSED = "proposed"
STATUSES = (PROPOSED, "offered", "accepted", "contract", "in_service")


@dataclass(frozen=True, slots=True)
class Service:
    """Unbroken service of somebody in a vacancy, with its number on the page.

    `status` is a code; `far`: the placement is far from the wish; `conflict`: a conflict between
    promises is about it.
    """

    number: int
    stay: Stay
    name: str
    municipality: str
    place: tuple[str, str, str]
    status: str
    wish: str
    deviation: str
    caveat: str
    far: bool
    conflict: bool

    @property
    def who(self) -> str:
        """The id, and the name if there is one."""
        return f"{self.stay.candidate_id} {self.name}".strip()


def services(delivery: Delivery) -> list[Service]:
    """All service, by place and day; what lies in vanished vacancies comes last."""
    round = delivery.round
    told = {
        Stay.of_segment(p.candidate_id, placed.segment): (p, n)
        for p in delivery.placements
        for n, placed in enumerate(p.segments)
    }
    locks = {Stay.of_lock(lock): lock for lock in round.locks}
    stays = sorted(
        {*told, *locks},
        key=lambda s: (
            s.vacancy_id not in round.vacancy,
            *delivery.place(s.vacancy_id),
            s.vacancy_id,
            s.first,
            s.last,
            s.candidate_id,
        ),
    )
    return [
        _service(delivery, number, stay, told[stay] if stay.new else locks[stay])
        for number, stay in enumerate(stays, 1)
    ]


def _service(
    delivery: Delivery, number: int, stay: Stay, told: tuple[Placement, int] | Lock
) -> Service:
    t, round = delivery.translator, delivery.round
    wish = deviation = caveat = ""
    status, far, conflict = PROPOSED, False, False
    if isinstance(told, Lock):
        conflict = in_conflict(delivery.plan, told)
        status = told.status.value
    else:
        placement, segment = told
        wish = wish_text(t, placement.segments[segment])
        deviation = deviation_text(delivery, placement, segment)
        caveat = reservation(t, round.vacancy[stay.vacancy_id])
        far = placement.points >= round.policy.hard_points
    return Service(
        number,
        stay,
        delivery.name(stay.candidate_id),
        delivery.municipality_of(stay.candidate_id),
        delivery.place(stay.vacancy_id),
        status,
        wish,
        deviation,
        caveat,
        far,
        conflict,
    )
