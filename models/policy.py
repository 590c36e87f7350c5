"""A region's numbers, points and order of goals, read from a TOML file."""

import json
import tomllib
from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from models.base import Frozen
from models.finding import N_

GoalId = Literal[
    "last-chance",
    "placed",
    "waiting",
    "hard-hit",
    "wishes",
    "unchanged",
    "order",
    "municipal-rank",
    "lot",
]
GOAL_IDS: tuple[GoalId, ...] = get_args(GoalId)
_LOT: GoalId = "lot"
# Nobody placed at all is the best plan for the former, unless one of the latter goes before.
_BEST_FOR_NOBODY: tuple[GoalId, ...] = ("hard-hit", "wishes", "lot")
_PLACING: tuple[GoalId, ...] = ("placed", "order", "municipal-rank")

# What stands in a policy file where a number has no written source.
CHOICE = "choice"

# Larger numbers than these are slips of the keyboard, and might make sums that no solver can hold.
Months = Annotated[int, Field(ge=0, le=120)]
EvenPoints = Annotated[int, Field(ge=0, le=1000, multiple_of=2)]
Limit = Annotated[int, Field(ge=0, le=100_000)]
Weight = Annotated[int, Field(ge=0, le=10)]
Factor = tuple[Weight, Weight]
SourceText = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]


class Factors(Frozen):
    """How much the period and the place weigh, as (period, place)."""

    none: Factor
    period: Factor
    place: Factor


class Points(Frozen):
    """Distance from the wish in points, all even so that halves are whole (SPEC section 6)."""

    period: tuple[EvenPoints, ...] = Field(min_length=1, max_length=121)
    beyond_period: EvenPoints
    place: tuple[EvenPoints, ...] = Field(min_length=1, max_length=100)
    other_department: EvenPoints
    other_site: EvenPoints
    factors: Factors
    split_accepted: EvenPoints
    six_when_split_preferred: EvenPoints


class Policy(Frozen):
    """Every number that a region decides. Months are whole calendar months."""

    practice_months: Months = Field(
        description=N_("Months of general practice before hospital service")
    )
    max_late_months: Months = Field(description=N_("Most months later than wished"))
    max_early_months: Months = Field(description=N_("Most months earlier than wished"))
    allow_split: bool = Field(description=N_("Three plus three months are possible"))
    require_agreement: bool = Field(
        description=N_("An agreement between municipality and trust is needed")
    )
    require_priority: bool = Field(
        description=N_("The municipalities must give their order of priority")
    )
    lead_months: Months = Field(description=N_("Months from the run date to the first day"))
    max_gap_months: Months = Field(
        description=N_("Most months between two halves, or from a lock to the rest")
    )
    horizon_months: Months = Field(description=N_("Months ahead that are planned"))
    municipal_order: Literal["placed", "strict", "off"] = Field(
        description=N_("How the municipal order is kept: placed, strict or off")
    )
    start_days: tuple[Annotated[int, Field(ge=1, le=31)], ...] = Field(
        min_length=1,
        max_length=31,
        description=N_("Days of the month when service may always begin"),
    )
    hard_points: Limit = Field(description=N_("Points from which a placement is far off"))
    open_by_default: bool = Field(
        description=N_("What a blank cell means for being open to other sites and departments")
    )
    reply_days: Annotated[int, Field(ge=0, le=365)] = Field(
        description=N_("Days that an offer stands")
    )
    extension: Literal["goals", "weighty"] = Field(
        description=N_(
            "On what ground a running lock may be extended: goals (learning goals are not reached) "
            "or weighty (long illness or weighty reasons)"
        )
    )
    max_points: Limit | None = Field(
        default=None, description=N_("Points above which nothing is placed")
    )
    goals: tuple[GoalId, ...] = Field(
        min_length=1,
        max_length=len(GOAL_IDS),
        description=N_("Goals, the most important first"),
    )
    points: Points = Field(description=N_("Points"))
    source: Mapping[str, SourceText] = Field(default={}, description=N_("Source of each number"))

    @field_validator("goals")
    @classmethod
    def _goals(cls, goals: tuple[GoalId, ...]) -> tuple[GoalId, ...]:
        placing = False
        for place, goal in enumerate(goals):
            if goal in goals[:place]:
                raise PydanticCustomError("goal_twice", "{goal} is named twice", {"goal": goal})
            if goal in _BEST_FOR_NOBODY and not placing:
                raise PydanticCustomError("goal_early", "{goal} would place nobody", {"goal": goal})
            placing = placing or goal in _PLACING
        if goals[-1] != _LOT:
            raise PydanticCustomError("goal_lot", "lot is the last goal")
        return goals

    @field_validator("source")
    @classmethod
    def _sources(cls, source: Mapping[str, str]) -> Mapping[str, str]:
        known = set(cls.model_fields) - {"source"}
        for key in source:
            if key not in known:
                raise PydanticCustomError("source_key", "there is no {name}", {"name": key})
        return source

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read a policy file; nothing in it is converted. Raises ValueError, or RecursionError."""
        # A day has no form in JSON; as a text it is refused wherever it stands.
        return cls.model_validate_json(json.dumps(tomllib.loads(text), default=str), strict=True)

    def source_of(self, key: str) -> str | None:
        """The written source of a number; None if it is the region's own choice."""
        source = self.source.get(key, CHOICE)
        return None if source == CHOICE else source

    def to_json(self) -> dict[str, object]:
        """All numbers, leaving out what is not set."""
        return self.model_dump(mode="json", exclude_none=True)
