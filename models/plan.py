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
    told,
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
from models.since import SincePlanEntry

SCHEMA: Final = "alis-plan/1"


class WaitingPart(CodeWord):
    """The four parts of the waiting list (SPEC section 8)."""

    UNPLACED = "unplaced"
    PAST_LIMIT = "past_limit"
    NOT_YET_READY = "not_yet_ready"
    ON_HOLD = "on_hold"


class SolverEntry(Entry):
    """The solver, and how long it worked."""

    name: str = told("the program that searched")
    version: str = told("its version")
    seconds: float = told("how long solving took")


class RoundEntry(Entry):
    """Which round the plan is for."""

    name: str = told("its name")
    run_date: Day = told("the day that the plan is made for")
    next_round_date: Day = told("the day of the next round")
    policy: str = told("the name of the policy, or of its file")
    language: Language = told(
        "the language of the workbooks",
        unchecked="it is the workbooks' own; each is compared in it",
    )
    seed: str = told("what the lot begins from")
    seed_reason: str = told("why it was chosen, if it was")

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

    id: str = told("the goal")
    value: GoalNumber = told("the plan's; of a list each number before the next")
    bound: GoalNumber | None = told(
        "no plan that is best by the goals before is better than this; null: not known"
    )
    proof: Proved = told(
        "`bound`: by certificate, in proof.json; `search`: the solver searched all; `none`: not"
    )


class LockEntry(Entry):
    """A lock, as given, without texts."""

    candidate_id: str = told("whose promise")
    vacancy_id: str = told("the vacancy")
    start: Day = told("the first day")
    end: Day = told("the last day")
    status: str = told("offered, accepted, contract or in_service")
    reply_by: Day | None = told("the last day for an answer; null: none")
    extended_from: Day | None = told("the last day before it was extended; null: it was not")

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

    candidate_id: str = told("who it is about")
    part: Literal["unplaced", "past_limit", "not_yet_ready", "on_hold"] = told(
        "the part of the waiting list"
    )


class ResolutionEntry(Entry):
    """A single change that resolves a conflict; and of those without a place, the one whom the
    goals would place first in one of its vacancies then, everybody else as the plan has them.
    """

    change: FindingEntry = told("what would be changed")
    then: PlacementEntry | None = told(
        "what somebody without a place would have then; null: nobody would"
    )


class ConflictEntry(Entry):
    """What locks break: the days, the people, the vacancies, and single changes that resolve it; of
    service that was extended into it, what ground the policy asks for.
    """

    candidate_ids: list[str] = told("whose promises")
    vacancy_ids: list[str] = told("the vacancies")
    first: Day = told("the first day of it")
    last: Day = told("the last day of it")
    finding: FindingEntry = told("what is broken")
    extensions: list[FindingEntry] = told("what ground each extension behind it needs")
    remedies: list[ResolutionEntry] = told("single changes that resolve it")

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

    examined: bool = told(
        "whether everybody concerned is in a group",
        unchecked="whether all were found would have to be searched for again",
    )
    groups: list[list[ChangeEntry]] = told(
        "plans as good but for the lot, each as what differs",
        unchecked="whether they are all, and their order",
    )


class FiguresEntry(Entry):
    """How many are placed, their points in all, and the most that one has."""

    placed: int = told("how many have a new placement")
    total_points: int = told("their points in all")
    worst_points: int = told("the most that one has")

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

    policy: str = told("the other policy; blank: only the goals are others")
    goals: list[str] = told("its goals in their order")
    figures: FiguresEntry | None = told("what its best plan gives; null: not examined")


class Plan(Entry):
    """Everything that plan.json holds."""

    schema_: Literal["alis-plan/1"] = Field(alias="schema", description="always `alis-plan/1`")
    product: str = told(
        "the program that wrote it, with its version",
        unchecked="it only says who wrote it; nothing is concluded from it",
    )
    solver: SolverEntry = told(
        "what searched, and how long",
        unchecked="it only says how it was found; the result is checked without it",
    )
    round: RoundEntry = told("the round that it is for")
    input: dict[str, str] = told(
        "the SHA-256 of every file of the input, by what it is",
        unchecked="another input is told of, not refused: what is in it decides",
    )
    files: dict[str, str] = told(
        "the SHA-256 of what was written with it, by path in its folder; none in the copy of the "
        "plan that its workbook keeps",
        unchecked="of workbooks: sorting or a note changes the sums, so every cell is compared",
        default_factory=dict,
    )
    policy: dict[str, object] = told("the policy's numbers, as its file has them")
    status: Literal["optimal", "feasible"] = told(
        "`optimal`: every goal before the lot is proved; `feasible`: the best found in time"
    )
    unique: bool | None = told(
        "whether no other plan is as good; null: not found out",
        unchecked="it agrees with `other_plan` and the proof of the lot; more is not looked into",
    )
    other_plan: list[ChangeEntry] = told("a plan as good, as what differs; empty: none is known")
    lot: LotEntry = told("what only the lot decided")
    goals: list[GoalEntry] = told("the goals in their order")
    one_fewer: FiguresEntry | None = told(
        "the best plan of those that place fewer; null: not examined",
        unchecked="whether there is such a plan with fewer placed: only whether there can be",
    )
    comparison: ComparisonEntry = told(
        "what other goals would have given",
        unchecked="whether there is a plan with these figures: only whether there can be",
    )
    placements: list[PlacementEntry] = told("the new placements, by candidate")
    locks: list[LockEntry] = told("the promises, as in the input, without texts")
    unplaced: list[UnplacedEntry] = told(
        "everybody open without a new placement, and everybody on hold"
    )
    set_aside: list[str] = told("whose rows had errors and were left out")
    conflicts: list[ConflictEntry] = told("what promises break")
    explanations: list[ExplanationEntry] = told(
        "what became of every ranked wish of everybody open"
    )
    help: list[HelpEntry] = told("what would help those without a place, or far from their wish")
    unused: list[UnusedEntry] = told("unused days of vacancies, and why")
    turns: list[TurnEntry] = told("why somebody after another has a place")
    gave_way: list[GaveWayEntry] = told("who let somebody after them have a better place")
    consents: list[ConsentEntry] = told("what keeping a municipality's order costs")
    open_wishes: list[OpenWishEntry] = told(
        "wishes held by somebody who has waited less and could take more"
    )
    # Plans of earlier versions do not have these.
    need: NeedEntry | None = told(
        "what the region lacks; null: a plan of an earlier version",
        unchecked="null, as earlier versions have it",
        default=None,
    )
    people: list[PersonEntry] = told("everybody whom the plan is about", default=[])
    since: SincePlanEntry | None = told(
        "what is otherwise than in the plan named with `--previous`; null: none was",
        unchecked="without `--previous` the plan before is not known; null",
        default=None,
    )

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
