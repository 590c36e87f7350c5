"""What the meeting has to decide: everything that the plan leaves to people."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.finding import N_
from models.plan import WaitingPart
from scheduler.explanations.wording.conflict_words import resolution_findings
from scheduler.listing.deadlines import DeadlineKind, DeadlineState, deadlines
from scheduler.report.sheets.explained import place_text, proposals
from scheduler.report.sheets.people import PARTS
from scheduler.report.sheets.summary import OUT_OF_TIME
from scheduler.report.texts import Delivery, reservation


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to decide: what it is, and choices for it."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A kind of decision, what is asked, and the cases."""

    title: str
    asked: str
    cases: tuple[Case, ...]


def decisions(delivery: Delivery) -> list[Decision]:
    """Every kind that has a case, what binds most first."""
    t = delivery.translator
    found = (
        (N_("The plan is not proved to be the best"), OUT_OF_TIME, _unproved(delivery)),
        (
            N_("Conflicts between promises"),
            N_("The promises are kept as they are; people must decide what to change."),
            _conflicts(delivery),
        ),
        (
            N_("Candidates set aside"),
            N_("Their data have errors, and they are not part of the plan."),
            (Case(_who(delivery, who)) for who in delivery.plan.set_aside),
        ),
        (N_("The wished period is past"), PARTS[WaitingPart.PAST_LIMIT], _past(delivery)),
        (
            N_("Contracts to be made at once"),
            N_("The time for making these contracts was past when the place was found."),
            _at_once(delivery),
        ),
        (
            N_("Vacancies that are only expected"),
            N_("The department must confirm the vacancy before the place can be promised."),
            _expected(delivery),
        ),
        (
            N_("Placements above the ceiling"),
            N_("The policy does not make placements so far from the wish; they may be discussed."),
            _proposals(delivery),
        ),
        (
            N_("What the municipalities' orders cost"),
            N_("With the consent of the one who goes before, one more would be placed."),
            _consents(delivery),
        ),
        (
            N_("Wishes held by somebody with shorter waiting and a narrower list"),
            N_(
                "Openness shall not be punished: these are worth a talk before the plan is settled."
            ),
            _open_wishes(delivery),
        ),
    )
    told = ((title, asked, tuple(cases)) for title, asked, cases in found)
    return [Decision(t.text(title), t.text(asked), cases) for title, asked, cases in told if cases]


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
        yield Case(told, tuple(choices) or none)


def _past(delivery: Delivery) -> Iterator[Case]:
    for entry in delivery.plan.unplaced:
        if entry.part == WaitingPart.PAST_LIMIT.value:
            who = entry.candidate_id
            yield Case(f"{_who(delivery, who)}, {delivery.municipality_of(who)}")


def _at_once(delivery: Delivery) -> Iterator[Case]:
    t = delivery.translator
    for deadline in deadlines(delivery.round, delivery.placements):
        if deadline.state is DeadlineState.AT_ONCE and deadline.kind is DeadlineKind.CONTRACT:
            _, site, department = delivery.place(deadline.vacancy_id)
            yield Case(
                t.text(
                    N_("{candidate}: {department}, {site}, from {first}."),
                    candidate=_who(delivery, deadline.candidate_id),
                    department=department,
                    site=site,
                    first=deadline.first_day,
                )
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
                    )
                )


def _proposals(delivery: Delivery) -> Iterator[Case]:
    for entry, remedy in proposals(delivery):
        who = _who(delivery, entry.candidate_id)
        yield Case(f"{who}: {place_text(delivery, remedy.placement)}")


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
            )
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
            )
        )
