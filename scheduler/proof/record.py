"""The certificates of a solution, in the form in which they are stored."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from models.certificate import SCHEMA, PartEntry, PriceEntry, Proof, StageEntry
from scheduler.components import Component
from scheduler.engine import Work
from scheduler.engine.result import ComponentResult
from scheduler.goals.base import Stage


def proof_of(work: Work) -> Proof:
    """What proves the solution, part by part."""
    return Proof(
        schema_=SCHEMA,
        columns=len(work.program.columns),
        rows=len(work.program.rows),
        parts=[
            _part(part, result, work.stages)
            for part, result in zip(work.parts, work.results, strict=True)
        ],
    )


def _part(part: Component, result: ComponentResult, stages: Sequence[Stage]) -> PartEntry:
    """Of the rows found on the way only those that a price is of."""
    pool, given = result.pool, len(part.rows)
    cited = sorted(
        {
            number
            for stage in result.stages
            for number in stage.prices or ()
            if number >= given and number not in pool.stage_of
        }
    )
    own = {number: n for n, number in enumerate(cited)}

    def price(number: int, value: Fraction) -> PriceEntry:
        if number in own:
            return PriceEntry(own=own[number], price=str(value))
        if number in pool.stage_of:
            return PriceEntry(goal=pool.stage_of[number], price=str(value))
        return PriceEntry(row=number, price=str(value))

    def prices(found: Mapping[int, Fraction] | None) -> list[PriceEntry] | None:
        return None if found is None else [price(n, y) for n, y in sorted(found.items())]

    return PartEntry(
        columns=len(part.columns),
        rows=[why for n in cited if (why := pool.rows[n].why) is not None],
        stages=[
            StageEntry(
                goal=stage.goal_id,
                least=-done.value if stage.maximise else done.value,
                prices=prices(done.prices),
            )
            for stage, done in zip(stages, result.stages, strict=True)
        ],
    )
