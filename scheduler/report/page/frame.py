"""The one way to write a page: self-contained, every text escaped, under a strict policy.

Nothing is fetched, and nothing runs or is styled but what stands in the page and has its hash in
the policy; so a text that looks like a script stays a text whatever happens.
"""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.finding import N_
from scheduler.locale import Translator
from scheduler.report.table import Cell, Table, Tint

_TEMPLATES = Path(__file__).parent / "templates"
_CLASSES = {
    Tint.GOOD: "good",
    Tint.NEW: "good",
    Tint.WARN: "warn",
    Tint.FREE: "free",
    Tint.OUTSIDE: "outside",
}
# What the script says; {shown} and {total} are filled in by it.
_SAID = {
    "filter": N_("Show only lines with"),
    "shown": N_("{shown} of {total} lines"),
    "sort": N_("Sort by {column}"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown, what it is sorted by (blank: its text), its classes, and what stands
    below in small.
    """

    text: str
    key: str
    kind: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is shown; `name` is its caption."""

    name: str
    title: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG, made by us), and what it shows in words."""

    svg: str
    caption: str

    @property
    def source(self) -> str:
        """The drawing as the address of an image: what styles it does not style the page."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"


def document(
    template: str, translator: Translator, title: str, *, images: bool = False, **values: object
) -> bytes:
    """The page that a template gives, as UTF-8; the same bytes for the same values. With `images`
    it may show those that stand in it.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        f"{'img-src data:; ' if images else ''}base-uri 'none'; form-action 'none'"
    )
    # The script fills in what it has counted itself.
    said = {
        name: translator.text(text, shown="{shown}", total="{total}", column="{column}")
        for name, text in _SAID.items()
    }
    return (
        _environment()
        .get_template(template)
        .render(
            language=translator.language,
            title=title,
            policy=policy,
            style=style,
            script=script,
            said=said,
            **values,
        )
        .encode()
    )


def tables_page(
    tables: Sequence[Table], translator: Translator, title: str, pictures: Sequence[Picture] = ()
) -> bytes:
    """A page of pictures and tables under a title."""
    grids = [grid(table, translator) for table in tables]
    return document(
        "tables.html", translator, title, images=bool(pictures), grids=grids, pictures=pictures
    )


def grid(table: Table, translator: Translator) -> Grid:
    """A table of a workbook as a page shows it."""
    rows = tuple(
        tuple(shown(value, translator, table.tints.get((line, n))) for n, value in enumerate(row))
        for line, row in enumerate(table.rows)
    )
    heads = tuple(column.header for column in table.columns)
    return Grid(table.name, table.title, table.notes, heads, rows)


def shown(value: Cell, translator: Translator, tint: Tint | None = None) -> Shown:
    """A value as it is shown: days as people write them, and sorted as days."""
    kinds = [_CLASSES[tint]] if tint in _CLASSES else []
    if isinstance(value, int | float):
        kinds.append("number")
    if isinstance(value, date):
        return Shown(translator.day(value), value.isoformat(), " ".join([*kinds, "day"]))
    if isinstance(value, float):
        return Shown(translator.decimal(value), str(value), " ".join(kinds))
    text = "" if value is None else str(value)
    return Shown(text, "" if not isinstance(value, int) else text, " ".join(kinds))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> str:
    """A file of ours; line ends as a browser counts them in the hash."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
