"""The page that tells of every sheet and column that people get."""

import re
from collections.abc import Iterator
from pathlib import Path

from scheduler.report.book import all_books
from scheduler.report.books.own_tables import consents_told
from scheduler.report.quarter.changes import changes_table
from scheduler.report.sheets.explained import (
    consents_table,
    help_table,
    open_wishes_table,
    proposals_table,
)
from scheduler.report.sheets.order import order_table
from scheduler.report.table import Table
from tests.report.test_workbooks import SAMPLES, sample

PAGE = Path(__file__).parents[2] / "docs" / "nb" / "arkene-du-far.md"
BOOKS = {
    "Plan": "Plan",
    "Svar": "Svar",
    "avdelinger": "Avdelinger",
    "helseforetak": "Helseforetak",
    "kommuner": "Kommuner",
}


def tables() -> Iterator[tuple[str, str, Table]]:
    """Every table of the workbooks in bokmål, with the heading of its workbook and its sheet."""
    for name in SAMPLES:
        delivery = sample(name)
        if delivery.translator.language != "nb":
            continue
        for path, book in all_books(delivery).items():
            for table in book.tables:
                yield BOOKS[re.split("/| - ", path)[0]], table.name, table
        # What the samples have no rows of.
        for sheet, extra in (
            (order_table, consents_table(delivery)),
            (order_table, open_wishes_table(delivery)),
            (help_table, proposals_table(delivery)),
            (changes_table, changes_table(delivery)),
        ):
            yield "Plan", sheet(delivery).name, extra
        yield "Kommuner", order_table(delivery).name, consents_told(delivery, frozenset())


def told(text: str) -> set[str]:
    """The columns that the tables of a part of the page tell of."""
    cells = re.findall(r"^\| ([^|]+) \|", text, flags=re.MULTILINE)
    return {name for cell in cells for name in (cell, *cell.split(", "))}


def parts(text: str, mark: str) -> dict[str, str]:
    """The parts of a text under each heading of a level."""
    own = f"\n{text}".split(f"\n{mark} ")[1:]
    return {part.split("\n")[0]: part.partition("\n")[2] for part in own}


def test_the_page_tells_of_every_sheet_and_column() -> None:
    page = parts(PAGE.read_text(encoding="utf-8"), "##")
    common = told(page["Kolonner som går igjen"])
    sheets_of = {book: parts(page[book], "###") for book in BOOKS.values()}
    seen = set()
    for book, sheet, table in tables():
        seen.add((book, sheet))
        text = sheets_of[book][sheet]
        known = told(text) | common
        if text.strip().startswith("Som i planen"):
            known |= told(sheets_of["Plan"][sheet])
        for part in (table, *table.below):
            new = {c.header for c in part.columns if c.header and not c.narrow} - known
            assert not new, (book, sheet, new)
    assert seen == {(book, sheet) for book, sheets in sheets_of.items() for sheet in sheets}
