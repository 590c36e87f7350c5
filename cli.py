"""The command `alis`: its commands, each in a file of its own, under one name."""

import sys

import typer

from models.finding import N_
from scheduler.commands.check import check
from scheduler.commands.explain import explain
from scheduler.commands.options import HELP
from scheduler.commands.plan import plan
from scheduler.commands.policy import policy
from scheduler.commands.sample import sample
from scheduler.commands.verify import verify
from scheduler.support import interrupt

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help loads in half the time
    help=HELP(N_("Placement of doctors in GP training (ALIS): proved best, and explained.")),
)
app.command(help=HELP(N_("Check the input, and list every error and warning.")))(check)
app.command(help=HELP(N_("Find the best plan, and write it with all its workbooks.")))(plan)
app.command(help=HELP(N_("Check a plan against every rule, and recompute its numbers.")))(verify)
app.command(help=HELP(N_("Tell why a candidate has this and not that, and what would help.")))(
    explain
)
app.command(help=HELP(N_("Make realistic input with invented candidates.")))(sample)
app.command(help=HELP(N_("Print a policy's rules, goals and numbers, each with its source.")))(
    policy
)


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console may not be in UTF-8
    interrupt.install()
    app()


if __name__ == "__main__":
    main()
