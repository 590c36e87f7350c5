"""The command `alis`: its commands, each in a file of its own, under one name."""

import os
import sys
from collections.abc import Callable

# Nothing else is imported here: until `main` runs, a Ctrl-C ends in a traceback.


def in_language(language: str) -> Callable[..., object]:
    """The command, with what it says of itself in a language."""
    import typer
    from typer.core import TyperArgument, TyperOption
    from typer.main import get_command

    from models.finding import N_
    from scheduler.commands.answers import answers
    from scheduler.commands.check import check
    from scheduler.commands.compare import compare
    from scheduler.commands.explain import explain
    from scheduler.commands.frame import SpokenCommand, SpokenGroup
    from scheduler.commands.ledger import ledger
    from scheduler.commands.letters import letters
    from scheduler.commands.next import next_input
    from scheduler.commands.options import before_commands
    from scheduler.commands.plan import plan
    from scheduler.commands.policy import policy
    from scheduler.commands.sample import sample
    from scheduler.commands.study import study
    from scheduler.commands.template import template
    from scheduler.commands.verify import verify
    from scheduler.commands.what_if import what_if
    from scheduler.commands.who import who
    from scheduler.locale import Translator

    app = typer.Typer(
        cls=SpokenGroup,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help loads in half the time
        help=N_("Placement of doctors in GP training (ALIS): proved best, and explained."),
    )
    commands: tuple[tuple[str, Callable[..., None], str], ...] = (
        ("template", template, N_("Make an empty workbook to fill in, with the region's places.")),
        ("check", check, N_("Check the input, and list every error and warning.")),
        ("plan", plan, N_("Find the best plan, and write it with all its workbooks.")),
        ("verify", verify, N_("Check a plan against every rule, and recompute its numbers.")),
        (
            "explain",
            explain,
            N_("Tell why a candidate has this and not that, and what would help."),
        ),
        ("letters", letters, N_("Write a letter in Word to every candidate.")),
        ("answers", answers, N_("Gather the answers from workbooks that came back.")),
        ("next", next_input, N_("Make the next round's input from this one and the answers.")),
        ("compare", compare, N_("Compare two plans: who gained, lost or moved, and why.")),
        ("what-if", what_if, N_("Tell what the plan would be if cells of the input were others.")),
        ("who", who, N_("Tell who could take a vacancy that came, and whom to phone first.")),
        ("ledger", ledger, N_("Put many rounds together: waiting, offers, answers.")),
        ("study", study, N_("Try policies on many rounds, before a region adopts one.")),
        ("sample", sample, N_("Make realistic input with invented candidates.")),
        ("policy", policy, N_("Print a policy's rules, goals and numbers, each with its source.")),
    )
    for name, function, says in commands:
        app.command(name, cls=SpokenCommand, help=says)(function)
    app.callback()(before_commands)
    translator = Translator(language)
    text = translator.text
    command = get_command(app)
    assert isinstance(command, SpokenGroup)
    for one in (command, *command.commands.values()):
        assert isinstance(one, SpokenCommand | SpokenGroup)
        one.translator = translator
        one.help = text(one.help or "")
        for parameter in one.params:
            if isinstance(parameter, TyperOption | TyperArgument) and parameter.help:
                parameter.help = text(parameter.help)
    return command


def main() -> None:
    """Run the command, and leave with its exit code."""
    try:
        from scheduler.support import interrupt

        interrupt.install()  # first of all: what follows takes a second to load
        code = _run()
        interrupt.over()
    except KeyboardInterrupt:
        code = 130  # Exit.STOPPED, which may not have been loaded yet
    sys.exit(code)


def _run() -> int:
    from scheduler.support import streams

    shown = streams.install()
    code = _code()
    if shown is not None and shown.failed is not None:
        from scheduler.commands.faults import tell_not_shown

        return tell_not_shown(shown.failed)
    return code


def _code() -> int:
    """The exit code of the command that was called."""
    from typer.exceptions import TyperException

    from scheduler.locale import Translator, asked_language
    from scheduler.support import interrupt

    language = asked_language(sys.argv, os.environ) or "nb"
    try:
        left_with = in_language(language)(prog_name="alis", standalone_mode=False)
        return left_with if isinstance(left_with, int) else 0
    except TyperException as error:
        from scheduler.commands.frame import tell_usage

        return tell_usage(error, Translator(language))
    except SystemExit as left:
        if sys.stdout is not None:
            sys.stdout.flush()
        return left.code if isinstance(left.code, int) else 0
    except Exception as error:  # noqa: BLE001 - nothing may reach people as a traceback
        interrupt.check()  # which modules that are being loaded turn into other errors
        from scheduler.commands.faults import tell_fault

        return tell_fault(error)


if __name__ == "__main__":
    main()
