"""What the files for machines are made of; ids only, no names."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field

from models.base import EARLIEST, LATEST, Frozen
from models.finding import Finding
from models.placement import PlacedSegment, Placement, Segment, Shape


class Entry(Frozen):
    """Part of plan.json; values must have the right type, nothing is converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


# A day that a round can have something to do with; months can be added to it.
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
GoalNumber = int | list[int | None]


class SegmentEntry(Entry):
    """A segment of a new placement."""

    vacancy_id: str
    start: Day
    end: Day
    months: int
    deviation_months: int | None
    wish_rank: int | None


class PlacementEntry(Entry):
    """A new placement."""

    candidate_id: str
    shape: Literal["six", "joined", "split", "rest", "other"]
    points: int
    segments: list[SegmentEntry]

    @classmethod
    def from_placement(cls, placement: Placement) -> Self:
        """The entry of a placement."""
        return cls(
            candidate_id=placement.candidate_id,
            shape=placement.shape.value,
            points=placement.points,
            segments=[
                SegmentEntry(
                    vacancy_id=p.segment.vacancy_id,
                    start=p.segment.start,
                    end=p.segment.end,
                    months=p.segment.months,
                    deviation_months=p.deviation,
                    wish_rank=p.wish_rank,
                )
                for p in placement.segments
            ],
        )

    def placement(self) -> Placement:
        """The placement that the entry stands for."""
        return Placement(
            self.candidate_id,
            Shape(self.shape),
            self.points,
            tuple(
                PlacedSegment(
                    Segment(s.start, s.end, s.vacancy_id, s.months),
                    s.deviation_months,
                    s.wish_rank,
                )
                for s in self.segments
            ),
        )


class FindingEntry(Entry):
    """A sentence as a value (see models.finding)."""

    rule: str
    message: str
    plural: str
    values: dict[str, object]

    @classmethod
    def from_finding(cls, finding: Finding) -> Self:
        """The entry of a finding."""
        return cls.model_validate(finding.to_json())

    def finding(self) -> Finding:
        """The finding that the entry stands for."""
        return Finding.from_json(self.model_dump())


class ChangeEntry(Entry):
    """What a candidate has in another plan: a placement, or nothing."""

    candidate_id: str
    placement: PlacementEntry | None
