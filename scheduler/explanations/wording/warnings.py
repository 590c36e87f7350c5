"""Warnings that need the options, or the plan before."""

from collections.abc import Iterator, Mapping, Sequence

from models.candidate import CandidateStatus
from models.finding import N_, Finding, SheetName, finding
from models.placement import Placement, Segment
from models.round import Round
from models.waiver import Pair, PairKind
from scheduler.explanations.shut_out import cause_findings, without_options
from scheduler.input import Message, ReadResult, Severity
from scheduler.input.message import Place
from scheduler.listing.options import list_choices
from scheduler.problem.calendar import holds
from scheduler.problem.case import Choices
from scheduler.problem.option import site_of
from scheduler.problem.windows import Windows

_NO_OPTION = N_("No vacancy is possible for {candidate}. {causes}")
_SHORT = N_(
    "The window is shorter than three months and meets no other, so nobody can serve in it."
)
_NO_SITE = N_(
    "{one} and {other} must serve at the same site, but no site is possible for both, so they "
    "cannot both be placed. Ask whether they are open to other sites, or change or delete the row."
)


def option_warnings(
    read: ReadResult, choices: Mapping[str, Choices] | None = None
) -> Iterator[Message]:
    """A warning for every candidate without options, every window that is too short, and every two
    who must serve at one site but have none in common.
    """
    if read.round is None:
        return
    round = read.round
    listed = list_choices(round) if choices is None else choices
    for who, causes in without_options(round, listed).items():
        told = tuple(cause_findings(round, causes))
        text = finding(_NO_OPTION, candidate=who, causes=told)
        yield Message(Severity.WARNING, read.places["candidates", who], who, text, who)
    windows = Windows(round.vacancies)
    for vacancy in round.vacancies:
        if not holds(vacancy.start, vacancy.end, 3) and not windows.joined(vacancy):
            place = read.places["vacancies", vacancy.vacancy_id]
            yield Message(Severity.WARNING, place, vacancy.vacancy_id, finding(_SHORT))
    for pair in round.pairs:
        both = (pair.candidate_a, pair.candidate_b)
        if pair.kind is PairKind.SAME_SITE and _no_site_in_common(round, listed, both):
            place = read.places[Pair.sheet, " ".join(both)]
            text = finding(_NO_SITE, one=both[0], other=both[1])
            yield Message(Severity.WARNING, place, both[0], text)


def _no_site_in_common(round: Round, listed: Mapping[str, Choices], both: Sequence[str]) -> bool:
    """Whether one of the two can get something new, each has some site, and both have none."""
    if not any(who in listed for who in both):
        return False
    one, other = (_sites(round, listed, who) for who in both)
    return bool(one and other) and not one & other


def _sites(round: Round, listed: Mapping[str, Choices], who: str) -> set[tuple[str, str]]:
    """Where somebody serves by promise, if anywhere; else where any service is possible."""
    held = [k.vacancy_id for k in round.locks_of.get(who, ()) if k.vacancy_id in round.vacancy]
    new = [s.vacancy_id for o in listed[who].options for s in o.segments] if who in listed else []
    return {site_of(round, vacancy_id) for vacancy_id in held or new}


def previous_warnings(read: ReadResult, before: Sequence[Placement] | None) -> Iterator[Message]:
    """A warning for everybody placed in the plan before whose place is now neither promised nor
    declined, and who has not stopped.
    """
    if read.round is None:
        return
    for placement in before or ():
        who, lost = placement.candidate_id, list(_lost(read.round, placement))
        if lost:
            place = read.places.get(("candidates", who), Place(read.files[0].name, ""))
            yield Message(Severity.WARNING, place, who, _no_word(read.round, who, lost[0]), who)


def _lost(round: Round, placement: Placement) -> Iterator[Segment]:
    """The service of a placement that nothing in the round answers to."""
    who = placement.candidate_id
    candidate = round.candidate.get(who)
    if candidate is not None and candidate.status is not CandidateStatus.WAITING:
        return
    if any(round.declined(who, segment.vacancy_id) for segment in placement.bare):
        return
    for segment in placement.bare:
        held = (
            lock.vacancy_id == segment.vacancy_id
            or (lock.start <= segment.end and segment.start <= lock.end)
            for lock in round.locks_of.get(who, ())
        )
        if not any(held):
            yield segment


def _no_word(round: Round, who: str, segment: Segment) -> Finding:
    """What to write of a place that was given."""
    values = {"candidate": who, "vacancy": segment.vacancy_id}
    if who not in round.candidate:
        return finding(
            N_(
                "{candidate} was placed in {vacancy} from {first} in the plan before, but is not "
                "in the sheet {candidates} now. Write the candidate there again, with the status "
                "if they have stopped."
            ),
            **values,
            first=segment.start,
            candidates=SheetName("candidates"),
        )
    return finding(
        N_(
            "{candidate} was placed in {vacancy} from {first} in the plan before, but nothing is "
            "said of it now. Write a row in the sheet {locks} if the place is offered or accepted, "
            "in the sheet {declines} if the answer is no, or another status in the sheet "
            "{candidates} if the candidate has stopped."
        ),
        **values,
        first=segment.start,
        locks=SheetName("locks"),
        declines=SheetName("declines"),
        candidates=SheetName("candidates"),
    )
