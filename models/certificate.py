"""What is stored beside plan.json so that its bounds can be checked (schema "alis-proof/1").

Columns and rows are numbered as the programme made from the round numbers them.
"""

import json
from typing import Annotated, Final, Literal, Self

from pydantic import Field

from models.entry import Entry

SCHEMA: Final = "alis-proof/1"

# The number of a column, a row or a stage. Less than 0 would count from the end.
Number = Annotated[int, Field(ge=0)]
# A whole number or a fraction, so short that reckoning with it ends.
Price = Annotated[str, Field(pattern=r"^-?[0-9]{1,60}(/[0-9]{1,60})?$")]


class OrderEntry(Entry):
    """A row that every plan keeps that keeps the municipal order.

    `first`, who goes before `second`, has a claim made of the columns `claim`, which takes the
    place of the columns `held` of the second in a plan that has the columns `beside` of others
    (`scheduler/verification/certificates/order.py`).
    """

    kind: Literal["order"]
    first: str
    claim: list[Number]
    second: str
    held: list[Number]
    beside: list[Number]


class PriceEntry(Entry):
    """The dual value of a row, as a fraction.

    `row` is the number of the row in the part; `own` the number of a row listed in the part
    entry; `goal` the number of an earlier stage, whose value is a row. One of them is given.
    """

    row: Number | None = None
    own: Number | None = None
    goal: Number | None = None
    price: Price


class RoundedEntry(Entry):
    """A row that follows from others: they are added up as often as their prices say (negative: as
    a lower limit), and what is left of a whole number is dropped. Coefficients of the columns `up`
    are rounded up, the others down. No row of a goal is among them.
    """

    kind: Literal["rounded"]
    prices: list[PriceEntry]
    up: list[Number]


# A row found on the way; each may lean on those before it.
OwnEntry = OrderEntry | RoundedEntry


class StageEntry(Entry):
    """A stage of a goal in one part: its least sum (maximised stages with their sign turned),
    and the dual values that prove it; null where a search proved it, or nothing.
    """

    goal: str
    least: int
    prices: list[PriceEntry] | None = None


class PartEntry(Entry):
    """A part of the round that nothing ties to the others."""

    columns: int
    rows: list[OwnEntry]
    stages: list[StageEntry]


class Certificates(Entry):
    """All certificates of a plan."""

    schema_: Literal["alis-proof/1"] = Field(alias="schema")
    columns: int
    rows: int
    parts: list[PartEntry]

    def to_json(self) -> str:
        """One line per part, so that the file can be looked at."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        parts = ",\n".join(json.dumps(p, separators=(",", ":")) for p in data.pop("parts"))
        return f'{json.dumps(data)[:-1]}, "parts": [\n{parts}\n]}}\n'

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it back; raises ValueError naming each thing that is wrong."""
        return cls.model_validate_json(text)
