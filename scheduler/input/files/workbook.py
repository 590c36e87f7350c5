"""Reading a workbook into grids: its parts, and each sheet of them."""

import posixpath
import zipfile
from pathlib import Path
from typing import IO

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from models.finding import finding
from scheduler.input.files.door import NOT_A_WORKBOOK, Package, open_workbook
from scheduler.input.files.grid import Grid
from scheduler.input.files.part import MAIN, TOO_LARGE, Budget, outline, parse
from scheduler.input.files.sheet import Book, SheetReader, unescaped
from scheduler.input.files.styles import read_styles
from scheduler.support.errors import UnreadableError

_RELATION = "Relationships/Relationship"
_SHEET, _PROPERTIES = "workbook/sheets/sheet", "workbook/workbookPr"
_MAX_TEXTS = 50_000_000  # characters, in all
_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"


def read_workbook(path: Path) -> list[Grid]:
    """Every sheet of the workbook. Raises UnreadableError with what to do."""
    with open_workbook(path) as package:
        return read_grids(package)


def read_grids(package: Package) -> list[Grid]:
    """Every sheet with cells of a workbook that is open."""
    archive = package.archive
    main = next(
        target for kind, target in _relations(archive, "").values() if kind == "officeDocument"
    )
    relations = _relations(archive, main)
    parts = dict(relations.values())
    sheets: list[dict[str, str]] = []
    epoch = WINDOWS_EPOCH
    with archive.open(main) as stream:
        for path, attributes in outline(stream, (_SHEET, _PROPERTIES)):
            if path == _SHEET:
                sheets.append(attributes)
            elif attributes.get("date1904") in ("1", "true"):
                epoch = MAC_EPOCH
    budget = Budget()
    texts, styles = [], []
    if "sharedStrings" in parts:
        with archive.open(parts["sharedStrings"]) as stream:
            texts = _texts(stream, budget)
    if "styles" in parts:
        with archive.open(parts["styles"]) as stream:
            styles = read_styles(stream)
    content = package.content
    book = Book(content.name, content.sha256, texts, styles, epoch, budget)
    grids = []
    for sheet in sheets:
        kind, part = relations[sheet[_ID]]
        if kind == "worksheet":  # others hold a chart or a dialogue
            with archive.open(part) as stream:
                visible = sheet.get("state", "visible") == "visible"
                grids.append(SheetReader(sheet["name"], book).read(stream, hidden=not visible))
    if not grids:
        raise UnreadableError(finding(NOT_A_WORKBOOK))
    return grids


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part (blank: the workbook file) builds on: by id, the kind and the part."""
    folder, name = posixpath.split(part)
    with archive.open(posixpath.join(folder, "_rels", f"{name}.rels")) as stream:
        listed = [attributes for _, attributes in outline(stream, (_RELATION,))]
    return {
        own["Id"]: (
            own["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, own["Target"])).lstrip("/"),
        )
        for own in listed
        if own.get("TargetMode") != "External"
    }


def _texts(stream: IO[bytes], budget: Budget) -> list[str]:
    """The texts that cells name by their number, without their reading aids."""
    texts: list[str] = []
    length = 0
    pieces: list[str] = []
    item, text, phonetic = (f"{MAIN} {name}" for name in ("si", "t", "rPh"))
    taken, aside = False, False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal taken, aside
        aside = aside or name == phonetic
        taken = name == text and not aside

    def end(name: str) -> None:
        nonlocal taken, aside
        taken = False
        if name == item:
            texts.append(unescaped("".join(pieces)))
            pieces.clear()
        elif name == phonetic:
            aside = False

    def hear(piece: str) -> None:
        nonlocal length
        if taken:
            pieces.append(piece)
            length += len(piece)
            if length > _MAX_TEXTS:
                raise UnreadableError(finding(TOO_LARGE))

    parse(stream, budget, start, end, hear)
    return texts
