"""`alis what-if`: the plan if some cells were different, compared with the plan there is."""

import typer

from models.finding import N_
from scheduler.commands.console import asked_for, leave, read_previous, say, talk, tell
from scheduler.commands.options import (
    CORES,
    Exit,
    Input,
    JsonOption,
    LangOption,
    Overwrite,
    Previous,
    TimeLimit,
    Workers,
)
from scheduler.commands.quarter import (
    TABLE_KINDS,
    AddRow,
    OutFile,
    PlanOption,
    SetCells,
    check_target,
    read_plan_at,
    round_as_asked,
    round_of,
    write_tables,
)
from scheduler.locale import Translator


def what_if(
    path: Input,
    plan_path: PlanOption,
    cells: SetCells = None,
    row: AddRow = None,
    previous: Previous = None,
    out: OutFile = None,
    overwrite: Overwrite = False,
    time_limit: TimeLimit = None,
    workers: Workers = CORES,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.commands.progress import ProgressDisplay
    from scheduler.quarter.asking.what_if import what_if as ask
    from scheduler.report.quarter.comparison import (
        Comparison,
        comparison_lines,
        comparison_tables,
    )
    from scheduler.report.quarter.comparison_data import comparison_data
    from scheduler.solver.clock import Clock
    from scheduler.support.errors import RefusedError, SolverFaultError

    plan = read_plan_at(plan_path, Translator(asked_for(lang) or "nb"))
    round, translator = round_of(path, lang, plan)
    check_target(out, translator, TABLE_KINDS)
    changed = round_as_asked(round, translator, path, cells or (), row)
    earlier = read_previous(previous, translator)
    try:
        with ProgressDisplay(translator) as display:
            found = ask(
                plan,
                round,
                changed,
                previous=None if earlier is None else earlier.answer(),
                clock=Clock.after(time_limit, None),
                workers=workers,
                watch=display,
            )
    except RefusedError as error:
        for one in error.findings:
            talk(translator.finding(one))
        raise typer.Exit(Exit.REFUSED) from error
    except SolverFaultError as error:
        leave(error.finding, translator, Exit.FAULT)
    except KeyboardInterrupt as error:
        talk(translator.text(N_("Stopped. Nothing was written.")))
        raise typer.Exit(Exit.STOPPED) from error
    title = translator.text(N_("The plan as it would be, compared with the plan there is"))
    comparison = Comparison(
        found.before, found.after, found.told, translator, found.notes, heading=title
    )
    if out is not None:
        tables = comparison_tables(comparison)
        write_tables(
            tables, comparison.title, out, [path, plan_path], translator, overwrite=overwrite
        )
    if as_json:
        say(comparison_data(comparison))
    else:
        for line in comparison_lines(comparison):
            tell(line)
    if not found.after.proved:
        raise typer.Exit(Exit.NOT_PROVED)
    raise typer.Exit(Exit.CONFLICT if found.broken else Exit.DONE)
