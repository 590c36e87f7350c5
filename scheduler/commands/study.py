"""`alis study`: many rounds under many policies, before a region adopts one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import asked_for, leave, note, say, talk, tell, writing
from scheduler.commands.options import (
    CORES,
    Exit,
    JsonOption,
    LangOption,
    SetAside,
    TimeLimit,
    Workers,
    WorkLimit,
)
from scheduler.commands.study_asked import (
    asked_executor,
    asked_rounds,
    asked_variants,
)
from scheduler.locale import Translator

if TYPE_CHECKING:
    from models.round import Round
    from scheduler.commands.study_progress import StudyDisplay
    from scheduler.studies.combinations import Variant
    from scheduler.studies.executor import Executor
    from scheduler.studies.folder import StudyFolder
    from scheduler.studies.task import Limits

_BEST = 3
_ONE_LOT = N_("Further positions are tried with each round's own lot; leave out --seeds.")
_ONLY_POSITIONS = N_("--best is for --add-positions; name that too, or leave --best out.")
_ONE_POLICY = N_("Further positions are tried under one policy; name one, and no other values.")


def study(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="ROUND…", help=N_("Rounds: workbooks, or folders of CSV files.")),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", help=N_("The folder of the study; an earlier one of the same goes on.")
        ),
    ],
    policies: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            metavar="NAME",
            help=N_(
                "A policy to try: a shipped one, or a file. May be repeated; the others are "
                "compared with the first. Without it, each round's own."
            ),
        ),
    ] = None,
    numbers: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUES",
            help=N_(
                "A number of the policy, and the values to try: municipal_order=placed,strict,off. "
                "May be repeated: every value with every other."
            ),
        ),
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, help=N_("So many lots for each round and policy."))
    ] = 1,
    add_positions: Annotated[
        bool,
        typer.Option(
            "--add-positions",
            help=N_("Tell instead what one more position would do, by department and quarter."),
        ),
    ] = False,
    best: Annotated[
        int | None,
        typer.Option(
            "--best",
            min=1,
            help=N_("With --add-positions: how many to find that do most together; without it, 3."),
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help=N_("Let a Dask cluster do the work: tcp://… or tls://…"),
        ),
    ] = None,
    tls_ca: Annotated[
        Path | None,
        typer.Option("--tls-ca", help=N_("The certificate of the authority both sides trust.")),
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", help=N_("Your own certificate for the cluster."))
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", help=N_("The key of your own certificate."))
    ] = None,
    set_aside: SetAside = False,
    time_limit: TimeLimit = None,
    work_limit: WorkLimit = None,
    workers: Workers = CORES,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.studies.combinations import refuse_seeds_in_words, refuse_settings
    from scheduler.studies.task import Limits
    from scheduler.support.errors import AlisError, NotInstalledError

    translator = Translator(asked_for(lang) or "nb")
    try:
        NotInstalledError.unless_there("matplotlib", "pyarrow")
        chosen = asked_variants(policies or [], numbers or [], translator)
        if add_positions and len(chosen) > 1:
            leave(finding(_ONE_POLICY), translator, Exit.USAGE)
        if add_positions and seeds > 1:
            leave(finding(_ONE_LOT), translator, Exit.USAGE)
        if best is not None and not add_positions:
            leave(finding(_ONLY_POSITIONS), translator, Exit.USAGE)
        rounds, inputs = asked_rounds(paths, lang, set_aside, translator)
        refuse_settings(chosen, rounds)
        if cluster is not None:
            refuse_seeds_in_words(rounds)
        executor = asked_executor(cluster, (tls_ca, tls_cert, tls_key), workers, translator)
        executor.ready()
    except AlisError as error:
        note(error.findings, translator)
        raise typer.Exit(Exit.USAGE) from error
    limits = Limits(seconds=time_limit, work=work_limit)
    if add_positions:
        code = _positions(
            rounds,
            inputs,
            chosen[0],
            limits,
            executor,
            out,
            best or _BEST,
            translator,
            as_json=as_json,
        )
    else:
        code = _study(
            rounds, inputs, chosen, seeds, limits, executor, out, translator, as_json=as_json
        )
    raise typer.Exit(code)


@contextmanager
def _going_on(
    out: Path, inputs: Sequence[Path], executor: "Executor", translator: Translator
) -> "Iterator[tuple[StudyFolder, StudyDisplay]]":
    """The study's folder and what is shown; a stop, and a cluster that is gone, are told with what
    is kept.
    """
    from scheduler.commands.study_progress import StudyDisplay
    from scheduler.studies.folder import StudyFolder
    from scheduler.support.errors import ClusterError

    display = StudyDisplay(translator, executor)
    try:
        with writing(translator):
            folder = StudyFolder(out, inputs)
            with display:
                yield folder, display
    except typer.Exit:
        if display.last.done:
            talk(_stopped(translator, display.last.done, display.last.total))
        raise
    except ClusterError as error:
        note(error.findings, translator)
        talk(_stopped(translator, display.last.done, display.last.total))
        raise typer.Exit(Exit.FAULT) from error
    except KeyboardInterrupt as error:
        talk(_stopped(translator, display.last.done, display.last.total))
        raise typer.Exit(Exit.STOPPED) from error
    note(folder.notes, translator)


def _study(
    rounds: "Sequence[Round]",
    inputs: Sequence[Path],
    chosen: "Sequence[Variant]",
    seeds: int,
    limits: "Limits",
    executor: "Executor",
    out: Path,
    translator: Translator,
    *,
    as_json: bool,
) -> Exit:
    """Make the study of policies, and tell of it; the exit code."""
    from scheduler.report.studies.files import study_data, study_files
    from scheduler.report.studies.tables import UNDONE, study_lines
    from scheduler.studies.combinations import combinations, points_alike
    from scheduler.studies.study import do_tasks, make_study

    combined = list(combinations(rounds, chosen, seeds, limits))
    with _going_on(out, inputs, executor, translator) as (folder, display):
        found = do_tasks((own.task for own in combined), executor, limits, folder, display)
        made = make_study(rounds, combined, points_alike(chosen, rounds), found)
        written = folder.write(study_files(made, translator))
    if as_json:
        say(study_data(made, written, translator))
    else:
        for line in (*study_lines(made, translator), *map(str, written)):
            tell(line)
    if made.undone:
        text = translator.text(
            N_("{n} plan was not made; the sheet {sheet} says why. The same call tries again."),
            N_("{n} plans were not made; the sheet {sheet} says why. The same call tries again."),
            n=len(made.undone),
            sheet=translator.text(UNDONE),
        )
        talk(text)
        return Exit.FAULT
    return Exit.DONE if made.proved else Exit.NOT_PROVED


def _positions(
    rounds: "Sequence[Round]",
    inputs: Sequence[Path],
    variant: "Variant",
    limits: "Limits",
    executor: "Executor",
    out: Path,
    best: int,
    translator: Translator,
    *,
    as_json: bool,
) -> Exit:
    """Try further positions, and tell of them; the exit code."""
    from scheduler.report.studies.positions import (
        positions_data,
        positions_files,
        positions_lines,
    )
    from scheduler.studies.positions import positions_of
    from scheduler.studies.study import do_tasks

    with _going_on(out, inputs, executor, translator) as (folder, display):
        found = [
            positions_of(
                round,
                variant.of(round),
                limits,
                best,
                lambda tasks: do_tasks(tasks, executor, limits, folder, display),
            )
            for round in rounds
        ]
        written = folder.write(positions_files(found, translator))
    if as_json:
        say(positions_data(found, written, translator))
    else:
        for line in (*positions_lines(found, translator), *map(str, written)):
            tell(line)
    if any(own.undone for own in found):
        return Exit.FAULT
    return Exit.DONE if all(own.proved for own in found) else Exit.NOT_PROVED


def _stopped(translator: Translator, done: int, total: int) -> str:
    return translator.text(
        N_("Stopped. {done} of {total} plans are kept; the same call makes the rest."),
        done=done,
        total=total,
    )
