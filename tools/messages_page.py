"""docs/messages.md and docs/nb/meldinger.md: every message about the input, and every reason why a
command stops.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.locale import catalogue
from tools.messages import ROOT, is_mark, template

NB = catalogue("nb")

HEADS = {
    "en": """\
# Messages

*Made by `make docs` from the code; do not edit. [På bokmål](nb/meldinger.md).*

What `alis` says of an input, and why a command may stop. A message is shown with its place (file,
sheet, cell; in a CSV file the line and column) and the value that stands there; `{…}` is filled
in. An error stops: nothing is written (exit code 3). A warning or a notice does not: look at it,
and go on if it is as it should be. `alis check INPUT --marked FILE` writes each message as a
comment into a copy of your own workbook, and lists them all in its first sheet, with links to the
cells.
""",
    "nb": """\
# Meldinger

*Laget av `make docs` fra koden; rett dem der. [In English](../messages.md).*

Hva `alis` sier om inndata, og hvorfor en kommando kan stoppe. Hver melding vises med stedet (fil,
ark og celle; i en CSV-fil linje og kolonne) og verdien som står der; `{…}` blir fylt ut. En feil
stopper: Ingenting blir skrevet (avslutningskode 3). En advarsel, eller en linje merket
«Melding», stopper ikke: Se på det, og gå videre hvis det er som det skal være.
`alis check INNDATA --marked FIL` skriver hver
melding som en merknad i en kopi av din egen arbeidsbok, og lister dem i det første arket, med
lenker til cellene.
""",
}
COLUMNS = {"en": ("what is wrong", "what to do"), "nb": ("hva som er galt", "hva du gjør")}

# Headings in the order in which a round meets what they are about, and the files that say it.
SECTIONS = (
    ("Files that cannot be read", "Filer som ikke kan leses", ("scheduler/input/files/*.py",)),
    (
        "Sheets, columns and cells",
        "Ark, kolonner og celler",
        ("scheduler/input/*.py", "scheduler/input/values/*.py"),
    ),
    ("What a row says", "Det som står i en rad", ("models/*.py",)),
    (
        "Warnings",
        "Advarsler",
        ("scheduler/input/warnings/*.py", "scheduler/explanations/wording/warnings.py"),
    ),
    ("What is still to be filled in", "Det som må fylles ut", ("scheduler/input/form/*.py",)),
    ("Answers that came back", "Svar som er kommet tilbake", ("scheduler/quarter/answers/*.py",)),
    (
        "The next round's input",
        "Inndata til neste runde",
        ("scheduler/quarter/next_round/*.py", "scheduler/quarter/own_files/*.py"),
    ),
    (
        "Questions between rounds",
        "Spørsmål mellom rundene",
        ("scheduler/quarter/asking/*.py", "scheduler/quarter/*.py"),
    ),
    ("Letters", "Brev", ("scheduler/report/letters/*.py",)),
    ("Studies", "Studier", ("scheduler/studies/*.py", "scheduler/studies/asking/*.py")),
    (
        "Files that cannot be written, and plans that cannot be read",
        "Filer som ikke kan skrives, og planer som ikke kan leses",
        ("scheduler/report/*.py", "scheduler/support/*.py"),
    ),
    (
        "Delivered files that are not as they were written",
        "Leverte filer som ikke er slik de ble skrevet",
        ("scheduler/report/delivered/*.py",),
    ),
    ("Commands", "Kommandoer", ("scheduler/commands/*.py",)),
)


def messages_page(language: str) -> str:
    """The page in English (`en`) or bokmål (`nb`)."""
    lines = [HEADS[language]]
    for english, norwegian, patterns in SECTIONS:
        lines += _section(norwegian if language == "nb" else english, language, patterns)
    return "\n".join(lines)


def _section(heading: str, language: str, patterns: tuple[str, ...]) -> Iterator[str]:
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    found = dict.fromkeys(texts for path in paths for texts in messages_in(path))
    yield f"## {heading}\n"
    yield "| {} | {} |".format(*COLUMNS[language])
    yield "|---|---|"
    for one, many in found:
        for n in (1, 2) if many else (1,):
            wrong, cure = cause_and_cure(_shown(language, one, many, n))
            yield f"| {_cell(wrong)} | {_cell(cure)} |"
    yield ""


def _shown(language: str, one: str, many: str, n: int) -> str:
    if language == "en":
        return one if n == 1 else many
    return NB.ngettext(one, many, n) if many else NB.gettext(one)


def cause_and_cure(message: str) -> tuple[str, str]:
    """What a message says is wrong, and what it says to do: what follows its first semicolon, else
    its first sentence. A message of one sentence says what is wrong alone.
    """
    wrong, semicolon, cure = message.partition("; ")
    if semicolon:
        return f"{wrong}.", f"{cure[:1].upper()}{cure[1:]}"
    end = re.search(r"[.?!]\)? (?=[A-ZÆØÅ«{\"])", message)
    return (message, "") if end is None else (message[: end.end() - 1], message[end.end() :])


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
