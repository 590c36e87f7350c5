"""A copy of the user's own workbook in which each problem is a comment in its cell, and a first
sheet lists them all; of CSV files, a workbook with a sheet for each. What a copy was marked with
before is taken out of it first.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from models.finding import N_
from scheduler.input import Message, ReadResult, Severity
from scheduler.input.files.grid import Grid
from scheduler.input.message import KINDS, Place, column_letters
from scheduler.input.sheets import LIST_HEADS, is_list
from scheduler.locale import Translator
from scheduler.quarter.own_files.book import OwnBook
from scheduler.quarter.own_files.comments import add_comments, forget_comments
from scheduler.support.errors import CannotWriteError
from scheduler.support.excel import escaped, put, workbook_bytes

_COLOURS = {
    Severity.ERROR: "FFF8CFC9",
    Severity.WARNING: "FFFFF4C2",
    Severity.NOTICE: "FFDDE8F5",
}
_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
_WIDE = (24, 10, 14, 28, 100)
_LETTERS, _LINE, _LEAST = 105, 15, 15  # so many letters in a line of the last column; points

_NO_TITLE = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet must not hold

# The name of the sheet that each file and sheet that was read is in the copy.
Titles = Mapping[tuple[str, str], str]


def marked_copy(read: ReadResult, messages: Sequence[Message], translator: Translator) -> bytes:
    """The copy; a problem without a cell of its own stands in the sheet's first cell."""
    try:
        book, titles = _own(read)
        return _marked(book, titles, messages, translator)
    except (CannotWriteError, KeyError, StopIteration):  # parts are not where others have them
        book, titles = _made(read.grids)
        return _marked(book, titles, messages, translator)


def _own(read: ReadResult) -> tuple[OwnBook, Titles]:
    """The user's own workbook, where there is one that could be read."""
    if not read.grids or read.grids[0].csv:
        return _made(read.grids)
    name = read.grids[0].file
    path = next(file for file in read.files if file.name == name)
    book = OwnBook(path.read_bytes())
    for old in [grid for grid in read.grids if is_list(grid)]:
        _unmark(book, old)
    return book, {(g.file, g.sheet): g.sheet for g in read.grids if not is_list(g)}


def _unmark(book: OwnBook, old: Grid) -> None:
    """Take out the list of a copy that was marked before, and the comments that it names."""
    told: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for title, cell, kind, _, problem in (
        row for row in old.rows[1:] if len(row) == len(LIST_HEADS)
    ):
        told[str(title)][str(cell or "A1")].append(escaped(f"{kind}: {problem}"))
    for title, cells in told.items():
        if title in book.titles:
            forget_comments(book, title, {cell: "\n".join(own) for cell, own in cells.items()})
    book.drop(old.sheet)


def _made(grids: Sequence[Grid]) -> tuple[OwnBook, Titles]:
    """A workbook with what was read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    titles = {}
    for grid in grids:
        sheet = book.create_sheet(_NO_TITLE.sub("-", grid.sheet).strip("'")[:28] or "-")
        titles[grid.file, grid.sheet] = sheet.title
        for line, cells in enumerate(grid.rows, 1):
            for column, value in enumerate(cells, 1):
                put(sheet, line, column, value)
    if not book.worksheets:
        book.create_sheet("alis")
    return OwnBook(workbook_bytes(book)), titles


def _marked(
    book: OwnBook, titles: Titles, messages: Sequence[Message], translator: Translator
) -> bytes:
    order = {title: number for number, title in enumerate(book.titles)}

    def key(message: Message) -> tuple[int, int, int, int]:
        place = message.place
        title = titles.get((place.file, place.sheet), "")
        return order.get(title, -1), place.line, place.column, _GRAVITY.index(message.severity)

    ordered = sorted(messages, key=key)
    by_title: defaultdict[str, defaultdict[tuple[int, int], list[Message]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for message in ordered:
        title = titles.get((message.place.file, message.place.sheet))
        if title is not None:
            by_title[title][_spot(message.place)].append(message)
    for title, cells in by_title.items():
        texts = {spot: _comment(own, translator) for spot, own in cells.items()}
        add_comments(book, title, texts)
    _list(book, titles, ordered, translator)
    return book.to_bytes()


def _spot(place: Place) -> tuple[int, int]:
    return max(1, place.line), max(1, place.column)


def _comment(messages: Sequence[Message], translator: Translator) -> str:
    """What is said in a cell, the gravest first."""
    ordered = sorted(messages, key=lambda m: _GRAVITY.index(m.severity))
    told = (f"{_kind(m, translator)}: {translator.finding(m.finding)}" for m in ordered)
    return escaped("\n".join(told))


def _kind(message: Message, translator: Translator) -> str:
    return translator.text(KINDS[message.severity])


def _list(
    book: OwnBook, titles: Titles, messages: Sequence[Message], translator: Translator
) -> None:
    """The first sheet: a line for each problem, by sheet, that leads to its cell."""
    t = translator
    title = _free(t.text(N_("Errors")), book.titles)
    sheet = book.new_sheet(title, [t.text(text) for text in LIST_HEADS], _WIDE)
    for line, message in enumerate(messages, 2):
        place = message.place
        own = titles.get((place.file, place.sheet))
        tinted = book.styles.wrapped(_COLOURS[message.severity])
        plain = book.styles.wrapped()
        row, column = _spot(place)
        spot = f"{column_letters(column)}{row}"
        shown = spot if own is not None and place.line else None
        sheet.put(line, 1, escaped(own or place.sheet or place.file), plain)
        sheet.put(line, 2, shown, plain if own is None else book.styles.linked())
        sheet.put(line, 3, _kind(message, t), tinted)
        sheet.put(line, 4, escaped(message.value), plain)
        text = t.finding(message.finding)
        sheet.put(line, 5, escaped(text), plain)
        sheet.high(line, max(_LEAST, _LINE * -(-len(text) // _LETTERS)))
        if own is not None:
            for number in (1, 2):
                sheet.link(line, number, own, spot)
    if not messages:
        sheet.put(2, 1, t.text(N_("No errors and no warnings.")))
    sheet.print_wide()
    book.move_first(title)


def _free(title: str, taken: Sequence[str]) -> str:
    """The title, or that with a number, that no sheet has yet."""
    names = (title, *(f"{title} {n}" for n in range(2, len(taken) + 3)))
    used = {name.casefold() for name in taken}
    return next(name for name in names if name.casefold() not in used)
