"""What a delivered workbook knows of itself: hidden, for programs."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Self

from models.answer import Answer
from models.base import Frozen
from models.plan import Plan

StampKind = Literal["answers", "department", "trust", "municipality"]


class Stamp(Frozen):
    """Whose the workbook is (`kind`), and the plan and round that it was made for.

    `offers` are what the workbook asks about, as it stood there when it was written.
    """

    kind: StampKind
    plan: str
    round: str
    run_date: date
    offers: tuple[Answer, ...] = ()

    @classmethod
    def of(cls, plan: Plan, kind: StampKind, offers: Sequence[Answer] = ()) -> Self:
        """The stamp of a workbook that is delivered with the plan."""
        return cls(
            kind=kind,
            plan=plan.fingerprint,
            round=plan.round.name,
            run_date=plan.round.run_date,
            offers=tuple(offers),
        )

    def to_json(self) -> str:
        """The stamp as it is kept."""
        return self.model_dump_json()
