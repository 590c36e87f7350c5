"""What a letter is made of: sentences as values, in the order in which they are read."""

from dataclasses import dataclass
from enum import Enum, auto

from models.finding import N_, Finding, Term, Value

_NUMBERS = (
    *(N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six")),
    *(N_("seven"), N_("eight"), N_("nine"), N_("ten"), N_("eleven"), N_("twelve")),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A template for one, and another for several, which may speak of other values; blank where
    nothing is counted.
    """

    one: str
    several: str = ""

    def filled(self, **values: Value) -> Finding:
        """The sentence with those of the values that it speaks of; `n` chooses the template."""
        message = self.several if self.several and values["n"] != 1 else self.one
        told = {name: value for name, value in values.items() if f"{{{name}}}" in message}
        return Finding(message, tuple(told.items()))


class Kind(Enum):
    """What a letter is about, before all else."""

    OFFER = auto()
    PROMISE = auto()
    UNPLACED = auto()
    WAITING = auto()
    NOTICE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, sentence by sentence; `bullet`: one of several points under the one before."""

    findings: tuple[Finding, ...]
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; the first section of a letter has none."""

    heading: Finding | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """An answer slip: the places that one answer is about, and by when it is asked for."""

    places: tuple[Finding, ...]
    reply: Finding


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that is said to one candidate."""

    candidate_id: str
    kind: Kind
    title: Finding
    greeting: Finding
    sections: tuple[Section, ...]
    slips: tuple[Slip, ...]


def in_words(number: int) -> Term | str:
    """A number as it is written in a sentence: in words up to twelve."""
    return Term(_NUMBERS[number - 1]) if 1 <= number <= len(_NUMBERS) else str(number)


def plain(*findings: Finding) -> Line:
    """Sentences that are one paragraph."""
    return Line(findings)


def bullets(*findings: Finding) -> tuple[Line, ...]:
    """Sentences that are a point each under the paragraph before."""
    return tuple(Line((found,), bullet=True) for found in findings)
