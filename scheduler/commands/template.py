"""`alis template`: an empty workbook to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_
from scheduler.commands.console import asked_for, must_be_workbook, note, tell, writing
from scheduler.commands.options import LangOption, Overwrite, Region
from scheduler.locale import Translator


def template(
    out: Annotated[Path, typer.Option("--out", help=N_("The workbook to write (.xlsx)."))],
    region: Annotated[
        Region, typer.Option("--region", help=N_("Whose places are filled in: nord or vest."))
    ] = Region.NORD,
    overwrite: Overwrite = False,
    lang: LangOption = None,
) -> None:
    from scheduler.input.form.template import make_template
    from scheduler.support.excel import workbook_bytes
    from scheduler.support.safe_write import write_file

    translator = Translator(asked_for(lang) or "nb")
    must_be_workbook(out, translator)
    content = workbook_bytes(make_template(region.value, translator))
    with writing(translator):
        notes = write_file(out, content, overwrite=overwrite)
    note(notes, translator)
    tell(str(out))
