"""`alis sample`: realistic input with invented candidates."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_
from scheduler.commands.console import asked_for, must_be_workbook, note, tell, writing
from scheduler.commands.options import LangOption, Overwrite, Region
from scheduler.locale import Translator


def sample(
    out: Annotated[Path, typer.Option("--out", help=N_("The workbook, or folder, to write."))],
    region: Annotated[Region, typer.Option("--region", help=N_("nord or vest."))] = Region.NORD,
    candidates: Annotated[
        int, typer.Option("--candidates", min=1, help=N_("How many candidates."))
    ] = 120,
    vacancies: Annotated[
        int, typer.Option("--vacancies", min=1, help=N_("How many vacancies."))
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", help=N_("Another number, other data."))] = 1,
    split_share: Annotated[
        float,
        typer.Option(
            "--split-share",
            min=0,
            max=1,
            help=N_("Which share of the candidates is open to three plus three months, 0–1."),
        ),
    ] = 0.05,
    overwrite: Overwrite = False,
    lang: LangOption = None,
) -> None:
    from scheduler.input.writing import write_input
    from scheduler.samples.region import make_sample

    translator = Translator(asked_for(lang) or "nb")
    if out.suffix.lower() in (".xls", ".xlsm", ".xlsb", ".ods", ".csv"):
        must_be_workbook(out, translator)
    facts = make_sample(region.value, candidates, vacancies, seed, split_share)
    with writing(translator):
        notes = write_input(out, facts, translator, overwrite=overwrite)
    note(notes, translator)
    tell(str(out))
