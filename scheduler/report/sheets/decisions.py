"""What people have to decide: everything that the plan leaves to them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from models.finding import N_
from models.plan import WaitingPart
from scheduler.explanations.wording.conflict_words import resolution_findings
from scheduler.listing.deadlines import DeadlineState, deadlines
from scheduler.quarter.answers.offers import plan_offers, reply_day
from scheduler.report.sheets.explained import place_text, proposals
from scheduler.report.sheets.summary import OUT_OF_TIME
from scheduler.report.texts import Delivery, reservation, span

# Title, what is asked, sheet, and cases of a kind of decision.
_Kind = tuple[str, str, str, Iterable["Case"]]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to decide: what it is, the ids of those it is about, choices for it, and the day by
    which it is decided, if there is one.
    """

    text: str
    who: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A kind of decision, what is asked, the sheet that tells more (blank: none does), and the
    cases.
    """

    title: str
    asked: str
    sheet: str
    cases: tuple[Case, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody whom the cases are about, once each."""
        return tuple(dict.fromkeys(who for case in self.cases for who in case.who))

    @property
    def by(self) -> date | None:
        """The first day by which a case is decided, if any has one."""
        return min((case.by for case in self.cases if case.by), default=None)


def decisions(delivery: Delivery) -> list[Decision]:
    """Every kind that has a case, what binds most first."""
    return _told(delivery, _kinds(delivery))


def waiting_offers(delivery: Delivery) -> list[Decision]:
    """The offers whose day for an answer is still to come: nothing to decide, but to follow."""
    day = delivery.round.run_date
    waiting = _offers(delivery, lambda until: until is not None and until >= day)
    kind = N_("Offers that wait for an answer"), N_("The day for it is still to come.")
    return _told(delivery, [(*kind, N_("Placements"), waiting)])


def _told(delivery: Delivery, kinds: Iterable[_Kind]) -> list[Decision]:
    t = delivery.translator
    found = [
        Decision(t.text(title), t.text(asked), t.text(sheet) if sheet else "", tuple(cases))
        for title, asked, sheet, cases in kinds
    ]
    return [decision for decision in found if decision.cases]


def _kinds(delivery: Delivery) -> Iterator[_Kind]:
    day = delivery.round.run_date
    yield from (
        (N_("The plan is not proved to be the best"), OUT_OF_TIME, "", _unproved(delivery)),
        (
            N_("Promises that collide: decide what is to change"),
            N_("The promises are kept as they are; people must decide what to change."),
            N_("Conflicts"),
            _conflicts(delivery),
        ),
        (
            N_("Set aside because of errors in their data, and not part of the plan"),
            N_("Decide whether they wait for the next round, or the plan is made again with them."),
            "",
            (Case(_who(delivery, who), (who,)) for who in delivery.plan.set_aside),
        ),
        (
            N_("Offers whose day for an answer has passed: ask again, or withdraw them"),
            N_("The place is kept for them until it is decided."),
            N_("Placements"),
            _offers(delivery, lambda until: until is not None and until < day),
        ),
        (
            N_("Offers without a day for an answer: set one"),
            N_("Without a day nobody knows when the place is free for others."),
            N_("Placements"),
            _offers(delivery, lambda until: until is None),
        ),
        (
            N_("Confirmations and contracts that are late already: take them up at once"),
            N_("The day by which they should have been made is past."),
            N_("Deadlines"),
            _late(delivery),
        ),
        (
            N_("The wished period can no longer be kept: the municipality confirms a new wish"),
            N_("Waiting time is kept."),
            N_("Waiting list"),
            _past(delivery),
        ),
        (
            N_("Places in vacancies that are only expected: the department confirms them"),
            N_("The place can be promised once the vacancy is certain."),
            N_("Placements"),
            _expected(delivery),
        ),
        (
            N_("One more could be placed if somebody who goes first agreed to another place"),
            N_("Everybody else stays where the plan has them."),
            N_("Municipal order"),
            _consents(delivery),
        ),
        (
            N_("Wishes lost to somebody with a shorter wait and a narrower list: worth a talk"),
            N_("Openness shall not be punished."),
            N_("Municipal order"),
            _open_wishes(delivery),
        ),
        (
            N_("Places farther from the wish than the region allows: to be discussed"),
            N_("The plan does not give them; each is possible with everybody else where they are."),
            N_("What would help"),
            _proposals(delivery),
        ),
        (
            N_("Without a place, and no change that was tried helps: think of municipal service"),
            N_("The municipality may look at service in a municipal institution."),
            N_("What would help"),
            _alone(delivery),
        ),
    )


def _who(delivery: Delivery, who: str) -> str:
    """The id, and the name of somebody who is in the round."""
    candidate = delivery.round.candidate.get(who)
    return who if candidate is None else f"{who} {candidate.name}".strip()


def _unproved(delivery: Delivery) -> Iterator[Case]:
    if delivery.plan.status != "optimal":
        yield Case(
            delivery.translator.text(
                N_("Decide whether the plan is good enough, or give the search more time.")
            )
        )


