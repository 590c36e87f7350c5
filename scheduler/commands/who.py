"""`alis who`: a vacancy came; who could take it, and whom to phone first."""

from typing import Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import asked_for, leave, read_previous, say, tell
from scheduler.commands.options import Exit, Input, JsonOption, LangOption, Overwrite, Previous
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

_WHICH = N_("Which vacancy? Name one, or tell of a new one with --add.")


def who(
    path: Input,
    plan_path: PlanOption,
    vacancy: Annotated[
        str,
        typer.Argument(metavar="VACANCY", help=N_("The vacancy's id, unless --add tells it.")),
    ] = "",
    row: AddRow = None,
    cells: SetCells = None,
    previous: Previous = None,
    out: OutFile = None,
    overwrite: Overwrite = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.listing.options import make_case
    from scheduler.quarter.asking.names import no_vacancy
    from scheduler.quarter.asking.who import who_could
    from scheduler.report.quarter.who import (
        WhoAnswer,
        unable_table,
        who_data,
        who_lines,
        who_table,
    )

    plan = read_plan_at(plan_path, Translator(asked_for(lang) or "nb"))
    before, translator = round_of(path, lang, plan)
    check_target(out, translator, TABLE_KINDS)
    round = round_as_asked(before, translator, path, cells or (), row)
    new = sorted(round.vacancy.keys() - before.vacancy.keys())
    name = vacancy or next(iter(new), "")
    if not name:
        leave(finding(_WHICH), translator, Exit.USAGE)
    known = {number.casefold(): number for number in round.vacancy}
    if name.casefold() not in known:
        leave(no_vacancy(name, round), translator, Exit.USAGE)
    earlier = read_previous(previous, translator)
    case = make_case(round, None if earlier is None else earlier.answer())
    found = who_could(case, plan.answer(), known[name.casefold()])
    answer = WhoAnswer(found, round, translator)
    if out is not None:
        inputs = [path, plan_path]
        tables = [who_table(answer), unable_table(answer)]
        write_tables(tables, answer.title, out, inputs, translator, overwrite=overwrite)
    if as_json:
        say(who_data(answer))
    else:
        for line in who_lines(answer):
            tell(line)
