"""The command `alis`, called in this process."""

from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

from cli import in_language


@dataclass(frozen=True)
class Done:
    """How the command left, and what it said."""

    exit_code: int
    stdout: str
    stderr: str


def alis(*words: object) -> Done:
    """Call the command."""
    command = in_language("nb")
    code, out, err = 0, StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            command([str(word) for word in words])
        except SystemExit as left:
            code = int(left.code or 0)
    return Done(code, out.getvalue(), err.getvalue())
