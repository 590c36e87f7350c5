"""Answers to the offers of tiny rounds, and what follows from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from models.answer import Answer, CandidateAnswer, DepartmentAnswer
from models.candidate import SplitWish
from models.plan import Plan
from models.round import Round
from scheduler.listing.options import make_case
from scheduler.planning import make_plan
from scheduler.quarter.answers.offers import offer_rows
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.next import Next, next_round
from scheduler.quarter.next_round.options import NextOptions
from scheduler.support.errors import NotApplicableError
from tests.builders import a_round, candidate, vacancy

DAY = date(2026, 3, 10)
NEXT = NextOptions(name="Neste")
KEEP = NextOptions(name="Neste", unanswered=Unanswered.KEEP)
YES = {"candidate_answer": CandidateAnswer.YES, "answered_on": DAY}
NO = {"candidate_answer": CandidateAnswer.NO, "answered_on": DAY}
GONE = {"candidate_answer": CandidateAnswer.WITHDRAWN, "answered_on": DAY}
REFUSED = {"department_answer": DepartmentAnswer.NO}


def planned(round: Round) -> Plan:
    return make_plan(make_case(round)).plan


def answered(round: Round, plan: Plan, by_vacancy: Mapping[str, Mapping[str, Any]]) -> list[Answer]:
    return [
        row.model_copy(update=dict(by_vacancy.get(row.vacancies, {})))
        for row in offer_rows(plan, round)
    ]


def after(
    round: Round, by_vacancy: Mapping[str, Mapping[str, Any]], options: NextOptions = NEXT
) -> Next:
    plan = planned(round)
    return next_round(round, plan, answered(round, plan, by_vacancy), options)


def refused(
    round: Round, changed: Round, by_vacancy: Mapping[str, Mapping[str, Any]], **more: Any
) -> list[str]:
    plan = planned(round)
    with pytest.raises(NotApplicableError) as raised:
        next_round(changed, plan, answered(round, plan, by_vacancy), NextOptions(**more))
    return [str(NotApplicableError(f)) for f in raised.value.findings]


def halves() -> Round:
    """A accepts three plus three, and there are two windows of three months."""
    first = vacancy("V1", date(2026, 9, 1), date(2026, 11, 30))
    second = vacancy("V2", date(2027, 1, 1), date(2027, 3, 31), site="Bodø")
    return a_round([candidate(split=SplitWish.ACCEPT)], [first, second])
