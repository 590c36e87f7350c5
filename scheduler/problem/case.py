"""What is to be solved: the round, what each candidate might get, and the plan before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.placement import Placement
from models.round import Round
from models.wish import Wish
from scheduler.problem.option import Option


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that every rule about single options allows, and its points."""

    option: Option
    points: int


@dataclass(frozen=True, slots=True)
class Choices:
    """All that one open candidate might get.

    `counted` are the ranked rows that count for points. A split is a first and a second half
    that pair; each half has a partner, but not every pair fits.
    """

    candidate_id: str
    counted: tuple[Wish, ...]
    whole: tuple[Choice, ...]
    firsts: tuple[Choice, ...]
    seconds: tuple[Choice, ...]

    @property
    def options(self) -> Iterator[Option]:
        """Every option: whole ones and halves."""
        return (choice.option for choice in (*self.whole, *self.firsts, *self.seconds))

    @property
    def any(self) -> bool:
        """Whether there is an option at all."""
        return bool(self.whole or self.firsts)


@dataclass(frozen=True, slots=True)
class Case:
    """The round, every open candidate's choices and, if given, the plan before it."""

    round: Round
    choices: Mapping[str, Choices]
    previous: tuple[Placement, ...] | None = None
