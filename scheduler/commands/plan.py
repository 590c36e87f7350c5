"""`alis plan`: the best plan, written with all its workbooks."""

import typer

from models.finding import N_, finding
from scheduler.commands.console import (
    leave,
    note,
    read_input,
    read_policy,
    read_previous,
    say,
    talk,
    tell,
    writing,
)
from scheduler.commands.options import (
    CORES,
    ComparePolicy,
    Depth,
    Exit,
    ExplainDepth,
    Input,
    JsonOption,
    LangOption,
    Out,
    Previous,
    SetAside,
    Thorough,
    TimeLimit,
    Workers,
    WorkLimit,
)
from scheduler.locale import Translator


def plan(
    path: Input,
    out: Out,
    previous: Previous = None,
    set_aside: SetAside = False,
    time_limit: TimeLimit = None,
    work_limit: WorkLimit = None,
    workers: Workers = CORES,
    compare_policy: ComparePolicy = None,
    thorough: Thorough = False,
    explain: ExplainDepth = Depth.QUICK,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.commands.progress import ProgressDisplay
    from scheduler.explanations.other_policy import OtherPolicy
    from scheduler.explanations.wording.warnings import option_warnings, previous_warnings
    from scheduler.listing.options import make_case
    from scheduler.planning import make_plan
    from scheduler.report.files import examine, write_plan
    from scheduler.report.lines import (
        file_lines,
        message_lines,
        messages_data,
        plan_lines,
        plan_summary,
    )
    from scheduler.report.texts import Delivery
    from scheduler.solver.clock import Clock
    from scheduler.support.errors import RefusedError, SolverFaultError

    clock = Clock.after(time_limit, work_limit)
    read = read_input(path, lang, set_aside=set_aside)
    translator = Translator(read.language)
    if read.round is None:
        if as_json:
            say(messages_data(read.messages, translator))
        for line in message_lines(read.messages, translator):
            talk(line)
        talk(translator.text(N_("Nothing was written.")))
        raise typer.Exit(Exit.INPUT)
    inputs = (path, *read.files)
    with writing(translator):  # now, not after an hour of work
        note(examine(out, inputs), translator)
    before = read_previous(previous, translator)
    other = None
    if compare_policy is not None:
        other = OtherPolicy(compare_policy, read_policy(compare_policy, translator))
    placed = None if before is None else before.answer()
    case = make_case(read.round, placed)
    more = (*option_warnings(read, case.choices), *previous_warnings(read, placed))
    for line in message_lines((*read.messages, *more), translator):
        talk(line)
    try:
        with ProgressDisplay(translator) as display:
            made = make_plan(
                case,
                origin=read.origin,
                clock=clock,
                workers=workers,
                watch=display,
                compare_with=other,
                thorough=thorough,
                explain_fully=explain is Depth.FULL,
                before=before,
            )
        if made.lost:
            talk(_lost_text(translator, made.lost))
        delivery = Delivery(made.plan, read.round, translator, made.proof)
        with writing(translator):
            written = write_plan(delivery, out, inputs, beside=True)
    except RefusedError as error:
        talk(translator.text(N_("The plan did not pass its own check. Nothing was written.")))
        for found in error.findings:
            talk(translator.finding(found))
        raise typer.Exit(Exit.REFUSED) from error
    except SolverFaultError as error:
        talk(translator.finding(error.finding))
        leave(finding(N_("Nothing was written.")), translator, Exit.FAULT)
    except KeyboardInterrupt as error:
        talk(translator.text(N_("Stopped. Nothing was written.")))
        raise typer.Exit(Exit.STOPPED) from error
    if made.plan.status != "optimal":
        code = Exit.NOT_PROVED
    else:
        code = Exit.CONFLICT if made.plan.conflicts else Exit.DONE
    note(written.notes, translator)
    if as_json:
        kept = None if written.kept is None else str(written.kept)
        told = {"files": [str(f) for f in written.files], "kept": kept, "changed": written.changed}
        say({**plan_summary(made.plan), **told})
    else:
        files = file_lines(written.files, written.folder, delivery.names)
        for line in (*plan_lines(delivery), *files):
            tell(line)
    raise typer.Exit(code)


def _lost_text(translator: Translator, parts: int) -> str:
    return translator.text(
        N_("The search broke down in {n} part of the round, of which nothing is proved."),
        N_("The search broke down in {n} parts of the round, of which nothing is proved."),
        n=parts,
    )
