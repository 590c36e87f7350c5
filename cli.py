"""The command `alis`: parse the call, do one thing, print, leave with the right exit code."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from models.finding import N_, Finding
from models.language import LanguageCode
from scheduler import interrupt
from scheduler.command import (
    CORES,
    HELP,
    ComparePolicy,
    Exit,
    Input,
    JsonOption,
    LangOption,
    Marked,
    Out,
    Previous,
    Region,
    SetAside,
    Thorough,
    TimeLimit,
    WithProof,
    Workers,
)
from scheduler.locale import Translator, asked_language

if TYPE_CHECKING:
    from models.placement import Placement
    from models.policy import Policy
    from scheduler.tables import ReadResult

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help loads in half the time
    help=HELP(N_("Placement of doctors in GP training (ALIS): proved best, and explained.")),
)


def _asked(lang: LanguageCode | None) -> str | None:
    return lang.value if lang else asked_language(sys.argv, os.environ)


def _talk(text: str) -> None:
    typer.echo(text, err=True)


def _say(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _leave(found: Finding, translator: Translator, code: Exit) -> NoReturn:
    _talk(translator.finding(found))
    raise typer.Exit(code)


def _read(path: Path, lang: LanguageCode | None, *, set_aside: bool = False) -> "ReadResult":
    from scheduler.tables import UnreadableError, read_round

    asked = _asked(lang)
    try:
        return read_round(path, asked, set_aside=set_aside)
    except UnreadableError as error:
        _leave(error.finding, Translator(asked or "nb"), Exit.USAGE)


@app.command(help=HELP(N_("Check the input, and list every error and warning.")))
def check(
    path: Input,
    marked: Marked = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.explain.warnings import option_warnings
    from scheduler.report.spoken import message_lines, messages_data

    read = _read(path, lang)
    translator = Translator(read.language)
    messages = (*read.messages, *option_warnings(read))
    if marked is not None:
        from scheduler.report.marked import write_marked

        try:
            write_marked(marked, read.grids, messages, translator)
        except OSError as error:
            _talk(f"{marked}: {error.strerror}")
            raise typer.Exit(Exit.NOT_WRITTEN) from error
    if as_json:
        _say(messages_data(messages, translator))
    else:
        for line in message_lines(messages, translator):
            typer.echo(line)
    raise typer.Exit(Exit.INPUT if read.errors else Exit.DONE)


@app.command(help=HELP(N_("Find the best plan, and write it with all its workbooks.")))
def plan(
    path: Input,
    out: Out,
    previous: Previous = None,
    set_aside: SetAside = False,
    time_limit: TimeLimit = None,
    workers: Workers = CORES,
    compare_policy: ComparePolicy = None,
    thorough: Thorough = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.comparison import OtherPolicy
    from scheduler.engine.clock import Clock
    from scheduler.explain.warnings import option_warnings
    from scheduler.planning import RefusedError, make_case, make_plan
    from scheduler.progress import ProgressDisplay
    from scheduler.report.files import CannotWriteError, write_plan
    from scheduler.report.spoken import (
        file_lines,
        message_lines,
        messages_data,
        plan_lines,
        plan_summary,
    )
    from scheduler.report.texts import Delivery

    clock = Clock.after(time_limit)
    read = _read(path, lang, set_aside=set_aside)
    translator = Translator(read.language)
    if read.round is None:
        if as_json:
            _say(messages_data(read.messages, translator))
        for line in message_lines(read.messages, translator):
            _talk(line)
        _talk(translator.text(N_("Nothing was written.")))
        raise typer.Exit(Exit.INPUT)
    before = _previous(previous, translator)
    other = None
    if compare_policy is not None:
        other = OtherPolicy(compare_policy, _policy(compare_policy, translator))
    case = make_case(read.round, before)
    for line in message_lines((*read.messages, *option_warnings(read, case.choices)), translator):
        _talk(line)
    try:
        with ProgressDisplay(translator) as display:
            made = make_plan(
                read,
                case,
                clock=clock,
                workers=workers,
                report=display.report,
                compare_with=other,
                thorough=thorough,
            )
        delivery = Delivery(made.plan, read.round, translator, made.proof)
        files = write_plan(delivery, out)
    except RefusedError as error:
        _talk(translator.text(N_("The plan did not pass its own check. Nothing was written.")))
        for found in error.findings:
            _talk(translator.finding(found))
        raise typer.Exit(Exit.REFUSED) from error
    except CannotWriteError as error:
        _leave(error.finding, translator, Exit.NOT_WRITTEN)
    except KeyboardInterrupt as error:
        _talk(translator.text(N_("Stopped. Nothing was written.")))
        raise typer.Exit(Exit.STOPPED) from error
    if made.plan.status != "optimal":
        code = Exit.NOT_PROVED
    else:
        code = Exit.CONFLICT if made.plan.conflicts else Exit.DONE
    if as_json:
        _say({**plan_summary(made.plan), "files": [str(f) for f in files]})
    else:
        for line in (*plan_lines(delivery), *file_lines(files, out, translator)):
            typer.echo(line)
    raise typer.Exit(code)


def _previous(path: Path | None, translator: Translator) -> "tuple[Placement, ...] | None":
    from scheduler.report.check import NotAPlanError, read_plan

    if path is None:
        return None
    try:
        return read_plan(path).plan.answer()
    except NotAPlanError as error:
        _leave(error.finding, translator, Exit.USAGE)


def _policy(name: str, translator: Translator) -> "Policy":
    from scheduler.tables.settings import load_policy

    loaded = load_policy(name, Path())
    if isinstance(loaded, Finding):
        _leave(loaded, translator, Exit.USAGE)
    return loaded


@app.command(help=HELP(N_("Check a plan against every rule, and recompute its numbers.")))
def verify(
    plan_path: Annotated[
        Path, typer.Argument(metavar="PLAN", help=HELP(N_("plan.json or plan.xlsx.")))
    ],
    path: Input,
    previous: Previous = None,
    with_proof: WithProof = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.checking import check_certificates, check_delivered
    from scheduler.report.check import NotAPlanError, read_plan, read_proof
    from scheduler.report.spoken import verified_lines

    asked = Translator(_asked(lang) or "nb")
    try:
        delivered = read_plan(plan_path)
        proof = read_proof(plan_path) if with_proof else None
    except NotAPlanError as error:
        _leave(error.finding, asked, Exit.REFUSED)
    read = _read(path, lang, set_aside=bool(delivered.plan.set_aside))
    translator = Translator(read.language)
    if read.round is None:
        _talk(translator.text(N_("The input has errors; run alis check on it.")))
        raise typer.Exit(Exit.INPUT)
    before = _previous(previous, translator)
    found = check_delivered(delivered, read.round, before)
    checked = None
    if proof is not None and not found:
        checked = check_certificates(delivered.plan, proof, read.round, before)
        found = [*checked.findings]
    if delivered.plan.input != read.checksums:
        _talk(translator.text(N_("Note: the input is not the file that the plan was made from.")))
    if as_json:
        texts = [{"rule": f.rule, "text": translator.finding(f)} for f in found]
        counts = {}
        if checked is not None:
            counts = {"certified": checked.certified, "of": checked.total}
        _say({"ok": not found, "findings": texts, **counts})
    else:
        for line in verified_lines(found, checked, translator):
            typer.echo(line)
    raise typer.Exit(Exit.REFUSED if found else Exit.DONE)


@app.command(help=HELP(N_("Make realistic input with invented candidates.")))
def sample(
    out: Annotated[
        Path, typer.Option("--out", help=HELP(N_("The workbook, or folder, to write.")))
    ],
    region: Annotated[
        Region, typer.Option("--region", help=HELP(N_("nord or vest.")))
    ] = Region.NORD,
    candidates: Annotated[
        int, typer.Option("--candidates", min=1, help=HELP(N_("How many candidates.")))
    ] = 120,
    vacancies: Annotated[
        int, typer.Option("--vacancies", min=1, help=HELP(N_("How many vacancies.")))
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", help=HELP(N_("Another number, other data.")))] = 1,
    lang: LangOption = None,
) -> None:
    from scheduler.samples import make_sample
    from scheduler.tables.writing import write_input

    translator = Translator(_asked(lang) or "nb")
    facts = make_sample(region.value, candidates, vacancies, seed)
    try:
        write_input(out, facts, translator)
    except OSError as error:
        _talk(f"{out}: {error.strerror or error}")
        raise typer.Exit(Exit.NOT_WRITTEN) from error
    typer.echo(str(out))


@app.command(help=HELP(N_("Print a policy's rules, goals and numbers, each with its source.")))
def policy(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=HELP(N_("A shipped policy, or a file.")))
    ] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    from scheduler.report.policy import policy_data, policy_lines
    from scheduler.resources import shipped_policies

    translator = Translator(_asked(lang) or "nb")
    if name is None:
        if as_json:
            _say(list(shipped_policies()))
        else:
            typer.echo(translator.text(N_("The shipped policies; write alis policy NAME for one:")))
            for shipped in shipped_policies():
                typer.echo(f"  {shipped}")
        return
    loaded = _policy(name, translator)
    if as_json:
        _say(policy_data(loaded, translator))
    else:
        for line in policy_lines(name, loaded, translator):
            typer.echo(line)


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console may not be in UTF-8
    interrupt.install()
    app()


if __name__ == "__main__":
    main()