def _conflicts(delivery: Delivery) -> Iterator[Case]:
    t = delivery.translator
    for conflict in delivery.plan.conflicts:
        told = t.text(
            N_("{people}: {why}"),
            people=tuple(_who(delivery, who) for who in conflict.candidate_ids),
            why=" ".join(t.finding(f.finding()) for f in (conflict.finding, *conflict.extensions)),
        )
        choices = (
            " ".join(t.finding(found) for found in resolution_findings(remedy))
            for remedy in conflict.remedies
        )
        none = (t.text(N_("No single change that was tried resolves it.")),)
        yield Case(told, tuple(conflict.candidate_ids), tuple(choices) or none)


def _offers(delivery: Delivery, which: Callable[[date | None], bool]) -> Iterator[Case]:
    """The offers that wait for an answer, of those days."""
    t, round = delivery.translator, delivery.round
    for offer in plan_offers(delivery.plan):
        until, who = reply_day(round, offer), offer.candidate_id
        if which(until):
            place = "; ".join(f"{s.vacancy_id}: {span(s, t)}" for s in offer.segments)
            yield Case(f"{_who(delivery, who)}: {place}", (who,), by=until)


def _past(delivery: Delivery) -> Iterator[Case]:
    for entry in delivery.plan.unplaced:
        if entry.part == WaitingPart.PAST_LIMIT.value:
            who = entry.candidate_id
            yield Case(f"{_who(delivery, who)}, {delivery.municipality_of(who)}", (who,))


def _late(delivery: Delivery) -> Iterator[Case]:
    t = delivery.translator
    for deadline in deadlines(delivery.round, delivery.placements):
        if deadline.state in (DeadlineState.AT_ONCE, DeadlineState.OVERDUE):
            _, site, department = delivery.place(deadline.vacancy_id)
            known = N_("{candidate}, {department}, {site}, from {first}: {what}, by {day}.")
            vanished = N_("{candidate}, {vacancy}, from {first}: {what}, by {day}.")
            yield Case(
                t.text(
                    known if site else vanished,
                    candidate=_who(delivery, deadline.candidate_id),
                    vacancy=deadline.vacancy_id,
                    department=department,
                    site=site,
                    first=deadline.first_day,
                    what=deadline.kind,
                    day=deadline.until,
                ),
                (deadline.candidate_id,),
            )


def _expected(delivery: Delivery) -> Iterator[Case]:
    t = delivery.translator
    for placement in delivery.placements:
        for segment in placement.bare:
            if reservation(t, delivery.round.vacancy[segment.vacancy_id]):
                _, site, department = delivery.place(segment.vacancy_id)
                yield Case(
                    t.text(
                        N_("{vacancy}, {department}, {site}: {candidate} from {first}."),
                        vacancy=segment.vacancy_id,
                        department=department,
                        site=site,
                        candidate=_who(delivery, placement.candidate_id),
                        first=segment.start,
                    ),
                    (placement.candidate_id,),
                )


def _proposals(delivery: Delivery) -> Iterator[Case]:
    for entry, remedy in proposals(delivery):
        who = _who(delivery, entry.candidate_id)
        yield Case(f"{who}: {place_text(delivery, remedy.placement)}", (entry.candidate_id,))


def _alone(delivery: Delivery) -> Iterator[Case]:
    unplaced = {
        e.candidate_id for e in delivery.plan.unplaced if e.part == WaitingPart.UNPLACED.value
    }
    for entry in delivery.plan.help:
        if entry.candidate_id in unplaced and entry.examined and not entry.remedies:
            who = entry.candidate_id
            yield Case(f"{_who(delivery, who)}, {delivery.municipality_of(who)}", (who,))


def _consents(delivery: Delivery) -> Iterator[Case]:
    t = delivery.translator
    for entry in delivery.plan.consents:
        yield Case(
            t.text(
                N_(
                    "If {candidate} consented to {instead}, {other} would be placed too, in {then}."
                ),
                candidate=_who(delivery, entry.first),
                instead=place_text(delivery, entry.instead),
                other=_who(delivery, entry.second),
                then=place_text(delivery, entry.then),
            ),
            (entry.first,),
        )


def _open_wishes(delivery: Delivery) -> Iterator[Case]:
    t = delivery.translator
    for entry in delivery.plan.open_wishes:
        yield Case(
            t.text(
                N_(
                    "Wish {rank} of {candidate} is held by {holder}. Quarters waited: "
                    "{quarters} and {holder_quarters}. Departments possible: {departments} "
                    "and {holder_departments}."
                ),
                candidate=_who(delivery, entry.candidate_id),
                rank=entry.rank,
                holder=_who(delivery, entry.holder),
                quarters=entry.quarters,
                holder_quarters=entry.holder_quarters,
                departments=entry.departments,
                holder_departments=entry.holder_departments,
            ),
            (entry.candidate_id,),
        )
