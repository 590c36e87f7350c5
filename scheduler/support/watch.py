"""Who is told how far the work on a plan has come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come: a goal of one of the parts has a value and a bound."""

    goal_id: str
    part: int
    parts: int
    value: int
    bound: int | None


class Watch:
    """Is told; does nothing about it."""

    def report(self, progress: Progress) -> None:
        """The search in one part of the round has come so far."""

    def explaining(self, done: int, of: int) -> None:
        """So many questions are answered, of so many."""

    def checking(self, done: int, of: int) -> None:
        """So much of what the plan says is checked, of so much."""
