"""The result: plan.json as a model (schema "alis-plan/1"). Ids only, no names."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Self

from pydantic import Field

from models.conflict import Conflict
from models.entry import (
    ChangeEntry,
    Day,
    Entry,
    FindingEntry,
    GoalNumber,
    PlacementEntry,
)
from models.explanation import (
    ConsentEntry,
    ExplanationEntry,
    GaveWayEntry,
    HelpEntry,
    OpenWishEntry,
    TurnEntry,
    UnusedEntry,
)
from models.finding import CodeWord, Finding
from models.language import Language
from models.lock import Lock
from models.need import NeedEntry, PersonEntry
from models.placement import Placement
from models.proved import Proved
from models.round import Round

SCHEMA: Final = "alis-plan/1"


class WaitingPart(CodeWord):
    """The four parts of the waiting list (SPEC section 8)."""

    UNPLACED = "unplaced"
    PAST_LIMIT = "past_limit"
    NOT_YET_READY = "not_yet_ready"
    ON_HOLD = "on_hold"


class SolverEntry(Entry):
    """The solver, and how long it worked."""

    name: str
    version: str
    seconds: float


class RoundEntry(Entry):
    """Which round the plan is for."""

    name: str
    run_date: Day
    next_round_date: Day
    policy: str
    language: Language
    seed: str
    seed_reason: str

    @classmethod
    def from_round(cls, round: Round, language: Language) -> Self:
        """The entry of a round whose plan is written in that language."""
        return cls(
            name=round.name,
            run_date=round.run_date,
            next_round_date=round.next_round_date,
            policy=round.policy_name,
            language=language,
            seed=round.seed,
            seed_reason=round.seed_reason,
        )


class GoalEntry(Entry):
    """A goal's value, the best that might be possible (null: not known) and the proof."""

    id: str
    value: GoalNumber
    bound: GoalNumber | None
    proof: Proved


class LockEntry(Entry):
    """A lock, as given, without texts."""

    candidate_id: str
    vacancy_id: str
    start: Day
    end: Day
    status: str
    reply_by: Day | None
    extended_from: Day | None

    @classmethod
    def from_lock(cls, lock: Lock) -> Self:
        """The entry of a lock (the note and the reason are the coordinator's own)."""
        return cls(
            candidate_id=lock.candidate_id,
            vacancy_id=lock.vacancy_id,
            start=lock.start,
            end=lock.end,
            status=lock.status.value,
            reply_by=lock.reply_by,
            extended_from=lock.extended_from,
        )


class UnplacedEntry(Entry):
    """Somebody without a new placement, and the part of the waiting list they are in."""

    candidate_id: str
    part: Literal["unplaced", "past_limit", "not_yet_ready", "on_hold"]


class ResolutionEntry(Entry):
    """A single change that resolves a conflict; and of those without a place, the one whom the
    goals would place first in one of its vacancies then, everybody else as the plan has them.
    """

    change: FindingEntry
    then: PlacementEntry | None


class ConflictEntry(Entry):
    """What locks break: the days, the people, the vacancies, and single changes that resolve it; of
    service that was extended into it, what ground the policy asks for.
    """

    candidate_ids: list[str]
    vacancy_ids: list[str]
    first: Day
    last: Day
    finding: FindingEntry
    extensions: list[FindingEntry]
    remedies: list[ResolutionEntry]

    @classmethod
    def from_conflict(
        cls,
        conflict: Conflict,
        extensions: Sequence[Finding],
        remedies: Sequence[tuple[Finding, Placement | None]],
    ) -> Self:
        """The entry of a conflict, with the extensions behind it and what would resolve it."""
        return cls(
            candidate_ids=list(conflict.candidate_ids),
            vacancy_ids=list(conflict.vacancy_ids),
            first=conflict.first,
            last=conflict.last,
            finding=FindingEntry.from_finding(conflict.finding),
            extensions=[FindingEntry.from_finding(told) for told in extensions],
            remedies=[
                ResolutionEntry(
                    change=FindingEntry.from_finding(change),
                    then=None if then is None else PlacementEntry.from_placement(then),
                )
                for change, then in remedies
            ],
        )


class LotEntry(Entry):
    """What only the lot decided: groups of changes, each to a plan that is as good but for the
    lot. `examined` says whether everybody concerned is in a group.
    """

    examined: bool
    groups: list[list[ChangeEntry]]


class FiguresEntry(Entry):
    """How many are placed, their points in all, and the most that one has."""

    placed: int
    total_points: int
    worst_points: int

    @classmethod
    def from_placements(cls, placements: Sequence[Placement]) -> Self:
        """The figures of a plan."""
        points = [p.points for p in placements]
        return cls(
            placed=len(points), total_points=sum(points), worst_points=max(points, default=0)
        )


class ComparisonEntry(Entry):
    """What other goals would have given; figures are null where that was not examined.

    `policy` is blank where only the goals are others.
    """

    policy: str
    goals: list[str]
    figures: FiguresEntry | None


class Plan(Entry):
    """Everything that plan.json holds. `files` are the SHA-256 of what was written with it, by
    path in its folder; the copy of a plan in a workbook names none.
    """

    schema_: Literal["alis-plan/1"] = Field(alias="schema")
    product: str
    solver: SolverEntry
    round: RoundEntry
    input: dict[str, str]
    files: dict[str, str] = Field(default_factory=dict)
    policy: dict[str, object]
    status: Literal["optimal", "feasible"]
    unique: bool | None
    other_plan: list[ChangeEntry]
    lot: LotEntry
    goals: list[GoalEntry]
    one_fewer: FiguresEntry | None
    comparison: ComparisonEntry
    placements: list[PlacementEntry]
    locks: list[LockEntry]
    unplaced: list[UnplacedEntry]
    set_aside: list[str]
    conflicts: list[ConflictEntry]
    explanations: list[ExplanationEntry]
    help: list[HelpEntry]
    unused: list[UnusedEntry]
    turns: list[TurnEntry]
    gave_way: list[GaveWayEntry]
    consents: list[ConsentEntry]
    open_wishes: list[OpenWishEntry]
    # Plans of earlier versions do not have these.
    need: NeedEntry | None = None
    people: list[PersonEntry] = Field(default=[])

    def to_json(self) -> str:
        """plan.json's text: stable order, ISO dates, a line for each value."""
        data = self.model_dump(mode="json", by_alias=True)
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read plan.json; raises ValueError naming each thing that is wrong."""
        return cls.model_validate_json(text)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the plan, wherever it lies and whatever lies beside it."""
        data = self.model_dump(mode="json", by_alias=True, exclude={"files"})
        return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()

    def answer(self) -> tuple[Placement, ...]:
        """The new placements."""
        return tuple(p.placement() for p in self.placements)


def policy_entry(round: Round) -> Mapping[str, object]:
    """The policy's numbers as plan.json repeats them."""
    return json.loads(json.dumps(round.policy.to_json()))  # type: ignore[no-any-return]
