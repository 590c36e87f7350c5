"""What the commands of `alis` share: exit codes, options, and help in the reader's language."""

import math
import os
import sys
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated

import typer

from models.finding import N_
from models.language import LanguageCode
from scheduler.locale import Translator, asked_language
from scheduler.version import __version__


class Exit(IntEnum):
    """Exit codes (SPEC section 9)."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    INPUT = 3
    CONFLICT = 4
    NOT_PROVED = 5
    REFUSED = 6
    NOT_WRITTEN = 7
    STOPPED = 130  # what a shell expects of a command that Ctrl-C has stopped


class Region(StrEnum):
    """The regions that samples can be made for."""

    NORD = "nord"
    VEST = "vest"


class UnansweredIs(StrEnum):
    """What becomes of offers without an answer."""

    KEEP = "keep"
    DECLINED = "declined"


Input = Annotated[
    Path, typer.Argument(metavar="INPUT", help=N_("A workbook, or a folder of CSV files."))
]
LangOption = Annotated[
    LanguageCode | None, typer.Option("--lang", help=N_("Language of texts: nb, nn or en."))
]
JsonOption = Annotated[
    bool, typer.Option("--json", help=N_("Print the result as JSON, for programs."))
]
SetAside = Annotated[
    bool,
    typer.Option("--set-aside", help=N_("Leave out candidates whose own rows have errors.")),
]
Previous = Annotated[Path | None, typer.Option("--previous", help=N_("The plan before this one."))]


def _version(asked: bool) -> None:
    """Say which version this is, and leave."""
    if asked:
        typer.echo(f"alis {__version__}")
        raise typer.Exit(Exit.DONE)


def before_commands(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=N_("Say which version this is.")
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    """What may stand before a command; the language is looked for in the whole call."""


PlanPath = Annotated[
    Path, typer.Argument(metavar="PLAN", help=N_("The plan's folder, or the plan.json in it."))
]
NewFile = Annotated[Path, typer.Option("--out", help=N_("The file to write."))]
Marked = Annotated[
    Path | None,
    typer.Option("--marked", help=N_("Write a copy with each problem as a comment in its cell.")),
]


def _number(value: float | None) -> float | None:
    """Refuse what is no number; every comparison with it is false, a limit's too."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter(
            Translator(asked_language(sys.argv, os.environ) or "nb").text(
                N_("This is not a number; write it with digits, for example {example}."), example=60
            )
        )
    return value


Out = Annotated[Path, typer.Option("--out", help=N_("The folder to write the plan to."))]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        min=0,
        callback=_number,
        help=N_("Stop searching after so many seconds."),
    ),
]
WorkLimit = Annotated[
    float | None,
    typer.Option(
        "--work-limit",
        min=0,
        callback=_number,
        help=N_(
            "Stop searching after so much work, counted alike on every machine; about a second "
            "each."
        ),
    ),
]
CORES = os.cpu_count() or 1
Workers = Annotated[
    int, typer.Option("--workers", min=1, help=N_("Parts to solve at the same time."))
]
WithProof = Annotated[
    bool,
    typer.Option(
        "--proof",
        help=N_("Check the proofs in proof.json too, without the program that made the plan."),
    ),
]
WithExplanations = Annotated[
    bool,
    typer.Option("--explanations", help=N_("Work out every explanation again, and compare.")),
]
SearchAgain = Annotated[
    bool,
    typer.Option(
        "--search-again",
        help=N_("Prove what rests on a search alone a second time, with other settings."),
    ),
]


class Depth(StrEnum):
    """How far explanations are proved."""

    QUICK = "quick"
    FULL = "full"


ExplainDepth = Annotated[
    Depth,
    typer.Option(
        "--explain",
        help=N_("quick, or full: prove for every wish what it would cost, however long it takes."),
    ),
]
ComparePolicy = Annotated[
    str | None,
    typer.Option(
        "--compare-policy",
        metavar="NAME",
        help=N_("Say what this policy would have given: a shipped one, or a file."),
    ),
]
Thorough = Annotated[
    bool,
    typer.Option(
        "--thorough",
        help=N_("Answer every question about other plans, however long it takes."),
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help=N_("Replace a file that is there already."))
]
Copy = Annotated[
    Path | None, typer.Option("--copy", help=N_("Write the policy to a file, to change there."))
]
