"""`alis answers`: the answers of returned workbooks, gathered into one."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import (
    asked_for,
    leave,
    note,
    plan_file,
    plan_files,
    read_delivered,
    say,
    talk,
    tell,
    writing,
)
from scheduler.commands.options import Exit, JsonOption, LangOption, NewFile, Overwrite, PlanPath
from scheduler.locale import Translator


def answers(
    plan_path: PlanPath,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help=N_("Workbooks that came back, or folders of them.")),
    ],
    out: NewFile,
    overwrite: Overwrite = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.input.message import message_line
    from scheduler.input.rows import errors
    from scheduler.quarter.answers.gathering import counted, difference_finding, gather
    from scheduler.report.answers_file import answers_bytes, find_answers
    from scheduler.support.safe_write import write_file

    asked = asked_for(lang)
    stated = plan_file(plan_path)
    plan = read_delivered(stated, Translator(asked or "nb"), Exit.USAGE).plan
    translator = Translator(asked or plan.round.language)
    own = find_answers(stated.parent, plan)
    paths = [p for f in files for p in _workbooks(f, translator)]
    if own is not None and own.resolve() not in {p.resolve() for p in paths}:
        paths.insert(0, own)
    gathered = gather(paths, plan, translator)
    for message in gathered.messages:
        talk(message_line(message, translator))
    if errors(gathered.messages):
        talk(translator.text(N_("Nothing was written.")))
        raise typer.Exit(Exit.INPUT)
    content = answers_bytes(plan, gathered.rows, Translator(plan.round.language))
    with writing(translator):
        inputs = (*paths, *plan_files(stated, plan))
        notes = write_file(out, content, overwrite=overwrite, inputs=inputs)
    note(notes, translator)
    differ = [translator.finding(difference_finding(d, translator)) for d in gathered.differences]
    counts = counted(gathered.rows)
    if as_json:
        say({**counts, "differences": differ, "file": str(out)})
    else:
        for line in differ:
            tell(line)
        tell(translator.text(_COUNTS, **counts))
        tell(str(out))
    raise typer.Exit(Exit.CONFLICT if differ else Exit.DONE)


_COUNTS = N_(
    "{offers} offers: {yes} yes, {no} no, {withdrawn} withdrawn, {department_no} no from the "
    "department, {blank} without an answer."
)


_NO_WORKBOOKS = N_("There are no workbooks in the folder {folder}.")
_NOT_READ = N_("{file} is not a workbook (.xlsx), and was not read.")


def _workbooks(path: Path, translator: Translator) -> list[Path]:
    """The workbooks of a folder and those in it; what else lies there is told. Or the file itself.

    Ends the command where there is nothing to read.
    """
    if not path.exists():
        leave(finding(N_("There is no file {file}."), file=str(path)), translator, Exit.USAGE)
    if not path.is_dir():
        return [path]
    # Names that begin so are marks of Excel (~$) and of systems.
    files = [p for p in sorted(path.rglob("*")) if p.is_file() and p.name[:1] not in "~."]
    books = [p for p in files if p.suffix.lower() in (".xlsx", ".xlsm")]
    note([finding(_NOT_READ, file=str(p)) for p in files if p not in books], translator)
    if not books:
        leave(finding(_NO_WORKBOOKS, folder=str(path)), translator, Exit.USAGE)
    return books
