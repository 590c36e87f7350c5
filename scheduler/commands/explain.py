"""`alis explain`: why this, why not that, for one candidate."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_, finding
from scheduler.commands.console import (
    asked_for,
    leave,
    note_other_input,
    read_delivered,
    read_planned,
    say,
    tell,
)
from scheduler.commands.options import Exit, Input, JsonOption, LangOption
from scheduler.explanations.wording.audience import Audience
from scheduler.locale import Translator


def explain(
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN", help=N_("The plan: its folder, or a file in it."))
    ],
    path: Input,
    candidate: Annotated[str, typer.Argument(metavar="CANDIDATE", help=N_("The candidate's id."))],
    vacancy: Annotated[str, typer.Option("--vacancy", help=N_("Why not this vacancy."))] = "",
    site: Annotated[str, typer.Option("--site", help=N_("Why not this site."))] = "",
    department: Annotated[
        str, typer.Option("--department", help=N_("Why not this department."))
    ] = "",
    start: Annotated[
        str, typer.Option("--start", help=N_("Why not from this first day (2026-09-01)."))
    ] = "",
    audience: Annotated[
        Audience,
        typer.Option(
            "--for",
            help=N_("Who reads it: coordinator, municipality or candidate (a short letter)."),
        ),
    ] = Audience.COORDINATOR,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from models.base import EARLIEST, LATEST
    from scheduler.explanations.question import Question
    from scheduler.report.explain_lines import answer_lines, candidate_lines, letter_lines
    from scheduler.report.texts import Delivery

    plan = read_delivered(plan_path, Translator(asked_for(lang) or "nb")).plan
    round, translator, read = read_planned(path, lang, plan)
    note_other_input(plan, read, translator)
    if candidate not in round.candidate:
        found = finding(N_("There is no candidate {candidate} in the input."), candidate=candidate)
        leave(found, translator, Exit.USAGE)
    try:
        day = date.fromisoformat(start) if start else None
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValueError(start)
    except ValueError:
        found = finding(N_("{value} is not a date; write it like 2026-09-01."), value=start)
        leave(found, translator, Exit.USAGE)
    question = Question(candidate, vacancy, site, department, day)
    delivery = Delivery(plan, round, translator)
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
            tell(line)
