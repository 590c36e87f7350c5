"""`alis ledger`: many rounds together, from old plans or from the history in an input."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from models.finding import N_, Finding, finding
from models.language import LanguageCode
from scheduler.commands.console import asked_for, leave, read_input, say, talk, tell
from scheduler.commands.options import Exit, JsonOption, LangOption, Overwrite
from scheduler.commands.quarter import check_target, write_content
from scheduler.locale import Translator

if TYPE_CHECKING:
    from models.history import History
    from models.plan import Plan


def ledger(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PLAN…", help=N_("Folders of plans, or inputs that have the sheet History.")
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help=N_("The workbook to write."))],
    overwrite: Overwrite = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.quarter.ledger import make_ledger
    from scheduler.report.quarter.ledger import ledger_data, ledger_line, ledger_tables
    from scheduler.report.table import Book
    from scheduler.report.workbook import workbook

    plans, history = [], []
    for path in paths:
        plan = _plan_at(path, lang)
        if plan is not None:
            plans.append(plan)
        else:
            history += _history(path, lang)
    own = plans[-1].round.language if plans else "nb"
    translator = Translator(asked_for(lang) or own)
    check_target(out, translator, (".xlsx",))
    made = make_ledger(plans, history)
    if isinstance(made, Finding):
        leave(made, translator, Exit.USAGE)
    tables = ledger_tables(made, translator)
    content = workbook(Book(out.name, tuple(tables), tables[0].title), translator)
    write_content(content, out, paths, translator, overwrite=overwrite)
    if as_json:
        say(ledger_data(made))
    else:
        tell(ledger_line(made, translator))


def _plan_at(path: Path, lang: LanguageCode | None) -> "Plan | None":
    """The plan in a folder or a file; None where there is none. Ends the command where it cannot be
    read.
    """
    from scheduler.report.delivered.checking import read_plan
    from scheduler.report.files import PLAN_JSON
    from scheduler.support.errors import NotAPlanError

    own = path / PLAN_JSON
    try:
        return read_plan(own if own.is_file() else path).plan
    except NotAPlanError as error:
        if own.is_file() or path.suffix.lower() == ".json":
            leave(error.finding, Translator(asked_for(lang) or "nb"), Exit.USAGE)
        return None


def _history(path: Path, lang: LanguageCode | None) -> "list[History]":
    """What an input has recorded; ends the command where it has recorded nothing."""
    from scheduler.quarter.own_files.reading import read_history

    if path.is_dir() and not _is_input(path):
        _neither(path, Translator(asked_for(lang) or "nb"))
    read = read_input(path, lang)
    translator = Translator(read.language)
    rows, wrong = read_history(read)
    for message in wrong:
        talk(translator.finding(message.finding))
    if wrong:
        raise typer.Exit(Exit.INPUT)
    if not rows:
        _neither(path, translator)
    return rows


def _is_input(folder: Path) -> bool:
    """Whether a folder has the files of an input."""
    from scheduler.input.files.source import find_source
    from scheduler.support.errors import UnreadableError

    try:
        find_source(folder)
    except UnreadableError:
        return False
    return True


def _neither(path: Path, translator: Translator) -> NoReturn:
    found = finding(
        N_("{path} is neither a plan nor an input with the sheet {sheet}."),
        path=str(path),
        sheet=translator.sheet("history"),
    )
    leave(found, translator, Exit.USAGE)
