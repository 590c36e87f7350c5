"""The command `alis`: its commands, each in a file of its own, under one name."""

import os
import sys
from collections.abc import Callable

# Nothing else is imported here: until `main` runs, a Ctrl-C ends in a traceback.


def in_language(language: str) -> Callable[[], object]:
    """The command, with what it says of itself in a language."""
    import typer
    from typer.core import TyperArgument, TyperGroup, TyperOption
    from typer.main import get_command

    from models.finding import N_
    from scheduler.commands.answers import answers
    from scheduler.commands.check import check
    from scheduler.commands.compare import compare
    from scheduler.commands.explain import explain
    from scheduler.commands.ledger import ledger
    from scheduler.commands.next import next_input
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
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help loads in half the time
        help=N_("Placement of doctors in GP training (ALIS): proved best, and explained."),
    )
    app.command(help=N_("Check the input, and list every error and warning."))(check)
    app.command(help=N_("Find the best plan, and write it with all its workbooks."))(plan)
    app.command(help=N_("Check a plan against every rule, and recompute its numbers."))(verify)
    app.command(help=N_("Tell why a candidate has this and not that, and what would help."))(
        explain
    )
    app.command(help=N_("Gather the answers from workbooks that came back."))(answers)
    app.command("next", help=N_("Make the next round's input from this one and the answers."))(
        next_input
    )
    app.command(help=N_("Make an empty workbook to fill in, with the region's places."))(template)
    app.command(help=N_("Compare two plans: who gained, lost or moved, and why."))(compare)
    app.command(
        "what-if", help=N_("Tell what the plan would be if cells of the input were others.")
    )(what_if)
    app.command(help=N_("Tell who could take a vacancy that came, and whom to phone first."))(who)
    app.command(help=N_("Put many rounds together: waiting, offers, answers."))(ledger)
    app.command(help=N_("Try policies on many rounds, before a region adopts one."))(study)
    app.command(help=N_("Make realistic input with invented candidates."))(sample)
    app.command(help=N_("Print a policy's rules, goals and numbers, each with its source."))(policy)
    text = Translator(language).text
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    for one in (command, *command.commands.values()):
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
    from scheduler.locale import asked_language
    from scheduler.support import interrupt

    try:
        in_language(asked_language(sys.argv, os.environ) or "nb")()
    except SystemExit as left:
        if sys.stdout is not None:
            sys.stdout.flush()
        return left.code if isinstance(left.code, int) else 0
    except Exception as error:  # noqa: BLE001 - nothing may reach people as a traceback
        interrupt.check()  # which modules that are being loaded turn into other errors
        from scheduler.commands.faults import tell_fault

        return tell_fault(error)
    return 0


if __name__ == "__main__":
    main()
