"""What one more position would do, department by department and quarter by quarter; and the best
ones together, each chosen when those before it are there. Every plan is solved, none guessed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.finding import Finding
from models.policy import Policy
from models.round import Round
from models.vacancy import DepartmentKey, Vacancy
from scheduler.listing.options import list_choices
from scheduler.problem.calendar import add_months, last_day
from scheduler.problem.windows import new_ids
from scheduler.studies.bare import bare
from scheduler.studies.checking import Result
from scheduler.studies.task import Limits, Task

# A position is tried for so long: a whole service.
MONTHS = 6

# What does tasks, and tells what came of each by its key.
Doing = Callable[[Iterable[Task]], Mapping[str, Result | Finding]]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A position in a department for six months from the first day of a quarter."""

    first: date
    key: DepartmentKey

    def vacancy(self, name: str) -> Vacancy:
        """The position as a vacancy with this id."""
        return Vacancy(
            vacancy_id=name,
            trust=self.key.trust,
            site=self.key.site,
            department=self.key.department,
            start=self.first,
            end=last_day(self.first, MONTHS),
        )


@dataclass(frozen=True, slots=True)
class Tried:
    """A position and the plan with it."""

    position: Position
    result: Result


@dataclass(frozen=True)
class Positions:
    """Of one round: the plan as it is, every position of which somebody could make use, tried by
    itself, and the best ones, each with those before it. `without_use` are tried positions that
    nobody could have; `undone` says why plans are missing.
    """

    base: Result | None
    single: tuple[Tried, ...]
    best: tuple[Tried, ...]
    without_use: int
    undone: tuple[Finding, ...]

    @property
    def proved(self) -> bool:
        """Whether every plan is proved best."""
        plans = [self.base, *(t.result for t in (*self.single, *self.best))]
        return not self.undone and all(r is not None and r.proof != "none" for r in plans)


def positions_of(round: Round, policy: Policy, limits: Limits, most: int, do: Doing) -> Positions:
    """Try every position in a round under a policy, and find the best ones, at most so many; fewer
    where nothing more makes the plan better.
    """
    task = Task.of(bare(round, policy, round.seed), limits)
    base = do([task])[task.key]
    if isinstance(base, Finding):
        return Positions(None, (), (), 0, (base,))
    all_of_them = possible_positions(round, policy)
    useful = [*_useful(round.changed(policy=policy), all_of_them)]
    first: tuple[Tried, ...] = ()
    best: list[Tried] = []
    undone: list[Finding] = []
    now, wider = base, round
    for step in range(1, most + 1):
        tried, failed = _try(wider, policy, limits, useful, do)
        undone += failed
        if step == 1:
            first = tuple(tried)
        chosen = min(tried, key=lambda t: (t.result.worth, t.position), default=None)
        if chosen is None or chosen.result.worth >= now.worth:
            break
        best.append(chosen)
        now = chosen.result
        wider = _with(wider, chosen.position)
    return Positions(
        base, first, tuple(best), len(all_of_them) - len(useful), tuple(dict.fromkeys(undone))
    )


def possible_positions(round: Round, policy: Policy) -> list[Position]:
    """In every approved department, from the first day of each quarter that can be planned."""
    soonest = add_months(round.run_date, policy.lead_months)
    last = add_months(round.run_date, policy.horizon_months)
    day = date(soonest.year, soonest.month - (soonest.month - 1) % 3, 1)
    quarters = []
    while day <= last:
        if day >= soonest:
            quarters.append(day)
        day = add_months(day, 3)
    keys = [d.key for d in round.departments if d.approved]
    return [Position(day, key) for day in quarters for key in keys]


def _useful(round: Round, positions: Sequence[Position]) -> Iterable[Position]:
    """Those that somebody could have; the others change nothing."""
    if round.policy.max_points is not None:
        return positions  # with other places beside them, some might be too far off
    names = new_ids(round, len(positions))
    new = [p.vacancy(name) for p, name in zip(positions, names, strict=True)]
    wider = round.swapped(vacancies=[*round.vacancies, *new])
    used = {
        segment.vacancy_id
        for choices in list_choices(wider).values()
        for option in choices.options
        for segment in option.segments
    }
    return [p for p, name in zip(positions, names, strict=True) if name in used]


def _try(
    round: Round, policy: Policy, limits: Limits, positions: Sequence[Position], do: Doing
) -> tuple[list[Tried], list[Finding]]:
    """Each of the positions by itself in the round, and why some were not solved."""
    tasks = [Task.of(bare(_with(round, p), policy, round.seed), limits) for p in positions]
    found = do(tasks)
    results = [(p, found[task.key]) for p, task in zip(positions, tasks, strict=True)]
    return (
        [Tried(p, own) for p, own in results if isinstance(own, Result)],
        [own for _, own in results if isinstance(own, Finding)],
    )


def _with(round: Round, position: Position) -> Round:
    (name,) = new_ids(round, 1)
    return round.swapped(vacancies=[*round.vacancies, position.vacancy(name)])
