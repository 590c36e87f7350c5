"""Tables as one self-contained page: no script, nothing from the network, readable on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from scheduler.locale import Translator
from scheduler.report.table import Cell, Table, Tint

_STYLE = """
body { font: 15px/1.45 Calibri, Arial, sans-serif; color: #222; margin: 2rem auto; max-width: 75rem;
  padding: 0 1rem; }
h1, h2 { color: #1f4e79; }
div { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { border: 1px solid #c9c9c9; padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #1f4e79; color: #fff; }
td.number { text-align: right; }
.good { background: #bfe3c5; } .warn { background: #f8cfc9; } .free { background: #fff4c2; }
.outside { background: #e4e4e4; }
figure { margin: 1rem 0 2rem; } figure svg { max-width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; } thead { display: table-header-group; }
  tr { break-inside: avoid; } thead th { color: #222; background: #fff; } }
"""
_CLASSES = {
    Tint.GOOD: "good",
    Tint.NEW: "good",
    Tint.WARN: "warn",
    Tint.FREE: "free",
    Tint.OUTSIDE: "outside",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG, made by us), and what it shows in words."""

    svg: str
    caption: str


def page(
    tables: Sequence[Table], translator: Translator, title: str, pictures: Sequence[Picture] = ()
) -> bytes:
    """The pictures and the tables under a title, as UTF-8."""
    parts = [
        "<!doctype html>",
        f'<html lang="{translator.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{escape(title)}</h1>",
        *(line for picture in pictures for line in _picture(picture)),
        *(line for table in tables for line in _table(table, translator)),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts).encode()


def _picture(picture: Picture) -> Iterator[str]:
    yield f'<figure role="img" aria-label="{escape(picture.caption)}">{picture.svg}'
    yield f"<figcaption>{escape(picture.caption)}</figcaption></figure>"


def _table(table: Table, t: Translator) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{escape(table.title)}</h2>"
    yield from (f"<p>{escape(note)}</p>" for note in table.notes)
    heads = "".join(f'<th scope="col">{escape(c.header)}</th>' for c in table.columns)
    yield f'<div tabindex="0"><table><caption>{escape(table.name)}</caption>'
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for line, row in enumerate(table.rows):
        cells = (_cell(v, table.tints.get((line, n)), n == 0, t) for n, v in enumerate(row))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"
    yield "</section>"


def _cell(value: Cell, tint: Tint | None, first: bool, t: Translator) -> str:
    name, attributes = ("th", ' scope="row"') if first else ("td", "")
    classes = [_CLASSES[tint]] if tint in _CLASSES else []
    if isinstance(value, int | float):
        classes.append("number")
    if classes:
        attributes += f' class="{" ".join(classes)}"'
    text = t.day(value) if isinstance(value, date) else "" if value is None else str(value)
    if isinstance(value, float):
        text = t.decimal(value)
    return f"<{name}{attributes}>{escape(text)}</{name}>"
