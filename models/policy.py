"""A region's numbers, points and order of goals, read from a TOML file."""

import tomllib
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from models.base import Frozen
from models.finding import N_

GOAL_IDS = (
    "last-chance",
    "placed",
    "waiting",
    "hard-hit",
    "wishes",
    "unchanged",
    "order",
    "municipal-rank",
    "lot",
)

# What stands in a policy file where a number has no written source.
CHOICE = "choice"

EvenPoints = int
Factor = tuple[int, int]


class Factors(Frozen):
    """How much the period and the place weigh, as (period, place)."""

    none: Factor = (2, 2)
    period: Factor = (3, 1)
    place: Factor = (1, 3)


class Points(Frozen):
    """Distance from the wish in points, all even so that halves are whole (SPEC section 6)."""

    period: tuple[EvenPoints, ...] = (0, 2, 6, 12, 20, 30, 42)
    beyond_period: EvenPoints = 14
    place: tuple[EvenPoints, ...] = (0, 6, 12, 18, 24, 30)
    other_department: EvenPoints = 40
    other_site: EvenPoints = 60
    factors: Factors = Factors()
    split_accepted: EvenPoints = 40
    six_when_split_preferred: EvenPoints = 20

    @model_validator(mode="after")
    def _even(self) -> Self:
        singles = (
            self.beyond_period,
            self.other_department,
            self.other_site,
            self.split_accepted,
            self.six_when_split_preferred,
        )
        for number in (*self.period, *self.place, *singles):
            if number < 0 or number % 2:
                raise ValueError(f"points must be even and not negative, not {number}")
        if not self.period or not self.place:
            raise ValueError("period and place need at least one number each")
        for pair in (self.factors.none, self.factors.period, self.factors.place):
            if min(pair) < 0:
                raise ValueError("factors must not be negative")
        return self


class Policy(Frozen):
    """Every number that a region decides. Months are whole calendar months."""

    practice_months: int = Field(
        ge=0, description=N_("Months of general practice before hospital service")
    )
    max_late_months: int = Field(ge=0, description=N_("Most months later than wished"))
    max_early_months: int = Field(ge=0, description=N_("Most months earlier than wished"))
    allow_split: bool = Field(description=N_("Three plus three months are possible"))
    require_agreement: bool = Field(
        description=N_("An agreement between municipality and trust is needed")
    )
    require_priority: bool = Field(
        description=N_("The municipalities must give their order of priority")
    )
    lead_months: int = Field(ge=0, description=N_("Months from the run date to the first day"))
    max_gap_months: int = Field(
        ge=0, description=N_("Most months between two halves, or from a lock to the rest")
    )
    horizon_months: int = Field(ge=0, description=N_("Months ahead that are planned"))
    municipal_order: Literal["placed", "strict", "off"] = Field(
        description=N_("How the municipal order is kept: placed, strict or off")
    )
    start_days: tuple[int, ...] = Field(
        description=N_("Days of the month when service may always begin")
    )
    hard_points: int = Field(ge=0, description=N_("Points from which a placement is far off"))
    open_by_default: bool = Field(
        description=N_("What a blank cell means for being open to other sites and departments")
    )
    reply_days: int = Field(ge=0, description=N_("Days that an offer stands"))
    extension: Literal["goals", "weighty"] = Field(
        description=N_(
            "On what ground a running lock may be extended: goals (learning goals are not reached) "
            "or weighty (long illness or weighty reasons)"
        )
    )
    max_points: int | None = Field(
        default=None, ge=0, description=N_("Points above which nothing is placed")
    )
    goals: tuple[str, ...] = Field(description=N_("Goals, the most important first"))
    points: Points = Field(default=Points(), description=N_("Points"))
    source: Mapping[str, str] = Field(default={}, description=N_("Source of each number"))

    @field_validator("start_days")
    @classmethod
    def _days(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if any(not 1 <= day <= 31 for day in days):
            raise ValueError("start_days are days of the month, 1 to 31")
        return days

    @field_validator("goals")
    @classmethod
    def _goals(cls, goals: tuple[str, ...]) -> tuple[str, ...]:
        for goal in goals:
            if goal not in GOAL_IDS:
                raise ValueError(f"unknown goal {goal}; the goals are {', '.join(GOAL_IDS)}")
        if len(set(goals)) != len(goals):
            raise ValueError("a goal is named twice")
        return goals

    @model_validator(mode="after")
    def _sources(self) -> Self:
        known = set(type(self).model_fields) - {"source"}
        unknown = sorted(set(self.source) - known)
        if unknown:
            raise ValueError(f"source names what the policy does not have: {', '.join(unknown)}")
        return self

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read a policy file; unknown keys are refused (ValueError)."""
        return cls.model_validate(tomllib.loads(text))

    def source_of(self, key: str) -> str | None:
        """The written source of a number; None if it is the region's own choice."""
        source = self.source.get(key, CHOICE)
        return None if source == CHOICE else source

    def to_json(self) -> dict[str, object]:
        """All numbers, leaving out what is not set."""
        return self.model_dump(mode="json", exclude_none=True)
