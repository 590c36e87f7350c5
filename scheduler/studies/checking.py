"""An answer checked on the coordinator's machine, without the solver, before it counts."""

from collections.abc import Sequence
from typing import Literal

from models.entry import Entry, GoalNumber, PlacementEntry
from models.finding import N_, Finding, finding
from models.plan import (
    SCHEMA,
    GoalEntry,
    LockEntry,
    LotEntry,
    Plan,
    RoundEntry,
    SolverEntry,
    UnplacedEntry,
    policy_entry,
)
from models.proved import Proved
from scheduler.explanations.other_policy import not_compared
from scheduler.goals.base import comparable
from scheduler.goals.catalogue import GOALS
from scheduler.goals.lot import Lot, before_lot
from scheduler.listing.options import make_case
from scheduler.listing.waiting_list import waiting_list
from scheduler.problem.case import Case
from scheduler.studies.figures import Figures, figures_of
from scheduler.studies.task import Answer, Limits, Task, answer_of, product, solved
from scheduler.support.workers import Tell
from scheduler.verification.certificates.checking import check_proof
from scheduler.verification.plan import verify

# How the goals before the lot are proved: certificates that were checked here, the solver's search
# (which only another search can check), or not all of them.
Proof = Literal["certificate", "search", "none"]

_OTHER_VERSION = N_("{other} answered, but this is {own}; install the same version there.")
_RAISED = N_("It failed with a fault of its own ({kind}).")
_NO_ANSWER = N_("What came back is no answer to the task.")


class Held(Entry):
    """What somebody has in a plan of a study, by id."""

    candidate_id: str
    points: int
    vacancies: list[str]
    # First and last day in each of the vacancies.
    days: list[str]

    def same_as(self, other: "Held") -> bool:
        """Whether it is the same place on the same days, whatever it counts."""
        return (self.vacancies, self.days) == (other.vacancies, other.days)


class Result(Entry):
    """An answer that was checked: its figures, the goals' values, and who has what. `proof` is that
    of the goals before the lot, `lot` that of the lot.
    """

    key: str
    figures: Figures
    goals: dict[str, GoalNumber]
    proof: Proof
    lot: Proof
    seconds: float
    held: list[Held]
    # What all of this was computed from, without the certificates.
    answer: bytes

    @property
    def worth(self) -> tuple[tuple[float, ...], ...]:
        """How good the plan is by the goals in their order, the lot aside: the smaller, the
        better.
        """
        return tuple(
            tuple(-n if GOALS[goal].maximise else n for n in _numbers(value))
            for goal, value in self.goals.items()
            if goal != Lot.id
        )

    @property
    def doubtful(self) -> bool:
        """Whether it is said to be the best, and only another search can tell."""
        return self.proof == "search" or (self.proof == "certificate" and self.lot != self.proof)


def agreed(one: Result, two: Result) -> Result | None:
    """Of two plans for the same task that are equally good, the one that the lot prefers; None
    where one is better, so that the other cannot be the best.
    """
    if one.worth != two.worth:
        return None
    return min(one, two, key=lambda result: _numbers(result.goals.get(Lot.id, 0)))


def _numbers(value: GoalNumber) -> tuple[float, ...]:
    return comparable(value if isinstance(value, int) else tuple(value))


def checked(task: Task, sent: bytes) -> Result | Finding:
    """The result that an answer from another machine gives, or the first thing wrong with it."""
    try:
        answer = Answer.from_bytes(sent)
    except ValueError:
        return finding(_NO_ANSWER)
    if answer.product != product():
        return other_version(answer.product)
    if answer.proof is None:
        return finding(_NO_ANSWER)
    case = make_case(task.round())
    plan = plan_of(case, answer)
    wrong: Sequence[Finding] = verify(plan, case, [])
    if not wrong:
        wrong = check_proof(case, plan, answer.proof).findings
    return wrong[0] if wrong else result_of(task, case, answer)


