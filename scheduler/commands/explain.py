"""`alis explain`: why this, why not that, for one candidate."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_, Finding, finding
from scheduler.commands.console import (
    asked_for,
    day_of,
    leave,
    read_delivered,
    say,
    tell,
)
from scheduler.commands.options import Exit, Input, JsonOption, LangOption
from scheduler.commands.quarter import round_of
from scheduler.explanations.wording.audience import Audience
from scheduler.locale import Translator

_OTHER_WISHES = N_(
    "The wishes of {candidate} are not those that the plan explains. Name the input that it was "
    "made from, or make the plan anew."
)


def explain(
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN", help=N_("The plan: its folder, or a file in it."))
    ],
    path: Input,
    candidate: Annotated[
        str,
        typer.Argument(
            metavar="CANDIDATE", help=N_("The candidate's id, or a name that only one has.")
        ),
    ],
    vacancy: Annotated[str, typer.Option("--vacancy", help=N_("Why not this vacancy."))] = "",
    site: Annotated[str, typer.Option("--site", help=N_("Why not this site."))] = "",
    department: Annotated[
        str, typer.Option("--department", help=N_("Why not this department."))
    ] = "",
    start: Annotated[
        str, typer.Option("--start", help=N_("Why not from this first day, for example 1.9.2026."))
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
    from scheduler.explanations.question import Question
    from scheduler.quarter.asking.names import candidate_called, unknown_place
    from scheduler.report.explain_lines import answer_lines, candidate_lines, letter_lines
    from scheduler.report.texts import Delivery

    plan = read_delivered(plan_path, Translator(asked_for(lang) or "nb")).plan
    round, translator = round_of(path, lang, plan)
    who = candidate_called(round, candidate)
    if isinstance(who, Finding):
        leave(who, translator, Exit.USAGE)
    ranks = {wish.rank for wish in round.ranked.get(who, ())}
    if any(e.rank not in ranks for e in plan.explanations if e.candidate_id == who):
        leave(finding(_OTHER_WISHES, candidate=who), translator, Exit.REFUSED)
    wrong = unknown_place(round, vacancy, site, department)
    if wrong is not None:
        leave(wrong, translator, Exit.USAGE)
    day = day_of(start, translator)
    question = Question(who, vacancy, site, department, day)
    delivery = Delivery(plan, round, translator)
    if audience is Audience.CANDIDATE:
        lines = list(letter_lines(delivery, who))
    elif vacancy or site or department or day:
        lines = list(answer_lines(delivery, question, audience))
    else:
        lines = list(candidate_lines(delivery, who, audience))
    if as_json:
        say({"candidate": who, "lines": lines})
    else:
        for line in lines:
            tell(line)
