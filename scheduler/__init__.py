"""Placement of doctors in GP training, as a library: read, solve, verify, explain, write, study.

Nothing is loaded before it is used. Errors are an `AlisError` each (scheduler/support/errors.py).
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from models.finding import Finding
    from models.language import Language
    from models.plan import Plan
    from models.policy import Policy
    from models.round import Round
    from scheduler.input.message import InputError
    from scheduler.solver.clock import Clock
    from scheduler.studies.executor import Executor
    from scheduler.support.errors import AlisError

__all__ = [
    "AlisError",
    "Clock",
    "Cluster",
    "InputError",
    "Local",
    "Plan",
    "Round",
    "Tls",
    "explain",
    "read",
    "solve",
    "study",
    "verify",
    "write",
]

_HOMES = {
    "AlisError": "scheduler.support.errors",
    "Clock": "scheduler.solver.clock",
    "Cluster": "scheduler.studies.cluster",
    "InputError": "scheduler.input.message",
    "Local": "scheduler.studies.executor",
    "Plan": "models.plan",
    "Round": "models.round",
    "Tls": "scheduler.studies.cluster",
}


def __getattr__(name: str) -> object:
    """The types of the library, loaded when they are first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def read(path: Path | str) -> "Round":
    """The round in a workbook or a folder of CSV files.

    Raises InputError with every problem of the input, UnreadableError if there is nothing to read.
    """
    from scheduler.input.message import InputError
    from scheduler.input.reader import read_round

    result = read_round(Path(path))
    if result.round is None:
        raise InputError(*result.errors)
    return result.round


def solve(
    round: "Round",
    *,
    previous: "Plan | None" = None,
    time_limit: float | None = None,
    workers: int = 1,
    language: "Language" = "nb",
    clock: "Clock | None" = None,
) -> "Plan":
    """The best plan of a round, explained and checked; its `status` says whether it is proved.

    `previous` is the plan before it: for the goal `unchanged`, and to tell what has changed since.
    `time_limit` is in seconds; a `clock` may limit the work instead, which gives the same plan on
    every machine. `language` is that of the texts when the plan is written. Raises RefusedError if
    the plan does not pass its check, SolverFaultError if the solver contradicts itself.
    """
    from scheduler.input.reader import Origin
    from scheduler.listing.options import make_case
    from scheduler.planning import make_plan
    from scheduler.solver.clock import Clock

    case = make_case(round, None if previous is None else previous.answer())
    limits = clock or Clock.after(time_limit)
    return make_plan(
        case, origin=Origin(language), clock=limits, workers=workers, before=previous
    ).plan


def verify(plan: "Plan", round: "Round", *, previous: "Plan | None" = None) -> "Sequence[Finding]":
    """All that is wrong with a plan for a round: rules, numbers, statements; no solver is asked."""
    from scheduler.listing.options import make_case
    from scheduler.report.delivered.checking import DeliveredPlan, check_delivered

    case = make_case(round, None if previous is None else previous.answer())
    return check_delivered(DeliveredPlan(plan), case, before=previous)


def explain(plan: "Plan", round: "Round", candidate: str) -> list[str]:
    """What the coordinator is told of a candidate, in the plan's language.

    Raises KeyError if the round has no such candidate.
    """
    from scheduler.explanations.wording.audience import Audience
    from scheduler.locale import Translator
    from scheduler.report.explain_lines import candidate_lines
    from scheduler.report.texts import Delivery

    delivery = Delivery(plan, round, Translator(plan.round.language))
    who = round.candidate[candidate].candidate_id
    return list(candidate_lines(delivery, who, Audience.COORDINATOR))


def write(plan: "Plan", round: "Round", folder: Path | str) -> list[Path]:
    """Write a plan with all its workbooks into a folder, in the plan's language; the paths.

    An earlier plan in the folder is kept beside it, as FOLDER.<date-time>. The certificates are not
    among the files: `alis plan` writes those. Raises CannotWriteError before anything is changed.
    """
    from scheduler.locale import Translator
    from scheduler.report.files import write_plan
    from scheduler.report.texts import Delivery

    delivery = Delivery(plan, round, Translator(plan.round.language))
    return write_plan(delivery, Path(folder)).files


def study(
    rounds: "Sequence[Round]",
    policies: "Mapping[str, Policy]",
    *,
    executor: "Executor | None" = None,
    seeds: int = 1,
    time_limit: float | None = None,
    work_limit: float | None = None,
    folder: Path | str | None = None,
) -> "pd.DataFrame":
    """A row for each round, policy and lot: what is placed, who waits, how far from the wishes.

    `executor` is `Local(workers)`, processes of this machine (one, if none is named), or
    `Cluster(address, Tls(ca, cert, key))`. What was done is kept in the `folder`, if one is named,
    and not done again. Rounds and seeds are counted from 1. Raises CannotWriteError, RefusedError
    if a plan could not be made, and ClusterError, also where a seed in words would leave this
    machine.
    """
    from models.finding import Finding
    from scheduler.report.studies.frame import frame
    from scheduler.studies.combinations import (
        Variant,
        combinations,
        points_alike,
        refuse_seeds_in_words,
    )
    from scheduler.studies.executor import Local
    from scheduler.studies.folder import StudyFolder
    from scheduler.studies.study import Nowhere, StudyWatch, do_tasks, make_study
    from scheduler.studies.task import Limits
    from scheduler.support.errors import RefusedError

    if executor is not None and executor.elsewhere:
        refuse_seeds_in_words(rounds)
    limits = Limits(seconds=time_limit, work=work_limit)
    chosen = [Variant(name, policy) for name, policy in policies.items()]
    combined = list(combinations(rounds, chosen, seeds, limits))
    store = Nowhere() if folder is None else StudyFolder(Path(folder))
    tasks = (own.task for own in combined)
    found = do_tasks(tasks, executor or Local(1), limits, store, StudyWatch())
    failed = [own for own in found.values() if isinstance(own, Finding)]
    if failed:
        raise RefusedError(*dict.fromkeys(failed))
    return frame(make_study(rounds, combined, points_alike(chosen, rounds), found))
