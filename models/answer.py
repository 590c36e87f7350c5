"""What became of an offer: the candidate's answer and the department's."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, CodeWord, finding


class CandidateAnswer(CodeWord):
    """What a candidate says to an offer; `withdrawn`: wants no service at all any more."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


class DepartmentAnswer(CodeWord):
    """What a department says to somebody who is to come."""

    YES = "yes"
    NO = "no"


class Answer(Noun):
    """An unbroken stretch of service that is offered, and the answers to it (SPEC section 10).

    Three plus three months are two stretches; a joined placement is one, in two vacancies.
    """

    sheet: ClassVar[str] = "answers"

    candidate_id: str = column(N_("The candidate who is offered the place."))
    name: str = column(N_("The candidate's name."), default="")
    home: str = column(N_("The candidate's municipality."), title="municipality", default="")
    vacancies: str = column(N_("The vacancies of the place, with a comma between."), default="")
    trust: str = column(N_("Health trust of the place."), default="")
    site: str = column(N_("Site of the place."), default="")
    department: str = column(N_("Department of the place."), default="")
    first_day: date | None = column(N_("First day of service."), default=None)
    last_day: date | None = column(N_("Last day of service."), default=None)
    reply_by: date | None = column(N_("The day by which an offer is answered."), default=None)
    candidate_answer: CandidateAnswer | None = column(
        N_("What the candidate answers: yes, no or withdrawn."), default=None
    )
    answered_on: date | None = column(N_("The day of the answer."), default=None)
    department_answer: DepartmentAnswer | None = column(
        N_("What the department answers: yes or no."), default=None
    )
    comment: str = column(N_("A comment, for people only."), default="")

    def problems(self) -> Iterator[Problem]:
        if self.answered_on and not (self.candidate_answer or self.department_answer):
            yield Problem(
                "answered_on",
                finding(N_("There is a day here, but no answer; write the answer too.")),
            )


# The cells that people fill in; the others say what was offered.
ANSWER_CELLS = ("candidate_answer", "answered_on", "department_answer", "comment")
# What tells one stretch from all others, and where it is.
OFFER_CELLS = ("vacancies", "trust", "site", "department", "first_day", "last_day")
