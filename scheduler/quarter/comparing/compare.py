"""Two plans, side by side: who gained, lost or moved, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from models.finding import Finding
from scheduler.quarter.comparing.side import Service, Side


class ChangeKind(StrEnum):
    """What the second plan is for somebody, measured by the first."""

    GAINED = "gained"
    LOST = "lost"
    MOVED = "moved"
    KEPT = "kept"
    WAITING = "without_place"
    GONE = "gone"


class Cause(StrEnum):
    """What a change comes from, as far as is known."""

    ANSWER = "answer"
    PROMISE = "promise"
    STATUS = "status"
    OWN = "own"
    VACANCY = "vacancy"
    INPUT = "input"
    POLICY = "policy"
    TIME = "time"
    ORDER = "goes_before"
    OTHERS = "somebody_else"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody has in two plans, in the order of time.

    `days` is how much later the first day is (earlier, if negative), where there is one in both;
    points are of new placements only.
    """

    candidate_id: str
    kind: ChangeKind
    before: tuple[Service, ...]
    after: tuple[Service, ...]
    points_before: int | None
    points_after: int | None
    part_before: str
    part_after: str

    @property
    def days(self) -> int | None:
        """How many days later the first day is."""
        if not self.before or not self.after:
            return None
        return (self.after[0].start - self.before[0].start).days

    @property
    def left(self) -> tuple[Service, ...]:
        """What they no longer have."""
        return tuple(s for s in self.before if s not in self.after)

    @property
    def taken(self) -> tuple[Service, ...]:
        """What they did not have before."""
        return tuple(s for s in self.after if s not in self.before)


@dataclass(frozen=True, slots=True)
class Told:
    """A change with what it comes from, in sentences; `chain` are the people by way of whom."""

    change: Change
    cause: Cause
    reasons: tuple[Finding, ...]
    chain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pairing:
    """Two plans and what became of everybody, by id; service that is over at the second plan's run
    date is left out.
    """

    before: Side
    after: Side

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        """One for everybody whom either plan knows of."""
        people = sorted(self.before.people | self.after.people)
        return {who: self._change(who) for who in people}

    def _change(self, who: str) -> Change:
        since = max(self.before.run_date, self.after.run_date)
        one, two = (tuple(sorted(s.service(who, since))) for s in (self.before, self.after))
        old, new = self.before.placed.get(who), self.after.placed.get(who)
        return Change(
            who,
            self._kind(who, one, two),
            one,
            two,
            old.points if old else None,
            new.points if new else None,
            self.before.parts.get(who, ""),
            self.after.parts.get(who, ""),
        )

    def _kind(self, who: str, one: tuple[Service, ...], two: tuple[Service, ...]) -> ChangeKind:
        gone, new = set(one) - set(two), set(two) - set(one)
        if one and two and (gone or new):
            return ChangeKind.MOVED  # who keeps one of two halves has not lost their place
        if new:
            return ChangeKind.GAINED
        if gone:
            return ChangeKind.LOST
        if two:
            return ChangeKind.KEPT
        waits = who in self.after.parts or who in self.after.set_aside
        return ChangeKind.WAITING if waits else ChangeKind.GONE
