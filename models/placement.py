"""The answer's nouns: a segment of service, and the placement of one candidate."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Shape(StrEnum):
    """How a placement fills the months that remain (SPEC section 4a, shapes)."""

    SIX = "six"
    JOINED = "joined"
    SPLIT = "split"
    REST = "rest"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """Unbroken service in one vacancy: first and last day, whole months."""

    start: date
    end: date
    vacancy_id: str
    months: int

    def covers(self, day: date) -> bool:
        """Whether the day is a day of service."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class PlacedSegment:
    """A segment with what the plan says about it.

    `deviation` is in months, early negative, None for the second segment of a joined
    placement; `wish_rank` is the rank in the file, None where no ranked row matches.
    """

    segment: Segment
    deviation: int | None
    wish_rank: int | None


@dataclass(frozen=True, slots=True)
class Placement:
    """What a candidate gets: one or two segments, in the order of time, and its points."""

    candidate_id: str
    shape: Shape
    points: int
    segments: tuple[PlacedSegment, ...]

    @property
    def first_day(self) -> date:
        """First day of the first segment."""
        return self.segments[0].segment.start

    @property
    def stretches(self) -> tuple[tuple[PlacedSegment, ...], ...]:
        """The segments put together where service goes on unbroken, as people see it."""
        if self.shape is Shape.JOINED:
            return (self.segments,)
        return tuple((placed,) for placed in self.segments)

    @property
    def bare(self) -> tuple[Segment, ...]:
        """The segments without what the plan says about them."""
        return tuple(placed.segment for placed in self.segments)
