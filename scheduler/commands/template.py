"""`alis template`: an empty workbook to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import asked_for, leave, talk
from scheduler.commands.options import Exit, LangOption, Region
from scheduler.locale import Translator


def template(
    out: Annotated[Path, typer.Option("--out", help=N_("The workbook to write (.xlsx)."))],
    region: Annotated[
        Region, typer.Option("--region", help=N_("Whose places are filled in: nord or vest."))
    ] = Region.NORD,
    lang: LangOption = None,
) -> None:
    from scheduler.input.form.template import make_template
    from scheduler.input.writing import save_book

    translator = Translator(asked_for(lang) or "nb")
    if out.suffix.lower() != ".xlsx":
        name = out.with_suffix(".xlsx").name
        text = N_("A workbook has a name that ends in .xlsx; write {name}.")
        leave(finding(text, name=name), translator, Exit.USAGE)
    if out.exists():
        text = N_("{place} is there already, and nothing was changed. Name another file.")
        leave(finding(text, place=str(out)), translator, Exit.NOT_WRITTEN)
    try:
        save_book(make_template(region.value, translator), out)
    except OSError as error:
        talk(f"{out}: {error.strerror or error}")
        raise typer.Exit(Exit.NOT_WRITTEN) from error
    typer.echo(str(out))
