"""What the files for machines are made of; ids only, no names."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from models.base import EARLIEST, LATEST, Frozen
from models.finding import Finding
from models.placement import PlacedSegment, Placement, Segment, Shape


class Entry(Frozen):
    """Part of plan.json; values must have the right type, nothing is converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def told(says: str, *, unchecked: str = "", **more: Any) -> Any:
    """A field of plan.json that says this; `unchecked` is what of it `alis verify` does not check,
    and why.
    """
    if unchecked:
        more["json_schema_extra"] = {"unchecked": unchecked}
    return Field(description=says, **more)


# A day that a round can have something to do with; months can be added to it.
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
GoalNumber = int | list[int | None]


class SegmentEntry(Entry):
    """A segment of a new placement."""

    vacancy_id: str = told("the vacancy")
    start: Day = told("the first day of service")
    end: Day = told("the last day of service")
    months: int = told("whole months of service")
    deviation_months: int | None = told(
        "months from the wished period to the first day, early ones negative; null: the second "
        "of a joined"
    )
    wish_rank: int | None = told(
        "the first ranked row that it meets, by its rank in the input; null: none"
    )


class PlacementEntry(Entry):
    """A new placement."""

    candidate_id: str = told("whose it is")
    shape: Literal["six", "joined", "split", "rest", "other"] = told(
        "`six`: six months; `joined`: six in two vacancies; `split`: three and three; `rest`: the "
        "last three; `other`: as waived"
    )
    points: int = told("what it costs in points; fewer are better")
    segments: list[SegmentEntry] = told("one or two, in order of time", min_length=1)

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

    rule: str = told("the id of the rule that it is about; blank: none")
    message: str = told(
        "the sentence in English, with the names of values in braces; the key of its translations"
    )
    plural: str = told("the sentence where the value `n` is not one; blank: one form only")
    values: dict[str, object] = told(
        "the values by name: texts, whole numbers, days, and words that are translated"
    )

    @model_validator(mode="after")
    def _refuse_untold(self) -> Self:
        try:
            self.finding()
        except (KeyError, TypeError) as error:
            raise ValueError(str(error)) from error
        return self

    @classmethod
    def from_finding(cls, finding: Finding) -> Self:
        """The entry of a finding."""
        return cls.model_validate(finding.to_json())

    def finding(self) -> Finding:
        """The finding that the entry stands for."""
        return Finding.from_json(self.model_dump())


class ChangeEntry(Entry):
    """What a candidate has in another plan: a placement, or nothing."""

    candidate_id: str = told("who it is about")
    placement: PlacementEntry | None = told("what they have in the other plan; null: nothing")
