"""What `alis explain` says: one candidate's explanations as lines."""

from collections.abc import Iterator

from models.finding import N_
from models.grouped import grouped
from models.plan import WaitingPart
from scheduler.explanations.letter.letter import letter
from scheduler.explanations.question import Answers, Question
from scheduler.explanations.wording.audience import Audience
from scheduler.explanations.wording.obstacle_words import Named
from scheduler.explanations.wording.order_words import (
    gave_way_finding,
    takeover_findings,
    turn_findings,
)
from scheduler.explanations.wording.status_words import status_findings
from scheduler.explanations.wording.words import refusals_told, wish_findings
from scheduler.report.sheets.explained import changes_text, no_help, place_text, when_met
from scheduler.report.sheets.people import PART_MEANINGS
from scheduler.report.texts import Delivery, span


def candidate_lines(delivery: Delivery, who: str, audience: Audience) -> Iterator[str]:
    """What the candidate has, what became of each wish, and what would help."""
    t, plan = delivery.translator, delivery.plan
    yield t.text(
        N_("{candidate}, {municipality}"), candidate=who, municipality=delivery.municipality_of(who)
    )
    for placement in delivery.placements:
        for segment in placement.bare if placement.candidate_id == who else ():
            _, site, department = delivery.place(segment.vacancy_id)
            yield f"  {segment.vacancy_id} ({site}, {department}): {span(segment, t)}"
    for found in status_findings(delivery.round, who):
        yield f"  {t.finding(found)}"
    for entry in plan.unplaced:
        part = WaitingPart(entry.part)
        if entry.candidate_id == who and part is not WaitingPart.ON_HOLD:  # their status says that
            yield f"  {t.text(PART_MEANINGS[part])}"
    named = _named(delivery, who, audience)
    for wish in plan.explanations:
        if wish.candidate_id == who:
            yield t.text(N_("Wish {rank}"), rank=wish.rank)
            for found in (*wish_findings(wish, named), *when_met(delivery, wish)):
                yield f"  {t.finding(found)}"
            alike = grouped(refusals_told(delivery.round, wish), lambda refusal: refusal[1])
            for found, own in alike.items():
                vacancies = ", ".join(vacancy_id for vacancy_id, _ in own)
                yield f"  {vacancies}: {t.finding(found)}"
    for helped in plan.help:
        if helped.candidate_id == who:
            yield t.text(N_("What would help"))
            for remedy in helped.remedies:
                text = t.text(
                    N_("{condition}, {candidate} could have had {place}."),
                    condition=changes_text(delivery, who, remedy, named),
                    candidate=who,
                    place=place_text(delivery, remedy.placement),
                )
                yield f"  {text}"
            if not helped.remedies:
                yield f"  {t.text(no_help(helped))}"
    yield from _order(delivery, who, named)


def _order(delivery: Delivery, who: str, named: Named) -> Iterator[str]:
    """Whom the candidate gave way to, and why those after have places."""
    t, plan = delivery.translator, delivery.plan
    found = [
        *(
            told
            for entry in plan.gave_way
            if entry.first == who
            for told in (gave_way_finding(entry), *takeover_findings(entry, named))
        ),
        *(
            told
            for entry in plan.turns
            if entry.first == who
            for told in turn_findings(entry, named)
        ),
    ]
    if found:
        yield t.text(N_("The municipality's order of priority"))
        yield from (f"  {t.finding(told)}" for told in found)


def answer_lines(delivery: Delivery, question: Question, audience: Audience) -> Iterator[str]:
    """The answer for every vacancy that the question is about."""
    t = delivery.translator
    answers = Answers(delivery.round, delivery.plan, question)
    named = _named(delivery, question.candidate_id, audience)
    vacancies = answers.vacancies()
    if not vacancies:
        yield t.text(N_("No vacancy in the input answers to this."))
    for vacancy in vacancies:
        yield f"{vacancy.vacancy_id} ({vacancy.site}, {vacancy.department})"
        for found in answers.about(vacancy, named):
            yield f"  {t.finding(found)}"


def letter_lines(delivery: Delivery, who: str) -> Iterator[str]:
    """The letter to the candidate, without its answer slip."""
    t = delivery.translator
    told = letter(delivery.round, delivery.plan, who)
    yield t.finding(told.greeting)
    for section in told.sections:
        if section.heading is not None:
            yield t.finding(section.heading)
        for line in section.lines:
            text = " ".join(map(t.finding, line.findings))
            yield f"  {text}" if line.bullet else text


def _named(delivery: Delivery, who: str, audience: Audience) -> Named:
    """Who may be named to the audience."""
    if audience is Audience.COORDINATOR:
        return None
    home = delivery.round.candidate[who].municipality
    people = delivery.round.candidates
    return frozenset(c.candidate_id for c in people if c.municipality == home)
