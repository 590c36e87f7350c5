"""Warnings that need the options: candidates and windows that nothing can come of."""

from collections.abc import Iterator, Mapping

from models.finding import N_, finding
from scheduler.explanations.refusals import without_options
from scheduler.input import Message, ReadResult, Severity
from scheduler.listing.options import list_choices
from scheduler.problem.calendar import holds
from scheduler.problem.case import Choices
from scheduler.problem.windows import Windows

_NO_OPTION = N_(
    "No vacancy is possible for {candidate}. Rules that shut vacancies out, the commonest first: "
    "{rules}."
)
_SHORT = N_(
    "The window is shorter than three months and meets no other, so nobody can serve in it."
)


def option_warnings(
    read: ReadResult, choices: Mapping[str, Choices] | None = None
) -> Iterator[Message]:
    """A warning for every candidate without options and every window that is too short."""
    if read.round is None:
        return
    listed = list_choices(read.round) if choices is None else choices
    for who, rules in without_options(read.round, listed).items():
        text = finding(_NO_OPTION, candidate=who, rules=tuple(rules))
        yield Message(Severity.WARNING, read.places["candidates", who], who, text, who)
    windows = Windows(read.round.vacancies)
    for vacancy in read.round.vacancies:
        if not holds(vacancy.start, vacancy.end, 3) and not windows.joined(vacancy):
            place = read.places["vacancies", vacancy.vacancy_id]
            yield Message(Severity.WARNING, place, vacancy.vacancy_id, finding(_SHORT))
