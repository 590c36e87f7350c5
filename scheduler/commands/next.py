"""`alis next`: the next round's input, from this one's and the answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from models.finding import N_, Finding, finding
from scheduler.commands.console import (
    day_of,
    leave,
    note,
    plan_file,
    plan_files,
    read_delivered,
    read_input,
    say,
    talk,
    tell,
    writing,
)
from scheduler.commands.options import Exit, Input, JsonOption, LangOption, Overwrite, UnansweredIs
from scheduler.locale import Translator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scheduler.input import ReadResult
    from scheduler.quarter.next_round.draft import Change

_NO_DAY = N_("Name the day with --run-date; a refill is not run on the day of the next round.")
_OTHER_FOLDER = N_(
    "The policy of the round is the file {file}; write the new input into the folder {folder}, so "
    "that the file is found from there."
)
_KIND = N_("{file} should end in {ending}, as the input does.")


def next_input(
    path: Input,
    plan_path: Annotated[
        Path, typer.Option("--plan", help=N_("The plan's folder, or the plan.json in it."))
    ],
    answers_path: Annotated[
        Path, typer.Option("--answers", help=N_("The workbook with the answers to the offers."))
    ],
    out: Annotated[
        Path, typer.Option("--out", help=N_("The new input: a workbook, or a folder as before."))
    ],
    refill: Annotated[
        bool,
        typer.Option(
            "--refill", help=N_("Fill places again within the quarter, on the day of --run-date.")
        ),
    ] = False,
    run_date: Annotated[
        str | None,
        typer.Option("--run-date", help=N_("The new run date; else that of the next round.")),
    ] = None,
    unanswered: Annotated[
        UnansweredIs | None,
        typer.Option(
            "--unanswered",
            help=N_("Offers without an answer: keep them, or count them as declined if overdue."),
        ),
    ] = None,
    name: Annotated[str, typer.Option("--name", help=N_("What the new round is called."))] = "",
    overwrite: Overwrite = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.quarter.answers.gathering import gather
    from scheduler.quarter.next_round.decisions import Unanswered
    from scheduler.quarter.next_round.next import next_round
    from scheduler.quarter.next_round.options import NextOptions
    from scheduler.quarter.own_files.applying import Applied
    from scheduler.quarter.own_files.reading import check_applied, read_history
    from scheduler.support.errors import NotApplicableError

    read = read_input(path, lang)
    translator = Translator(read.language)
    plan = read_delivered(plan_file(plan_path), translator, Exit.USAGE).plan
    recorded, wrong = read_history(read)
    if not answers_path.exists():
        found = finding(N_("There is no file {file}."), file=str(answers_path))
        leave(found, translator, Exit.USAGE)
    gathered = gather([answers_path], plan, translator)
    if read.round is None or wrong or gathered.messages:
        _tell((*read.errors, *wrong, *gathered.messages), translator)
    day = day_of(run_date or "", translator)
    if refill and day is None:
        leave(finding(_NO_DAY), translator, Exit.USAGE)
    chosen = None if unanswered is None else Unanswered(unanswered.value)
    options = NextOptions(day, refill, chosen, name)
    try:
        made = next_round(read.round, plan, gathered.rows, options, recorded)
        applied = Applied(read, made)
        check_applied(applied.contents, read, made)
    except NotApplicableError as error:
        _refuse(error.findings, translator)
    with writing(translator):
        kept = (answers_path, *plan_files(plan_file(plan_path), plan))
        notes = _write(out, applied.contents, read, kept, translator, overwrite=overwrite)
    note((*made.notes, *notes), translator)
    if as_json:
        say({"changes": [c.model_dump(mode="json") for c in applied.changed], "out": str(out)})
        return
    for one in _counted(made.changes, translator):
        tell(one)
    tell(str(out))


def _tell(messages: "Iterable[object]", translator: Translator) -> NoReturn:
    from scheduler.input.message import Message, message_line

    for message in messages:
        assert isinstance(message, Message)
        talk(message_line(message, translator))
    talk(translator.text(N_("Nothing was written.")))
    raise typer.Exit(Exit.INPUT)


def _refuse(findings: "Iterable[Finding]", translator: Translator) -> NoReturn:
    for found in findings:
        talk(translator.finding(found))
    talk(translator.text(N_("Nothing was written.")))
    raise typer.Exit(Exit.INPUT)


def _write(
    out: Path,
    contents: "Mapping[str, bytes]",
    read: "ReadResult",
    kept: "Iterable[Path]",
    translator: Translator,
    *,
    overwrite: bool,
) -> "list[Finding]":
    from scheduler.support.safe_write import write_file, write_new_folder

    first = read.files[0]
    if first.suffix.lower() == ".csv":
        return write_new_folder(out, contents)
    if out.suffix.lower() != first.suffix.lower():
        leave(finding(_KIND, file=str(out), ending=first.suffix), translator, Exit.USAGE)
    elsewhere = out.parent.resolve() != first.parent.resolve()
    if elsewhere and len(read.files) > 1:
        found = finding(_OTHER_FOLDER, file=read.files[1].name, folder=str(first.parent))
        leave(found, translator, Exit.USAGE)
    return write_file(out, contents[first.name], overwrite=overwrite, inputs=(*read.files, *kept))


def _counted(changes: "Iterable[Change]", translator: Translator) -> "Iterable[str]":
    """How much was changed in each sheet."""
    from collections import Counter

    from models.history import History
    from models.settings import RoundSettings
    from scheduler.quarter.next_round.draft import SettingSet

    counts = Counter(RoundSettings.sheet if isinstance(c, SettingSet) else c.sheet for c in changes)
    if not counts:
        yield translator.text(N_("Nothing is left to change; the file is a copy of the input."))
    for sheet, n in counts.items():
        if sheet != History.sheet:
            yield translator.text(
                N_("{sheet}: {n} change"),
                N_("{sheet}: {n} changes"),
                sheet=translator.sheet(sheet),
                n=n,
            )
