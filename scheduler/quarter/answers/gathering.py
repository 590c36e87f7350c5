"""The answers of many files put together; two that differ are told, and neither is taken."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.answer import Answer, CandidateAnswer, DepartmentAnswer
from models.finding import N_, Finding, finding
from models.plan import Plan
from scheduler.input.message import Message, Place, Severity, place_text
from scheduler.input.rows import errors
from scheduler.locale import Translator
from scheduler.quarter.answers.offers import key_of, plan_offers
from scheduler.quarter.answers.returned import Given, Returned, read_returned

_NO_OFFERS = N_(
    "The plan's own workbook of answers is needed too; it was written beside plan.json."
)
DIFFERENT = N_("{candidate}, {first}: {column} is {answers}. Nothing was chosen.")
_SPOT = N_("{answer} ({place})")

# What is asked once for all rows of a placement, and what of each row.
_OF_PLACEMENT = ("candidate_answer", "answered_on")
_OF_ROW = ("department_answer",)


@dataclass(frozen=True, slots=True)
class Difference:
    """Answers to the same question that are not the same."""

    offer: Answer
    field: str
    given: tuple[Given, ...]


@dataclass(frozen=True)
class Gathered:
    """All that was answered: a row for every offer; what differs is blank there, and told."""

    rows: tuple[Answer, ...]
    differences: tuple[Difference, ...]
    messages: tuple[Message, ...]


def gather(paths: Iterable[Path], plan: Plan, translator: Translator) -> Gathered:
    """Read the files, the plan's own workbook of answers among them; with errors in the messages
    the rows are nothing to go by.
    """
    return put_together([read_returned(p, plan, translator) for p in paths], plan, translator)


def put_together(returned: Sequence[Returned], plan: Plan, translator: Translator) -> Gathered:
    """The answers of files that were read."""
    messages = [m for one in returned for m in one.messages]
    stamps = [one.stamp for one in returned if one.stamp is not None]
    offers = next((s.offers for s in stamps if s.kind == "answers"), None)
    if offers is None:
        if not errors(messages):
            messages.append(Message(Severity.ERROR, Place("", ""), "", finding(_NO_OFFERS)))
        return Gathered((), (), tuple(messages))
    given = [g for one in returned for g in one.given]
    rows, differences = _merged(offers, given, plan, translator)
    return Gathered(tuple(rows), tuple(differences), tuple(messages))


def _merged(
    offers: Sequence[Answer], given: Sequence[Given], plan: Plan, translator: Translator
) -> tuple[list[Answer], list[Difference]]:
    group = _placements(plan)
    by_place: defaultdict[Any, list[Given]] = defaultdict(list)
    by_row: defaultdict[Any, list[Given]] = defaultdict(list)
    for one in given:
        key = key_of(one.offer)
        by_place[group.get(key, key), one.field].append(one)
        by_row[key, one.field].append(one)
    rows: list[Answer] = []
    found: dict[Any, Difference] = {}
    for offer in offers:
        key = key_of(offer)
        whole = group.get(key, key)
        filled: dict[str, Any] = {}
        for field in (*_OF_PLACEMENT, *_OF_ROW):
            about = whole if field in _OF_PLACEMENT else key
            told = (by_place if field in _OF_PLACEMENT else by_row)[about, field]
            values = {g.value for g in told}
            if len(values) == 1:
                filled[field] = told[0].value
            elif values:
                found.setdefault((about, field), Difference(offer, field, tuple(told)))
        if "candidate_answer" not in filled and "department_answer" not in filled:
            filled.pop("answered_on", None)
        own = [d for (about, _), d in found.items() if about in (whole, key)]
        comments = [str(g.value) for g in by_row[key, "comment"]]
        comments += [translator.finding(difference_finding(d, translator)) for d in own]
        # What was gathered before holds the comments that it was gathered from.
        whole_ones = [c for c in comments if not any(c != o and c in o for o in comments)]
        filled["comment"] = "; ".join(dict.fromkeys(whole_ones))
        rows.append(offer.model_copy(update=filled))
    return rows, list(found.values())


def _placements(plan: Plan) -> dict[Any, Any]:
    """Key of a new offer → the candidate, as both halves of a placement have one answer."""
    return {o.key: o.candidate_id for o in plan_offers(plan) if not o.locked}


def counted(rows: Sequence[Answer]) -> dict[str, int]:
    """How many offers there are, and how many were answered in each way; every offer counts in
    one of them, and a yes to which the department said no counts as the department's.
    """
    said = Counter(map(_way, rows))
    ways = ("yes", "no", "withdrawn", "department_no", "blank")
    return {"offers": len(rows), **{way: said[way] for way in ways}}


def _way(row: Answer) -> str:
    if row.candidate_answer in (CandidateAnswer.NO, CandidateAnswer.WITHDRAWN):
        return row.candidate_answer.value
    if row.department_answer is DepartmentAnswer.NO:
        return "department_no"
    return "blank" if row.candidate_answer is None else row.candidate_answer.value


def difference_finding(difference: Difference, translator: Translator) -> Finding:
    """Which answers differ, with the file and cell of each."""
    spots: list[str] = []
    for one in difference.given:
        place = place_text(Message(Severity.ERROR, one.place, "", finding("")), translator)
        spots.append(translator.text(_SPOT, answer=one.value, place=place))
    return finding(
        DIFFERENT,
        candidate=difference.offer.candidate_id,
        first=difference.offer.first_day,
        column=translator.column(Answer.header(difference.field)),
        answers=tuple(dict.fromkeys(spots)),
    )
