"""What became of a municipality's own candidates, in words: no points, no ids of rules or goals."""

from models.candidate import Candidate, CandidateStatus
from models.finding import N_, Finding, finding
from models.lock import LockStatus
from models.placement import Placement, Shape
from scheduler.explanations.letter.offers import reply_finding
from scheduler.listing.deadlines import DeadlineState, reconfirm_window, state_of
from scheduler.problem.calendar import whole_months
from scheduler.report.books.sentences import Stretch, contract_findings, reply_by, reservations
from scheduler.report.texts import Delivery, deviation_text

_OFFERED = {
    6: N_("Is offered {department}, {site}, from {first} to {last} (six months)."),
    3: N_("Is offered {department}, {site}, from {first} to {last} (three months)."),
}
_HALVES = (
    N_(
        "Is offered {department}, {site}, from {first} to {last} (three plus three months, first "
        "half)."
    ),
    N_(
        "Is offered {department}, {site}, from {first} to {last} (three plus three months, second "
        "half)."
    ),
)
_OTHER = N_("Is offered {department}, {site}, from {first} to {last}.")
_PROMISED = {
    LockStatus.OFFERED: N_(
        "Was offered {department}, {site}, from {first} to {last}, and has not answered."
    ),
    LockStatus.ACCEPTED: N_("Has said yes to {department}, {site}, from {first} to {last}."),
    LockStatus.CONTRACT: N_("Has a contract for {department}, {site}, from {first} to {last}."),
    LockStatus.IN_SERVICE: N_("Serves in {department}, {site}, from {first} to {last}."),
}
# Nine to six months before the wished first day (SPEC section 8).
_AGAIN = N_(
    "The municipality asks the candidate by {until} whether the wish to begin on {wished} still "
    "holds."
)
_TODAY = N_(
    "The municipality asks the candidate at once whether the wish to begin on {wished} still holds."
)
START = N_("Start: {apart}.")
_PARTS = {
    "unplaced": N_("There is no place in this round. The waiting time is kept."),
    "past_limit": N_(
        "The wished period can no longer be kept: please confirm a new one. The waiting time is "
        "kept."
    ),
    "not_yet_ready": N_(
        "Can begin only after the period that is planned now, and is looked at again later."
    ),
    "on_hold": N_("Is on hold, and is not considered in this round."),
}
_STATUSES = {
    CandidateStatus.WITHDRAWN: N_("Has withdrawn."),
    CandidateStatus.MUNICIPAL: N_("Is to serve in a municipal institution."),
    CandidateStatus.DONE: N_("The hospital service is registered as completed."),
    CandidateStatus.ON_HOLD: N_("Is on hold, and is not considered in this round."),
    CandidateStatus.WAITING: N_("The service that was promised has ended."),
}


def outcome_text(delivery: Delivery, candidate: Candidate, stretch: Stretch | None) -> str:
    """What somebody is offered or has, or that they wait, in sentences."""
    t = delivery.translator
    if stretch is None:
        parts = {u.candidate_id: u.part for u in delivery.plan.unplaced}
        part = parts.get(candidate.candidate_id)
        if part is None:
            return t.text(_STATUSES[candidate.status])
        since, until = reconfirm_window(candidate.wished_start)
        due = state_of(delivery.round.run_date, since, until) is DeadlineState.DUE
        waits = candidate.status is CandidateStatus.WAITING
        again = due and waits and candidate.candidate_id not in delivery.round.locks_of
        text = _AGAIN if delivery.round.run_date < until else _TODAY
        ask = [t.text(text, until=until, wished=candidate.wished_start)] if again else []
        return " ".join([t.text(_PARTS[part]), *ask])
    told = [t.finding(_place(delivery, stretch))]
    if stretch.whole is not None:
        told.append(t.text(START, apart=apart_text(delivery, stretch.whole, stretch.number)))
    if stretch.lock is None or stretch.lock.status is LockStatus.ACCEPTED:
        told += map(t.finding, contract_findings(delivery, stretch))
    told += map(t.finding, reservations(delivery, stretch))
    day = reply_by(delivery, stretch)
    if day is not None and stretch.settled(delivery):
        told.append(t.finding(reply_finding(delivery.round, day)))
    return " ".join(told)


def apart_text(delivery: Delivery, placement: Placement, number: int) -> str:
    """How far a start is from the wish, within a sentence."""
    text = deviation_text(delivery, placement, number)
    return text[:1].lower() + text[1:]


def _place(delivery: Delivery, stretch: Stretch) -> Finding:
    offer = stretch.offer
    _, site, department = delivery.place(offer.segments[0].vacancy_id)
    if not department:
        text = N_("Has a place from {first} to {last}, but its vacancy is no longer listed.")
        if not stretch.accepted:
            text = N_(
                "Was offered a place from {first} to {last}, but its vacancy is no longer listed."
            )
        return finding(text, first=offer.first_day, last=offer.last_day)
    if stretch.lock is not None:
        text = _PROMISED[stretch.lock.status]
    elif stretch.whole is not None and stretch.whole.shape is Shape.SPLIT:
        text = _HALVES[stretch.number]
    else:
        months = whole_months(offer.first_day, offer.last_day)
        text = _OFFERED.get(months, _OTHER)
    return finding(
        text, department=department, site=site, first=offer.first_day, last=offer.last_day
    )
