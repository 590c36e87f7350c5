"""What the commands of `alis` do alike: say, talk, read what they were given, and leave."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from models.finding import N_, Finding, finding
from models.language import LanguageCode
from scheduler.commands.options import Exit
from scheduler.locale import Translator, asked_language
from scheduler.support.visible import visible

_EXAMPLE = date(2026, 9, 1)

if TYPE_CHECKING:
    from models.plan import Plan
    from models.policy import Policy
    from models.round import Round
    from scheduler.input import ReadResult
    from scheduler.report.delivered.checking import DeliveredPlan


def asked_for(lang: LanguageCode | None) -> str | None:
    """The language asked for by an option or by the environment."""
    return lang.value if lang else asked_language(sys.argv, os.environ)


def talk(text: str) -> None:
    """To people: standard error."""
    typer.echo(visible(text), err=True)


def tell(text: str) -> None:
    """A line of the result: standard output."""
    typer.echo(visible(text))


def say(data: object) -> None:
    """To programs: JSON on standard output."""
    typer.echo(visible(json.dumps(data, ensure_ascii=False, indent=1)))


def leave(found: Finding, translator: Translator, code: Exit) -> NoReturn:
    """Tell what is wrong, and end the command."""
    talk(translator.finding(found))
    raise typer.Exit(code)


def note(notes: Sequence[Finding], translator: Translator) -> None:
    """What the user should know, to people."""
    for found in notes:
        talk(translator.finding(found))


def must_be_workbook(path: Path, translator: Translator, ending: str = ".xlsx") -> None:
    """Ends the command if a workbook would get a name that Excel does not know as one of its
    kind.
    """
    if path.suffix.lower() != ending:
        found = finding(N_("{file} must end in {ending}."), file=str(path), ending=ending)
        leave(found, translator, Exit.USAGE)


@contextmanager
def writing(translator: Translator) -> Iterator[None]:
    """Ends the command, with its code, where something cannot be written."""
    from scheduler.support.errors import CannotWriteError, WrongTargetError

    try:
        yield
    except WrongTargetError as error:
        leave(error.finding, translator, Exit.USAGE)
    except CannotWriteError as error:
        leave(error.finding, translator, Exit.NOT_WRITTEN)


def read_input(path: Path, lang: LanguageCode | None, *, set_aside: bool = False) -> "ReadResult":
    """The input, with all its messages; ends the command where it is no input at all."""
    from scheduler.input import read_round
    from scheduler.support.errors import UnreadableError

    asked = asked_for(lang)
    try:
        return read_round(path, asked, set_aside=set_aside)
    except UnreadableError as error:
        leave(error.finding, Translator(asked or "nb"), Exit.USAGE)
    except OSError as error:
        reason = error.strerror or str(error)
        found = finding(N_("{file} cannot be read: {reason}"), file=str(path), reason=reason)
        leave(found, Translator(asked or "nb"), Exit.USAGE)


def read_delivered(
    path: Path, translator: Translator, code: Exit = Exit.REFUSED
) -> "DeliveredPlan":
    """A plan that was delivered; ends the command with this code where it is none."""
    from scheduler.report.delivered.checking import read_plan
    from scheduler.support.errors import NotAPlanError

    try:
        return read_plan(path)
    except NotAPlanError as error:
        leave(error.finding, translator, code)


def plan_file(path: Path) -> Path:
    """The plan.json of a plan's folder, or the file that is named."""
    return path / "plan.json" if path.is_dir() else path


def plan_files(stated: Path, plan: "Plan") -> list[Path]:
    """The files that were delivered with a plan: nothing else is written over them."""
    return [stated, *(stated.parent / name for name in plan.files)]


def read_planned(
    path: Path, lang: LanguageCode | None, plan: "Plan"
) -> "tuple[Round, Translator, ReadResult]":
    """The round that a plan is for, as the plan took it; ends the command where it has errors."""
    read = read_input(path, lang, set_aside=bool(plan.set_aside))
    translator = Translator(read.language)
    if read.round is None:
        talk(translator.text(N_("The input has errors; run alis check on it.")))
        raise typer.Exit(Exit.INPUT)
    return read.round, translator, read


def note_other_input(plan: "Plan", read: "ReadResult", translator: Translator) -> None:
    """Say so if the input is not the very file that the plan was made from."""
    # Plans of earlier versions named the files themselves, not what they are.
    if sorted(plan.input.values()) != sorted(read.origin.files.values()):
        talk(translator.text(N_("Note: the input is not the file that the plan was made from.")))


def read_previous(path: Path | None, translator: Translator) -> "Plan | None":
    """The plan before, if one is named; ends the command where it is none."""
    from scheduler.report.delivered.checking import read_plan
    from scheduler.support.errors import NotAPlanError

    try:
        return None if path is None else read_plan(path).plan
    except NotAPlanError as error:
        text = N_("The plan before, named with --previous, cannot be read. {reason}")
        leave(finding(text, reason=(error.finding,)), translator, Exit.USAGE)


def day_of(text: str, translator: Translator) -> date | None:
    """A day in any form that an input may have it in; ends the command where it is none."""
    from scheduler.input.values.dates import read_date
    from scheduler.input.values.read import Noted

    if not text:
        return None
    read = read_date(text, _EXAMPLE)
    if isinstance(read, Finding):
        told = N_("{text}: {problem}")
        leave(finding(told, text=text, problem=(read,)), translator, Exit.USAGE)
    return read.value if isinstance(read, Noted) else read


def read_policy(name: str, translator: Translator) -> "Policy":
    """A shipped policy, or one from a file; ends the command where it cannot be used."""
    from scheduler.input.files.policies import policy_at
    from scheduler.support.errors import UnreadableError

    try:
        return policy_at(name).policy
    except UnreadableError as error:
        for found in error.findings:
            talk(translator.finding(found))
        raise typer.Exit(Exit.USAGE) from error
