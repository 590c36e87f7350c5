"""Build the pages of docs/ that tell what models, rules and texts say: `make docs`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.base import Noun
from models.policy import Policy
from scheduler.goals.catalogue import GOALS
from scheduler.input.sheets import OWN, SHEETS, noun_of
from scheduler.locale import Translator
from scheduler.report.sheets.facts import policy_rows
from scheduler.rules.catalogue import OPTION_RULES, RULES
from scheduler.support.resources import shipped_policies
from scheduler.support.sentences import sentence
from tools.input_page_nb import input_page_nb
from tools.messages_page import messages_page

DOCS = Path(__file__).parent.parent / "docs"
EN, NB, NN = (Translator(language) for language in ("en", "nb", "nn"))

INPUT_HEAD = """\
# The input

*Made by `make docs` from the models; do not edit.*

One workbook (`.xlsx`), or a folder with one CSV file per sheet (UTF-8, UTF-16 or
Windows-1252; `;`, `,` or tab; only line feeds and carriage returns end a row). Sheets and columns
may be in bokmål, nynorsk or English, in any order, whatever the language of the rest.
Columns that are not listed here are left alone.

The quickest way to a workbook of the right form is `alis template --out round.xlsx --region nord`
(or `vest`): it is filled in in Excel without this page. Its first sheet says what to do; every
header and cell has a help text; ids, places and words have drop-downs, a site's those of its
trust and a department's those of its site; tables grow as lines are written below them; cells
still to be filled in are yellow. The departments and municipalities of the region are there
already, as `data/reference` has them. What it does not know is blank: agreements, who is
registered, and whether a department is approved where its trust does not list it for doctors in
GP training. `alis check` says what is missing. The first sheet and the hidden sheet `alis_lists`,
which the drop-downs need, are no part of the input. `alis sample --out example.xlsx` is the same
workbook with invented people.

* **Names that are nearly right** (a sheet, a column, a key of the round, a code word, a rule id: a
  letter or two off, in the plural, with a year or "(2)" behind) are an error that asks "did you
  mean …?"; so are two sheets or columns that can hardly be told apart. Half an input is never
  planned on. A name that is quite different, or near to one that is there too, is yours and left
  alone. A column without a name is an error while one that it may be is missing. What is left out
  and counts as blank is told.
* **Dates**: real Excel dates, `2026-09-01`, `1.9.2026`, `01.09.26`, `1. september 2026`, `1 sep
  2026` (bokmål, nynorsk or English), `13/9/2026` and `13-9-2026`. Where day and month can be taken
  for one another (`7/11/2026`) the error names both days. A time of day is left out, and told
  unless it is midnight. Anything else is an error that says what to write (`høst 2026`: two days).
* **Periods**: first and last day with `..`, `-`, `–`, `til` or `to` between, `1.1.2027-31.3.2027`;
  a comma between two periods.
* **Yes and no**: ja/nei, yes/no, j/n, x, true/false, 1/0.
* **Municipalities**: `1804`, `1804 Bodø`, or `Bodø` where only one has that name. A number and a
  name that do not belong together are an error.
* **Ids, code words and names of places** are the same in capitals or small letters, with one space
  or several, and are shown as the sheet has them that they belong to. **Ids** have at most 40
  characters, other texts 2,000; characters that cannot be seen are an error with the cell. Let ids
  say nothing about who somebody is (`K01`): departments see them before anybody has accepted.
* **Notes** stand in a column of their own with a name of its own. A line with nothing but a note is
  an error, and so is a line without an id; other cells of it are not looked at.
* **Blank** cells have the value in the column *If blank*; **bold** columns must be filled in.
* **Limits**: a workbook of 25 MB, 300 MB unpacked, a CSV file of 10 MB, 100,000 lines and 200
  columns with something in them, 10,000 candidates and 10,000 vacancies, windows of ten years, in a
  department 2,000 ways to join six months of short windows. What goes beyond is an error that says
  what to do.
