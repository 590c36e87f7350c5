"""What was answered to each offer, and what follows from it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.answer import Answer, CandidateAnswer, DepartmentAnswer
from models.finding import N_, CodeWord, Finding, finding
from models.history import OfferAnswer
from models.plan import Plan
from scheduler.quarter.answers.offers import Offer, key_of, plan_offers

_TWO_ANSWERS = N_(
    "{candidate} has both said {one} and {other} to the two halves of one offer; three plus three "
    "months are taken or left together."
)
_COMMENTED = N_(
    "{candidate} has no answer to the offer of {vacancies}, but a comment: “{comment}”. Write the "
    "answer, or delete the comment."
)
_UNANSWERED = N_(
    "{candidate} has not answered about {vacancies}, {first} to {last}. Write the answer, or "
    "choose with --unanswered keep or --unanswered declined."
)
_NOT_YET_DUE = N_(
    "{candidate} has not answered about {vacancies}, and has until {reply_by}; that cannot count "
    "as no on {run_date}."
)
_NO_REPLY_DAY = N_(
    "{candidate} has not answered about {vacancies}, and there is no day to reply by; that cannot "
    "count as no. Write the answer."
)


class Unanswered(CodeWord):
    """What becomes of offers without an answer."""

    KEEP = "keep"
    DECLINED = "declined"


class Fate(StrEnum):
    """What becomes of an offer."""

    ACCEPTED = "accepted"
    KEPT = "kept"
    DECLINED = "declined"
    LAPSED = "lapsed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an offer, the day of the answer, and the day it was to be answered by."""

    offer: Offer
    fate: Fate
    answered_on: date | None
    reply_by: date | None

    @property
    def answer(self) -> OfferAnswer:
        """How it was answered, for the record."""
        return _ANSWERS[self.fate]


_ANSWERS = {
    Fate.ACCEPTED: OfferAnswer.YES,
    Fate.KEPT: OfferAnswer.NO_ANSWER,
    Fate.LAPSED: OfferAnswer.NO_ANSWER,
    Fate.DECLINED: OfferAnswer.NO,
    Fate.REFUSED: OfferAnswer.DEPARTMENT_NO,
    Fate.WITHDRAWN: OfferAnswer.WITHDRAWN,
}


def decide(
    plan: Plan, answers: Sequence[Answer], run_date: date, unanswered: Unanswered | None
) -> tuple[list[Decision], list[Finding]]:
    """What becomes of every offer of the plan, and what must be cleared up first."""
    rows = {key_of(row): row for row in answers}
    groups: defaultdict[object, list[Offer]] = defaultdict(list)
    for offer in plan_offers(plan):
        groups[offer.key if offer.locked else offer.candidate_id].append(offer)
    decided: list[Decision] = []
    wrong: list[Finding] = []
    for offers in groups.values():
        own = [(o, rows.get(o.key, _blank(o))) for o in offers]
        for found in _group(own, run_date, unanswered):
            if isinstance(found, Decision):
                decided.append(found)
            else:
                wrong.append(found)
    return decided, wrong


def _blank(offer: Offer) -> Answer:
    return Answer(candidate_id=offer.candidate_id)


def _group(
    own: Sequence[tuple[Offer, Answer]], run_date: date, unanswered: Unanswered | None
) -> Iterator[Decision | Finding]:
    said = sorted({row.candidate_answer for _, row in own if row.candidate_answer})
    if len(said) > 1:
        who = own[0][0].candidate_id
        yield finding(_TWO_ANSWERS, candidate=who, one=said[0], other=said[1])
        return
    answer = said[0] if said else None
    day = next((row.answered_on for _, row in own if row.answered_on), None)
    for offer, row in own:
        refused = row.department_answer is DepartmentAnswer.NO
        if answer is CandidateAnswer.WITHDRAWN:
            yield Decision(offer, Fate.WITHDRAWN, day, row.reply_by)
        elif answer is CandidateAnswer.NO:
            yield Decision(offer, Fate.DECLINED, day, row.reply_by)
        elif refused:
            yield Decision(offer, Fate.REFUSED, row.answered_on, row.reply_by)
        elif answer is CandidateAnswer.YES:
            yield Decision(offer, Fate.ACCEPTED, day, row.reply_by)
        else:
            yield _without_answer(offer, row, run_date, unanswered)


def _without_answer(
    offer: Offer, row: Answer, run_date: date, unanswered: Unanswered | None
) -> Decision | Finding:
    who, where = offer.candidate_id, offer.vacancies
    if unanswered is Unanswered.KEEP:
        return Decision(offer, Fate.KEPT, None, row.reply_by)
    if unanswered is None:
        first, last = offer.first_day, offer.last_day
        return finding(_UNANSWERED, candidate=who, vacancies=where, first=first, last=last)
    if row.comment:  # two answers that differ stand there, or what somebody said on the telephone
        return finding(_COMMENTED, candidate=who, vacancies=where, comment=row.comment)
    if row.reply_by is None:
        return finding(_NO_REPLY_DAY, candidate=who, vacancies=where)
    if row.reply_by >= run_date:
        return finding(
            _NOT_YET_DUE,
            candidate=who,
            vacancies=where,
            reply_by=row.reply_by,
            run_date=run_date,
        )
    return Decision(offer, Fate.LAPSED, row.reply_by, row.reply_by)
