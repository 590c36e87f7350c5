"""The certificates of a solution, in the form in which they are stored."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from models.certificate import (
    SCHEMA,
    Certificates,
    OrderEntry,
    OwnEntry,
    PartEntry,
    PriceEntry,
    RoundedEntry,
    StageEntry,
)
from scheduler.goals.base import Stage
from scheduler.program.components import Component
from scheduler.program.program import ZeroHalf
from scheduler.solver.result import ComponentResult
from scheduler.solver.solve import Work


def proof_of(work: Work) -> Certificates:
    """What proves the solution, part by part."""
    return Certificates(
        schema=SCHEMA,
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
    own = {n: place for place, n in enumerate(_cited(result, given))}

    def price(number: int, value: Fraction) -> PriceEntry:
        if number in own:
            return PriceEntry(own=own[number], price=str(value))
        if number in pool.stage_of:
            return PriceEntry(goal=pool.stage_of[number], price=str(value))
        return PriceEntry(row=number, price=str(value))

    def prices(found: Mapping[int, Fraction] | None) -> list[PriceEntry] | None:
        return None if found is None else [price(n, y) for n, y in sorted(found.items())]

    def entry(why: OrderEntry | ZeroHalf) -> OwnEntry:
        if not isinstance(why, ZeroHalf):
            return why
        half = [price(number, Fraction(sign, 2)) for number, sign in why.sides]
        return RoundedEntry(kind="rounded", prices=half, up=list(why.up))

    return PartEntry(
        columns=len(part.columns),
        rows=[entry(why) for n in own if (why := pool.rows[n].why) is not None],
        stages=[
            StageEntry(
                goal=stage.goal_id,
                least=-done.value if stage.maximise else done.value,
                prices=prices(done.prices),
            )
            for stage, done in zip(stages, result.stages, strict=True)
        ],
    )


def _cited(result: ComponentResult, given: int) -> list[int]:
    """The rows found on the way that a price is of, and those that they lean on, in the order of
    their numbers.
    """
    pool = result.pool
    waiting = [number for stage in result.stages for number in stage.prices or ()]
    found: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number >= given and number not in pool.stage_of and number not in found:
            found.add(number)
            why = pool.rows[number].why
            if isinstance(why, ZeroHalf):
                waiting += [source for source, _ in why.sides]
    return sorted(found)
