"""A task and its answer: bytes that are sent to whoever does it and come back."""

import hashlib
import json
import time
import zlib
from dataclasses import dataclass
from threading import Timer
from typing import Final, Literal, Self

from pydantic import Field

from models.certificate import Certificates
from models.entry import Entry, PlacementEntry
from models.plan import GoalEntry
from models.round import Round
from scheduler.goals.base import as_number
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.solver.certificates import proof_of
from scheduler.solver.clock import Clock
from scheduler.solver.integer.cpsat import solver_version
from scheduler.solver.solve import Solution, solve
from scheduler.version import __version__

# A task without limits that takes longer than this is stopped, and says what is not proved.
_PATIENCE = 600.0
# More than the largest answer that can be meant, in bytes.
_LARGEST: Final = 200_000_000


def product() -> str:
    """What does the work, with the versions on which its results may depend."""
    return f"alis {__version__}, OR-Tools {solver_version()}"


class Limits(Entry):
    """When to stop looking for a better plan: seconds, or work (see Clock); null: no such limit."""

    seconds: float | None = None
    work: float | None = None


class Order(Entry):
    """What a task asks for: a bare round, solved within limits, by this product."""

    schema_: Literal["alis-task/1"] = Field(alias="schema", default="alis-task/1")
    product: str
    limits: Limits
    round: Round = Field(strict=False)


@dataclass(frozen=True, slots=True)
class Task:
    """What is sent, and its name: SHA-256 of what it holds."""

    key: str
    payload: bytes

    @classmethod
    def of(cls, round: Round, limits: Limits) -> Self:
        """The task of solving a bare round."""
        order = Order(product=product(), limits=limits, round=round)
        text = order.model_dump_json(by_alias=True).encode()
        return cls(hashlib.sha256(text).hexdigest(), zlib.compress(text))

    def round(self) -> Round:
        """The round that the task is about."""
        return Order.model_validate_json(zlib.decompress(self.payload)).round


class Answer(Entry):
    """What came of a task: placements, the goals with how they are proved, and the certificates.

    With another `product` than the task asks for nothing else is in it: it was not begun.
    """

    product: str
    placements: list[PlacementEntry] = Field(default=[])
    goals: list[GoalEntry] = Field(default=[])
    proof: Certificates | None = None
    seconds: float = 0.0

    def to_bytes(self) -> bytes:
        """As it is sent."""
        return zlib.compress(self.model_dump_json(by_alias=True).encode())

    @classmethod
    def from_bytes(cls, sent: bytes) -> Self:
        """Read it back; raises ValueError for what is none."""
        reading = zlib.decompressobj()
        try:
            text = reading.decompress(sent, _LARGEST)
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if reading.unconsumed_tail:
            raise ValueError("too large")
        return cls.model_validate_json(text)


def answer(payload: bytes) -> bytes:
    """Do a task, on whichever machine this is."""
    text = zlib.decompress(payload)
    # Another version may write a round otherwise: only who it is from is read before that.
    if json.loads(text).get("product") != product():
        return Answer(product=product()).to_bytes()
    order = Order.model_validate_json(text)
    case = make_case(order.round)
    return answer_of(*solved(case, order.limits)).to_bytes()


def solved(case: Case, limits: Limits) -> tuple[Solution, float]:
    """The case solved, and the seconds that it took."""
    started = time.monotonic()
    clock = Clock.after(limits.seconds, limits.work)
    patience = Timer(_PATIENCE, clock.stop)
    patience.daemon = True
    if not clock.limits:  # a limit known beforehand makes the solver look for more on its way
        patience.start()
    try:
        solution = solve(case, clock=clock, examine=False)
    finally:
        patience.cancel()
    return solution, time.monotonic() - started


def answer_of(solution: Solution, seconds: float) -> Answer:
    """What is told of a solution."""
    return Answer(
        product=product(),
        placements=[PlacementEntry.from_placement(p) for p in solution.placements],
        goals=[
            GoalEntry(
                id=result.goal_id,
                value=as_number(result.value),
                bound=None if result.bound is None else as_number(result.bound),
                proof=result.proof,
            )
            for result in solution.goals
        ],
        proof=proof_of(solution.work),
        seconds=round(seconds, 3),
    )
