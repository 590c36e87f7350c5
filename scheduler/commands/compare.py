"""`alis compare`: two plans, who gained, lost or moved, and why."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_
from scheduler.commands.console import asked_for, say, tell
from scheduler.commands.options import JsonOption, LangOption, Overwrite
from scheduler.commands.quarter import (
    TABLE_KINDS,
    OutFile,
    PlanArgument,
    check_target,
    read_plan_at,
    round_of,
    write_tables,
)
from scheduler.locale import Translator


def compare(
    before_path: PlanArgument,
    after_path: PlanArgument,
    input_before: Annotated[
        Path | None, typer.Option("--input-before", help=N_("The input of the first plan."))
    ] = None,
    input_after: Annotated[
        Path | None, typer.Option("--input-after", help=N_("The input of the second plan."))
    ] = None,
    out: OutFile = None,
    overwrite: Overwrite = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.quarter.comparing.reasons import compare as compare_sides
    from scheduler.quarter.comparing.side import Side
    from scheduler.report.quarter.comparison import (
        Comparison,
        comparison_lines,
        comparison_tables,
    )
    from scheduler.report.quarter.comparison_data import comparison_data

    asked = asked_for(lang)
    plans = [read_plan_at(path, Translator(asked or "nb")) for path in (before_path, after_path)]
    translator = Translator(asked or plans[1].round.language)
    check_target(out, translator, TABLE_KINDS)
    rounds = [
        None if path is None else round_of(path, lang, plan)[0]
        for path, plan in zip((input_before, input_after), plans, strict=True)
    ]
    before, after = (Side.of_plan(p, r) for p, r in zip(plans, rounds, strict=True))
    comparison = Comparison(before, after, compare_sides(before, after), translator)
    if out is not None:
        given = (before_path, after_path, input_before, input_after)
        inputs = [path for path in given if path is not None]
        tables = comparison_tables(comparison)
        write_tables(tables, comparison.title, out, inputs, translator, overwrite=overwrite)
    if as_json:
        say(comparison_data(comparison))
    else:
        for line in comparison_lines(comparison):
            tell(line)
