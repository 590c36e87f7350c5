"""docs/messages.md: every message about the input, and every reason why a command stops."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scheduler.locale import catalogue
from tools.messages import ROOT, is_mark, template

NB = catalogue("nb")

HEAD = """\
# Messages

*Made by `make docs` from the code; do not edit.*

What `alis` says of an input, and why a command may stop. A message is shown with its place (file,
sheet, cell; in a CSV file the line and column) and the value that stands there. It says first what
is wrong and last what to do; `{…}` is filled in. An error stops: nothing is written (exit code 3).
A warning or a notice does not: look at it, and go on if it is as it should be.
`alis check INPUT --marked FILE` writes each message as a comment into a copy of your own workbook,
and lists them all in its first sheet, with links to the cells.
"""

# Headings in the order in which a round meets what they are about, and the files that say it.
SECTIONS = (
    ("Files that cannot be read", ("scheduler/input/files/*.py",)),
    ("Sheets, columns and cells", ("scheduler/input/*.py",)),
    ("What a row says", ("models/*.py",)),
    (
        "Files that cannot be written, and plans that cannot be read",
        ("scheduler/report/*.py", "scheduler/support/*.py"),
    ),
    ("Commands", ("scheduler/commands/*.py",)),
)


def messages_page() -> str:
    """The page."""
    return "\n".join([HEAD, *(line for section in SECTIONS for line in _section(*section))])


def _section(heading: str, patterns: tuple[str, ...]) -> Iterator[str]:
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    found = dict.fromkeys(texts for path in paths for texts in messages_in(path))
    yield f"## {heading}\n"
    yield "| bokmål | English |"
    yield "|---|---|"
    for one, many in found:
        forms = (one, many) if many else (one,)
        for n, text in enumerate(forms, 1):
            shown = NB.ngettext(one, many, n) if many else NB.gettext(one)
            yield f"| {_cell(shown)} | {_cell(text)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def messages_in(path: Path) -> Iterator[tuple[str, str]]:
    """The templates that a file makes findings of, in the call itself or by their name; each with
    its plural, if it has one.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        target.id: template(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_mark(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def named(argument: ast.expr) -> Iterator[str]:
        for part in ast.walk(argument):
            if is_mark(part):
                yield template(part)
            elif isinstance(part, ast.Name) and part.id in names:
                yield names[part.id]

    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "finding" and node.args:
            plural = [p for k in node.keywords if k.arg == "plural" for p in named(k.value)]
            for text in named(node.args[0]):
                yield text, plural[0] if plural else ""
