"""What is told when something has gone wrong that no command foresees."""

import os
import platform
import sys
import tempfile
import traceback

from models.finding import N_
from scheduler.commands.console import talk
from scheduler.commands.options import Exit
from scheduler.locale import Translator, asked_language
from scheduler.version import __version__


def tell_fault(error: Exception) -> Exit:
    """A fault in the program: what to do in one sentence, the details in a file for the user alone.

    Where even that cannot be written, the details follow the sentence.
    """
    translator = Translator(asked_language(sys.argv, os.environ) or "nb")
    if isinstance(error, MemoryError):
        talk(
            translator.text(
                N_("The computer has too little memory for this; close other programs, try again.")
            )
        )
        return Exit.FAULT
    details = "".join(traceback.format_exception(error))
    system = f"alis {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    try:
        file, place = tempfile.mkstemp(prefix="alis-", suffix=".txt")
        with open(file, "w", encoding="utf-8", errors="backslashreplace") as stream:  # noqa: PTH123
            stream.write(system + details)
    except OSError:
        talk(translator.text(N_("This is a fault in the program; please report what follows.")))
        talk(system + details)
    else:
        talk(
            translator.text(
                N_(
                    "This is a fault in the program, not in what you did. Send {file}, which says "
                    "what happened, to whoever looks after alis; read it first, as it may quote "
                    "the input."
                ),
                file=place,
            )
        )
    return Exit.FAULT


def tell_not_shown(error: OSError) -> Exit:
    """Standard output could not be written (a full disk): say so, as files were all the same."""
    translator = Translator(asked_language(sys.argv, os.environ) or "nb")
    talk(
        translator.text(
            N_(
                "What was to be shown could not be written ({reason}). Files that were asked for "
                "are not concerned."
            ),
            reason=error.strerror or str(error),
        )
    )
    return Exit.NOT_WRITTEN