"""

OWN_HEAD = """\
# What alis writes into an input itself

`alis next` adds two sheets. They are for people; nothing in them counts in a plan.
"""

POLICY_HEAD = """\
# Policies: rules, goals and numbers

*Made by `make docs` from the rules, the goals and the policy files; do not edit.*

A policy is a TOML file with a region's numbers, points and order of goals. The round names a
shipped one (`nord-2024`, `vest-2023`, `turn-2024`) or the path of a file of your own (`.toml`), in
the input's folder or below it. `alis policy NAME` prints the same as this page, in your language.
To make your own, copy a file from `data/policies/`, change numbers, and write where each comes from
under `[source]`; `"choice"` is printed as the region's choice. Every key must be there; unknown
keys, and numbers that no region means, are refused, each with what is allowed.
"""


def input_page() -> str:
    """docs/input.md."""
    own = [line for s in OWN for line in _sheet(noun_of(s))]
    return "\n".join([INPUT_HEAD, *(x for s in SHEETS for x in _sheet(noun_of(s))), OWN_HEAD, *own])


def _sheet(noun: type[Noun]) -> Iterator[str]:
    name = noun.sheet
    yield f"## {name} ({NB.sheet(name)} / {NN.sheet(name)})\n"
    yield "| English | bokmål | nynorsk | if blank | meaning |"
    yield "|---|---|---|---|---|"
    for field, info in noun.model_fields.items():
        header = noun.header(field)
        shown = f"**{header}**" if noun.required(field) else header
        default = "" if noun.required(field) else _default(info.get_default())
        text = EN.text(info.description or "")
        yield f"| {shown} | {NB.column(header)} | {NN.column(header)} | {default} | {text} |"
    yield ""


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None or value in ("", ()) else str(value)


def policy_page() -> str:
    """docs/policy.md."""
    return "\n".join([POLICY_HEAD, *_rules(), *_goals(), *_numbers()])


def _rules() -> Iterator[str]:
    yield "## Rules\n"
    yield "A new placement never breaks a rule. *Waiver*: may be set aside for one candidate.\n"
    yield "| id | says | about | waiver |"
    yield "|---|---|---|---|"
    for rule in RULES:
        about = "one option" if rule in OPTION_RULES else "several placements"
        yield f"| `{rule.id}` | {sentence(rule)} | {about} | {'yes' if rule.waivable else ''} |"
    yield ""


def _goals() -> Iterator[str]:
    yield "## Goals\n"
    yield "Each goal only chooses among plans that are best by all goals before it.\n"
    yield "| id | says | " + " | ".join(shipped_policies()) + " |"
    yield "|---|---|" + "---|" * len(shipped_policies())
    orders = [_policy(name).goals for name in shipped_policies()]
    for goal_id, goal in GOALS.items():
        places = [str(o.index(goal_id) + 1) if goal_id in o else "" for o in orders]
        yield f"| `{goal_id}` | {sentence(goal)} | " + " | ".join(places) + " |"
    yield "\n`unchanged` counts only when a plan before is given (`--previous`).\n"


def _policy(name: str) -> Policy:
    return Policy.from_toml(shipped_policies()[name].read_text(encoding="utf-8"))


def _numbers() -> Iterator[str]:
    yield "## Numbers\n"
    for name in shipped_policies():
        yield f"### {name}\n"
        yield "| key | meaning | value | source |"
        yield "|---|---|---|---|"
        for key, says, value, source in policy_rows(_policy(name), EN):
            yield f"| `{key}` | {says} | {value} | {source} |"
        yield ""


def build(folder: Path) -> None:
    """Write the pages into the folder."""
    (folder / "nb").mkdir(parents=True, exist_ok=True)
    pages = {
        "input.md": input_page(),
        "policy.md": policy_page(),
        "messages.md": messages_page("en"),
        "nb/arkene.md": input_page_nb(),
        "nb/meldinger.md": messages_page("nb"),
    }
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
