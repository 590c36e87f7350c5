"""`alis verify`: a plan against every rule, its numbers and its certificates."""

from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_
from scheduler.commands.console import (
    asked_for,
    leave,
    note_other_input,
    read_delivered,
    read_planned,
    read_previous,
    say,
    tell,
)
from scheduler.commands.options import (
    CORES,
    Exit,
    Input,
    JsonOption,
    LangOption,
    Previous,
    SearchAgain,
    WithExplanations,
    WithProof,
    Workers,
)
from scheduler.locale import Translator


def verify(
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN", help=N_("The plan: its folder, or a file in it."))
    ],
    path: Input,
    previous: Previous = None,
    with_proof: WithProof = False,
    with_explanations: WithExplanations = False,
    again: SearchAgain = False,
    workers: Workers = CORES,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.listing.options import make_case
    from scheduler.report.delivered.checking import check_delivered, read_proof
    from scheduler.report.lines import verified_lines
    from scheduler.support.errors import NotAPlanError
    from scheduler.verification.certificates.checking import check_proof
    from scheduler.verification.figures import check_set_aside

    asked = Translator(asked_for(lang) or "nb")
    delivered = read_delivered(plan_path, asked)
    try:
        proof = read_proof(plan_path) if with_proof else None
    except NotAPlanError as error:
        leave(error.finding, asked, Exit.REFUSED)
    round, translator, read = read_planned(path, lang, delivered.plan)
    before = read_previous(previous, translator)
    case = make_case(round, None if before is None else before.answer())
    found = [
        *check_set_aside(delivered.plan, read.set_aside),
        *check_delivered(delivered, case, workers, before),
    ]
    checked = None
    if proof is not None and not found:
        checked = check_proof(case, delivered.plan, proof)
        found = [*checked.findings]
    searched = None
    if again and not found:
        from scheduler.verification.again import search_again

        searched = search_again(delivered.plan, case, workers)
        found = [*searched.findings]
    replayed = None
    if with_explanations and not found:
        from scheduler.verification.replay import replay

        replayed = replay(delivered.plan, case, workers)
        found = [*replayed.findings]
    note_other_input(delivered.plan, read, translator)
    if as_json:
        texts = [{"rule": f.rule, "text": translator.finding(f)} for f in found]
        counts: dict[str, int] = {}
        if checked is not None:
            counts |= {
                "certified": checked.certified,
                "of": checked.total,
                "wishes": checked.wishes,
            }
        if searched is not None:
            counts |= {"searched_again": searched.goals}
        if replayed is not None:
            counts |= {"replayed": replayed.total, "not_examined": replayed.not_examined}
        say({"ok": not found, "status": delivered.plan.status, "findings": texts, **counts})
    else:
        proved = delivered.plan.status == "optimal"
        for line in verified_lines(found, proved, checked, searched, replayed, translator):
            tell(line)
    raise typer.Exit(Exit.REFUSED if found else Exit.DONE)
