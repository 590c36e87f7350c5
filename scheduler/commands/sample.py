"""`alis sample`: realistic input with invented candidates."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_
from scheduler.commands.console import asked_for, talk, tell
from scheduler.commands.options import Exit, LangOption, Region
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
    lang: LangOption = None,
) -> None:
    from scheduler.input.writing import write_input
    from scheduler.samples.region import make_sample

    translator = Translator(asked_for(lang) or "nb")
    facts = make_sample(region.value, candidates, vacancies, seed, split_share)
    try:
        write_input(out, facts, translator)
    except OSError as error:
        talk(f"{out}: {error.strerror or error}")
        raise typer.Exit(Exit.NOT_WRITTEN) from error
    tell(str(out))
