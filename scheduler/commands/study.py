"""`alis study`: many rounds under many policies, before a region adopts one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.finding import N_, finding
from models.language import LanguageCode
from scheduler.commands.console import (
    asked_for,
    leave,
    note,
    read_input,
    say,
    talk,
    tell,
    writing,
)
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
from scheduler.locale import Translator

if TYPE_CHECKING:
    from models.round import Round
    from scheduler.studies.combinations import Variant
    from scheduler.studies.executor import Executor
    from scheduler.studies.folder import StudyFolder
    from scheduler.studies.study import Study

_FORM = N_("{text}: write it like municipal_order=placed,strict,off.")
_ONLY_CLUSTER = N_("--tls-ca, --tls-cert and --tls-key are for --cluster; name that too.")
_ALL_THREE = N_("Name all three: --tls-ca, --tls-cert and --tls-key.")
_NOT_DONE = N_(
    "{n} plan was not made; {sheet} in study.xlsx says why. The same call tries it again."
)
_NOT_DONE_MANY = N_(
    "{n} plans were not made; {sheet} in study.xlsx says why. The same call tries them again."
)


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
    from scheduler.commands.study_progress import StudyDisplay
    from scheduler.report.studies.files import study_files
    from scheduler.report.studies.tables import UNDONE, Told
    from scheduler.studies.combinations import combinations
    from scheduler.studies.study import do_tasks, make_study
    from scheduler.studies.task import Limits
    from scheduler.support.errors import AlisError, ClusterError, NotInstalledError

    translator = Translator(asked_for(lang) or "nb")
    try:
        NotInstalledError.unless_there("study", "matplotlib", "pyarrow")
        chosen = _variants(policies or [], numbers or [], translator)
        rounds, inputs = _rounds(paths, lang, set_aside, translator)
        limits = Limits(seconds=time_limit, work=work_limit)
        alike = _alike(chosen, rounds)
        combined = list(combinations(rounds, chosen, seeds, limits))
        files = (tls_ca, tls_cert, tls_key)
        executor = _executor(cluster, files, workers, translator)
    except AlisError as error:
        note(error.findings, translator)
        raise typer.Exit(Exit.USAGE) from error
    with writing(translator):
        folder = _folder(out, inputs)
    display = StudyDisplay(translator, workers)
    try:
        with writing(translator), display:
            tasks = (own.task for own in combined)
            found = do_tasks(tasks, executor, limits, folder, display)
        made = make_study(rounds, combined, alike, found)
        with writing(translator):
            written = folder.write(study_files(made, translator))
    except ClusterError as error:
        note(error.findings, translator)
        talk(_stopped(translator, display.last.done, display.last.total))
        raise typer.Exit(Exit.FAULT) from error
    except KeyboardInterrupt as error:
        talk(_stopped(translator, display.last.done, display.last.total))
        raise typer.Exit(Exit.STOPPED) from error
    note(folder.notes, translator)
    if as_json:
        say(_data(made, paths, written))
    else:
        for line in (*Told(made).lines(translator), *map(str, written)):
            tell(line)
    if made.undone:
        sheet = translator.text(UNDONE)
        talk(translator.text(_NOT_DONE, _NOT_DONE_MANY, n=len(made.undone), sheet=sheet))
        raise typer.Exit(Exit.FAULT)
    raise typer.Exit(Exit.DONE if made.proved else Exit.NOT_PROVED)


def _stopped(translator: Translator, done: int, total: int) -> str:
    return translator.text(
        N_("Stopped. {done} of {total} plans are kept; the same call makes the rest."),
        done=done,
        total=total,
    )


def _variants(
    policies: Sequence[str], numbers: Sequence[str], translator: Translator
) -> "list[Variant]":
    """The policies to try; ends the command where they are not written as they should be."""
    from scheduler.studies.combinations import split_values, variants

    settings: dict[str, Sequence[str]] = {}
    for text in numbers:
        key, equals, values = text.partition("=")
        found = split_values(values)
        if not equals or not all(found) or key in settings:
            leave(finding(_FORM, text=text), translator, Exit.USAGE)
        settings[key.strip()] = found
    return variants(policies, settings)


def _rounds(
    paths: Sequence[Path], lang: LanguageCode | None, set_aside: bool, translator: Translator
) -> "tuple[list[Round], list[Path]]":
    """The rounds, and the files they were read from; ends the command where one has errors."""
    from scheduler.report.studies.tables import round_name

    rounds, inputs = [], []
    for number, path in enumerate(paths, 1):
        read = read_input(path, lang, set_aside=set_aside)
        if read.round is None:
            found = finding(N_("{path} has errors; run alis check on it."), path=str(path))
            leave(found, translator, Exit.INPUT)
        rounds.append(read.round)
        inputs += [path, *read.files]
        talk(f"{round_name(number)}: {path}")
    return rounds, inputs


def _executor(
    address: str | None,
    files: Sequence[Path | None],
    workers: int,
    translator: Translator,
) -> "Executor":
    """Who does the work. Raises NotInstalledError or ClusterError."""
    from scheduler.studies.executor import Local

    if address is None:
        if any(files):
            leave(finding(_ONLY_CLUSTER), translator, Exit.USAGE)
        return Local(workers)
    from scheduler.studies.cluster import Cluster, Tls

    if not any(files):
        tls = None
    elif (ca := files[0]) and (cert := files[1]) and (key := files[2]):
        tls = Tls(ca, cert, key)
    else:
        leave(finding(_ALL_THREE), translator, Exit.USAGE)
    return Cluster(address, tls, workers, lambda found: talk(translator.finding(found)))


def _alike(chosen: "Sequence[Variant]", rounds: "Sequence[Round]") -> list[bool]:
    """Whether each policy counts points in every round as the first does."""
    told = [
        [(p.points, p.hard_points) for p in (variant.of(round) for round in rounds)]
        for variant in chosen
    ]
    return [own == told[0] for own in told]


def _folder(out: Path, inputs: Sequence[Path]) -> "StudyFolder":
    from scheduler.studies.folder import StudyFolder

    return StudyFolder(out, inputs)


def _data(study: "Study", paths: Sequence[Path], written: Sequence[Path]) -> dict[str, object]:
    """The study for programs."""
    return {
        "rounds": [str(path) for path in paths],
        "policies": list(study.variants),
        "files": [str(path) for path in written],
        "rows": [
            {
                "round": row.round,
                "run_date": row.run_date.isoformat(),
                "policy": row.variant,
                "seed": row.seed,
                **row.result.figures.model_dump(),
                "goals": row.result.goals,
                "proof": row.result.proof,
                "seconds": row.result.seconds,
            }
            for row in study.rows
        ],
        "missing": [
            {"round": u.round, "policy": u.variant, "seed": u.seed, "why": str(u.why.message)}
            for u in study.undone
        ],
    }