def checked_apart(_: None, task: Task, sent: bytes, tell: Tell) -> Result | Finding:
    """What a process of this machine does with an answer; whatever was sent harms no other task."""
    try:
        return checked(task, sent)
    except Exception as error:  # noqa: BLE001 - told as what became of the task
        return raised(error)


def raised(error: BaseException) -> Finding:
    """What is said of a task that failed; nothing of what it was about."""
    return finding(_RAISED, kind=type(error).__name__)


def other_version(other: str) -> Finding:
    """What is said of a machine whose alis is not this one."""
    return finding(_OTHER_VERSION, other=other[:60], own=product())


def own_result(task: Task, limits: Limits) -> Result | Finding:
    """The result of a task done in a process of this machine, checked as `alis plan` checks."""
    case = make_case(task.round())
    solution, seconds = solved(case, limits)
    answer = answer_of(solution, seconds)
    wrong = verify(plan_of(case, answer), case, [])
    return wrong[0] if wrong else result_of(task, case, answer)


def kept_result(task: Task, kept: bytes) -> Result | None:
    """The result that an earlier answer to a task gives, computed anew; None where it is no answer
    that keeps the rules and has the values that it tells.

    Whether it was the best is taken from it: only the solver or the certificates could tell.
    """
    try:
        answer = Answer.model_validate_json(kept)
        case = make_case(task.round())
        wrong = verify(plan_of(case, answer), case, [])
        return None if wrong else result_of(task, case, answer)
    except Exception:  # noqa: BLE001 - whatever stands there, the task can be done again
        return None


def plan_of(case: Case, answer: Answer) -> Plan:
    """The answer as a plan of the case that tells who is placed and how it is proved, no more."""
    round = case.round
    decisive = answer.goals[: before_lot([g.id for g in answer.goals])]
    proved = all(goal.proof is not Proved.NONE for goal in decisive)
    return Plan(
        schema=SCHEMA,
        product=answer.product,
        solver=SolverEntry(name="", version="", seconds=answer.seconds),
        round=RoundEntry.from_round(round, round.language),
        input={},
        policy=dict(policy_entry(round)),
        status="optimal" if proved else "feasible",
        unique=None,
        other_plan=[],
        lot=LotEntry(examined=False, groups=[]),
        goals=answer.goals,
        one_fewer=None,
        comparison=not_compared(round, None),
        placements=answer.placements,
        locks=[LockEntry.from_lock(k) for k in round.locks],
        unplaced=[
            UnplacedEntry(candidate_id=c.candidate_id, part=part.value)
            for c, part in waiting_list(round, [p.placement() for p in answer.placements])
        ],
        set_aside=[],
        conflicts=[],
        explanations=[],
        help=[],
        unused=[],
        turns=[],
        gave_way=[],
        consents=[],
        open_wishes=[],
    )


def result_of(task: Task, case: Case, answer: Answer) -> Result:
    placements = [entry.placement() for entry in answer.placements]
    decisive = before_lot([g.id for g in answer.goals])
    return Result(
        key=task.key,
        figures=figures_of(case, placements),
        goals={goal.id: goal.value for goal in answer.goals},
        proof=_proof(answer.goals[:decisive]),
        lot=_proof(answer.goals[decisive:]),
        seconds=answer.seconds,
        held=[_held(entry) for entry in answer.placements],
        answer=answer.model_copy(update={"proof": None}).to_bytes(),
    )


def _proof(goals: Sequence[GoalEntry]) -> Proof:
    kinds = {goal.proof for goal in goals}
    if Proved.NONE in kinds:
        return "none"
    return "search" if Proved.SEARCH in kinds else "certificate"


def _held(entry: PlacementEntry) -> Held:
    return Held(
        candidate_id=entry.candidate_id,
        points=entry.points,
        vacancies=[s.vacancy_id for s in entry.segments],
        days=[f"{s.start.isoformat()}..{s.end.isoformat()}" for s in entry.segments],
    )
