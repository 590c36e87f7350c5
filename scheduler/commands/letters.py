"""`alis letters`: a letter in Word to every candidate."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import (
    asked_for,
    leave,
    note,
    note_other_input,
    read_delivered,
    read_planned,
    read_previous,
    say,
    talk,
    tell,
    writing,
)
from scheduler.commands.options import Exit, Input, JsonOption, LangOption, Previous
from scheduler.locale import Translator

if TYPE_CHECKING:
    from models.plan import Plan
    from scheduler.problem.case import Case
    from scheduler.report.letters.files import Made

_OTHER_INPUT = N_(
    "The plan does not fit the input, so no letters were written. Name the input that it was made "
    "from, or make the plan anew."
)


def letters(
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN", help=N_("The plan: its folder, or a file in it."))
    ],
    path: Input,
    out: Annotated[Path, typer.Option("--out", help=N_("The folder to write the letters to."))],
    letterhead: Annotated[
        Path | None,
        typer.Option(
            "--letterhead",
            metavar="FILE",
            help=N_("A letterhead of your own: a Word document (.docx)."),
        ),
    ] = None,
    mail: Annotated[
        bool,
        typer.Option("--mail", help=N_("Write a draft of an e-mail to each too; nothing is sent.")),
    ] = False,
    previous: Previous = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.listing.options import make_case
    from scheduler.report.letters.files import examine, make_letters
    from scheduler.report.letters.letterhead import read_letterhead
    from scheduler.support.errors import UnreadableError
    from scheduler.support.safe_write import write_new_folder

    asked = Translator(asked_for(lang) or "nb")
    plan = read_delivered(plan_path, asked).plan
    round, translator, read = read_planned(path, lang, plan)
    inputs = (path, *read.files, *(() if letterhead is None else (letterhead,)))
    with writing(translator):  # now, not after the work
        note(examine(out, inputs, plan_path), translator)
    try:
        own = None if letterhead is None else read_letterhead(letterhead)
    except UnreadableError as error:
        leave(error.finding, translator, Exit.USAGE)
    note_other_input(plan, read, translator)
    before = read_previous(previous, translator)
    case = make_case(round, None if before is None else before.answer())
    _refuse_other_input(plan, case, translator)
    made = make_letters(plan, round, translator, letterhead=own, with_mail=mail)
    with writing(translator):
        note(write_new_folder(out, made.files), translator)
    note(made.notes, translator)
    if as_json:
        files = [str(out / name) for name in made.files]
        pdf = None if made.pdf is None else str(out / made.pdf)
        say({"files": files, "pdf": pdf, "without_email": list(made.without_email)})
        return
    for line in _told(made, plan, out, mail=mail, translator=translator):
        tell(line)


def _refuse_other_input(plan: "Plan", case: "Case", translator: Translator) -> None:
    """Leave where the plan does not fit the input, with why it does not."""
    from scheduler.report.delivered.checking import NEEDS_PREVIOUS, DeliveredPlan, check_delivered

    wrong = check_delivered(DeliveredPlan(plan), case)
    for found in wrong:
        talk(translator.finding(found))
    if wrong and wrong[0].message == NEEDS_PREVIOUS:
        raise typer.Exit(Exit.REFUSED)  # that the plan does not fit is not found out
    if wrong:
        leave(finding(_OTHER_INPUT), translator, Exit.REFUSED)


def _told(
    made: "Made", plan: "Plan", out: Path, *, mail: bool, translator: Translator
) -> list[str]:
    """What is said of the letters that were written."""
    count = sum(name.endswith(".docx") for name in made.files)
    told = [
        translator.text(
            N_("{n} letter lies in {folder}."),
            N_("{n} letters lie in {folder}."),
            n=count,
            folder=str(out),
        )
    ]
    if made.pdf is not None:
        told.append(translator.text(N_("All of them to print: {file}"), file=str(out / made.pdf)))
    if plan.set_aside:
        told.append(
            translator.text(
                N_("{n} candidate was set aside, and gets no letter."),
                N_("{n} candidates were set aside, and get no letter."),
                n=len(plan.set_aside),
            )
        )
    if mail:
        drafts = sum(name.endswith(".eml") for name in made.files)
        told.append(
            translator.text(
                N_("{n} draft of an e-mail; nothing is sent."),
                N_("{n} drafts of e-mail; nothing is sent."),
                n=drafts,
            )
        )
    if made.without_email:
        told.append(
            translator.text(
                N_("Without an e-mail address that can be used: {candidates}."),
                candidates=made.without_email,
            )
        )
    return told
