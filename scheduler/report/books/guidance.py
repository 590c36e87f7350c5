"""What a workbook that is sent out says above and below its table: whom to ask, how to answer."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from models.finding import N_, Word
from models.lock import LockStatus
from scheduler.explanations.letter.offers import reply_finding
from scheduler.report.texts import Delivery


def round_notes(delivery: Delivery) -> Iterator[str]:
    """Which round it is, and what must be known of it."""
    t, plan = delivery.translator, delivery.plan
    if plan.set_aside:
        yield t.text(
            N_("{n} candidate was set aside because of errors in the data."),
            N_("{n} candidates were set aside because of errors in the data."),
            n=len(plan.set_aside),
        )
    yield t.text(
        N_("{round}, run date {run_date}."),
        round=delivery.round.name,
        run_date=delivery.round.run_date,
    )
    if plan.status != "optimal":
        yield t.text(N_("Time ran out before the plan was proved to be the best."))


def ask_notes(
    delivery: Delivery, reply_days: Sequence[date | None], silence: str = ""
) -> Iterator[str]:
    """How to answer, if anybody is asked, what `silence` is taken to mean, and whom to ask."""
    t, round = delivery.translator, delivery.round
    days = [day for day in reply_days if day is not None]
    if days and min(days) < round.run_date:
        yield t.finding(reply_finding(round, min(days)))
        days = []  # a day that is past is not asked for
    if days and round.channel:
        yield t.text(
            N_(
                "Please answer in the yellow cells by {day}, save the workbook, and send it back "
                "by {channel}."
            ),
            day=min(days),
            channel=round.channel,
        )
    elif days:
        yield t.text(
            N_(
                "Please answer in the yellow cells by {day}, save the workbook, and send it back "
                "to the one who sent it."
            ),
            day=min(days),
        )
    elif reply_days and round.channel:
        yield t.text(
            N_(
                "Please answer in the yellow cells, save the workbook, and send it back by "
                "{channel}."
            ),
            channel=round.channel,
        )
    elif reply_days:
        yield t.text(N_("Please answer in the yellow cells, save the workbook, and send it back."))
    if reply_days and silence:
        yield t.text(silence)
    contact = [c for c in (round.coordinator, round.coordinator_email, phone(delivery)) if c]
    if contact:
        yield t.text(N_("Questions: {contact}."), contact=tuple(contact))


def phone(delivery: Delivery) -> str:
    """The coordinator's telephone number, if it is known."""
    number = delivery.round.coordinator_phone
    return delivery.translator.text(N_("telephone {number}"), number=number) if number else ""


_WORDS = {
    "proposed": N_("The plan offers the place; neither the candidate nor the department has said."),
    LockStatus.OFFERED.value: N_("The place was offered before, and is not answered yet."),
    LockStatus.ACCEPTED.value: N_("The candidate has said yes; the contract is not signed yet."),
    LockStatus.CONTRACT.value: N_("The contract is signed."),
    LockStatus.IN_SERVICE.value: N_("The candidate is in the department now."),
}


def word_notes(delivery: Delivery, codes: Collection[str]) -> Iterator[str]:
    """What the words for a status mean, those that are used."""
    t = delivery.translator
    for code, meaning in _WORDS.items():
        if code in codes:
            yield t.text(N_("“{word}”: {meaning}"), word=Word(code), meaning=t.text(meaning))
