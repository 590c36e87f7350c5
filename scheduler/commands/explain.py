"""`alis explain`: why this, why not that, for one candidate."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import asked_for, leave, read_input, say, talk
from scheduler.commands.options import HELP, Exit, Input, JsonOption, LangOption
from scheduler.explain.audience import Audience
from scheduler.locale import Translator


def explain(
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN", help=HELP(N_("plan.json or plan.xlsx.")))
    ],
    path: Input,
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help=HELP(N_("The candidate's id.")))
    ],
    vacancy: Annotated[str, typer.Option("--vacancy", help=HELP(N_("Why not this vacancy.")))] = "",
    site: Annotated[str, typer.Option("--site", help=HELP(N_("Why not this site.")))] = "",
    department: Annotated[
        str, typer.Option("--department", help=HELP(N_("Why not this department.")))
    ] = "",
    start: Annotated[
        str, typer.Option("--start", help=HELP(N_("Why not from this first day (2026-09-01).")))
    ] = "",
    audience: Annotated[
        Audience,
        typer.Option(
            "--for",
            help=HELP(N_("Who reads it: coordinator, municipality or candidate (a short letter).")),
        ),
    ] = Audience.COORDINATOR,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.explain.question import Question
    from scheduler.report.check import NotAPlanError, read_plan
    from scheduler.report.texts import Delivery
    from scheduler.report.told import answer_lines, candidate_lines, letter_lines

    asked = Translator(asked_for(lang) or "nb")
    try:
        plan = read_plan(plan_path).plan
    except NotAPlanError as error:
        leave(error.finding, asked, Exit.REFUSED)
    read = read_input(path, lang, set_aside=bool(plan.set_aside))
    translator = Translator(read.language)
    if read.round is None:
        talk(translator.text(N_("The input has errors; run alis check on it.")))
        raise typer.Exit(Exit.INPUT)
    if plan.input != read.checksums:
        talk(translator.text(N_("Note: the input is not the file that the plan was made from.")))
    if candidate not in read.round.candidate:
        found = finding(N_("There is no candidate {candidate} in the input."), candidate=candidate)
        leave(found, translator, Exit.USAGE)
    try:
        day = date.fromisoformat(start) if start else None
    except ValueError:
        found = finding(N_("{value} is not a date; write it like 2026-09-01."), value=start)
        leave(found, translator, Exit.USAGE)
    question = Question(candidate, vacancy, site, department, day)
    delivery = Delivery(plan, read.round, translator)
    if audience is Audience.CANDIDATE:
        lines = list(letter_lines(delivery, candidate))
    elif vacancy or site or department or day:
        lines = list(answer_lines(delivery, question, audience))
    else:
        lines = list(candidate_lines(delivery, candidate, audience))
    if as_json:
        say({"candidate": candidate, "lines": lines})
    else:
        for line in lines:
            typer.echo(line)
