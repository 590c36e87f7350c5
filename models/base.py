"""What all nouns of the input share: frozen pydantic models whose fields are columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.finding import Finding

# Whoever serves is alive, and months can be added to every day that is meant.
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one value: the field's name and the sentence about it."""

    field: str
    finding: Finding


class Frozen(BaseModel):
    """Frozen, and nothing unknown is let in."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class Noun(Frozen):
    """A row of an input sheet. A field's title is its English header and gettext key."""

    sheet: ClassVar[str]

    def problems(self) -> Iterator[Problem]:
        """What is wrong within the row itself, beyond each value's own type."""
        return iter(())

    @model_validator(mode="after")
    def _refuse_problems(self) -> Self:
        found = list(self.problems())
        if found:
            raise ValueError(
                "; ".join(f"{p.field}: {p.finding.message} {p.finding.values}" for p in found)
            )
        return self

    @classmethod
    def header(cls, field: str) -> str:
        """The English header of a field."""
        return cls.model_fields[field].title or field

    @classmethod
    def required(cls, field: str) -> bool:
        """Whether the cell must be filled in."""
        return cls.model_fields[field].is_required()


def column(description: str, *, title: str | None = None, default: Any = ...) -> Any:
    """A field that is a column: `description` is the help text (and gettext key)."""
    return Field(default=default, title=title, description=description)
