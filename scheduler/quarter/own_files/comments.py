"""Comments in somebody's workbook: those that are there stay, and new ones stand beside them.

A comment is a text in one part, and a box in another, a drawing in VML, which is changed as text.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from openpyxl.utils.cell import coordinate_to_tuple

from scheduler.input.message import column_letters
from scheduler.quarter.own_files.book import OwnBook
from scheduler.quarter.own_files.part import MAIN, tag

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_DOCS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NEW_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
_NEW_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap '
    'v:ext="edit" data="{n}"/></o:shapelayout><v:shapetype id="_x0000_t202" '
    'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
    'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
    "margin-left:60pt;margin-top:1.5pt;width:{width}pt;height:{height}pt;z-index:1;"
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox '
    'style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox><x:ClientData '
    'ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
# A box, and where it is; other programs call the names otherwise.
_SHAPE = re.compile(r"<(\w+):shape\s.*?</\1:shape>", re.DOTALL)
_AT = re.compile(r"<\w+:(Row|Column)>\s*(\d+)\s*</\w+:\1>")
# What comes after the reference to the boxes in a sheet.
_AFTER = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems")
_LAST = {tag(name) for name in (*_AFTER, "tableParts", "extLst")}

# So many letters go into a line of a box, which is so wide and each line so high, in points.
_LETTERS, _WIDTH, _LINE = 52, 270, 13.5


def box_height(text: str) -> float:
    """How high a box must be to show all of a text, in points."""
    lines = sum(max(1, -(-len(line) // _LETTERS)) for line in text.split("\n"))
    return _LINE * (lines + 1)


def add_comments(book: OwnBook, title: str, texts: Mapping[tuple[int, int], str]) -> None:
    """Write a comment into each of these cells (line and column) of a sheet; where there is one
    already, below its text. A conversation in a cell stays as it is.
    """
    path = book.path_of(title)
    kinds = dict(book.related(path).values())
    talked = _conversations(book, kinds.get("threadedComment"))
    quiet = [spot for spot in texts if _name(spot) not in talked]
    if "comments" not in kinds:
        kinds["comments"] = book.add("comments{n}.xml", _NEW_COMMENTS.encode(), _COMMENTS)
        book.relate(path, "comments", kinds["comments"])
    root = book.part(kinds["comments"]).root
    authors, listed = root.find(tag("authors")), root.find(tag("commentList"))
    assert authors is not None
    assert listed is not None
    SubElement(authors, tag("author")).text = "alis"
    own = {one.get("ref", ""): one for one in listed}
    whole: dict[tuple[int, int], str] = {}
    for spot in quiet:
        text, before = texts[spot], own.get(_name(spot))
        if before is None:
            entry = SubElement(listed, tag("comment"), ref=_name(spot))
            entry.set("authorId", str(len(authors) - 1))
            whole[spot] = _write(SubElement(entry, tag("text")), text)
        else:
            whole[spot] = _append(before, text)
    _draw(book, path, whole)


def forget_comments(book: OwnBook, title: str, texts: Mapping[str, str]) -> None:
    """Take what was written before out of the comments of these cells (by name): the comment, or
    what stands below somebody else's.
    """
    path = book.path_of(title)
    kinds = dict(book.related(path).values())
    if "comments" not in kinds:
        return
    listed = book.part(kinds["comments"]).root.find(tag("commentList"))
    assert listed is not None
    for comment in list(listed):
        text = texts.get(comment.get("ref", ""))
        said = "".join(run.text or "" for run in comment.iter(tag("t")))
        if text is not None and said == text:
            listed.remove(comment)
            _undraw(book, path, coordinate_to_tuple(comment.get("ref", "")))
        elif text is not None and said.endswith(f"\n\n{text}"):
            _shorten(comment, len(text) + 2)


def _shorten(comment: Element, left: int) -> None:
    """Cut so many letters off the end of a comment."""
    for run in reversed(list(comment.iter(tag("t")))):
        said = run.text or ""
        run.text = said[: max(0, len(said) - left)]
        left -= len(said) - len(run.text)


def _undraw(book: OwnBook, path: str, spot: tuple[int, int]) -> None:
    """Take out the box of a comment."""
    legacy = book.part(path).root.find(tag("legacyDrawing"))
    if legacy is not None:
        boxes = book.related(path)[legacy.get(f"{{{_DOCS}}}id", "")][1]
        drawn = book.raw(boxes).decode("utf-8-sig")
        book.put_raw(boxes, drawn.replace(_box_at(drawn, *spot) or "\0", "").encode())


def _name(spot: tuple[int, int]) -> str:
    return f"{column_letters(spot[1])}{spot[0]}"


def _conversations(book: OwnBook, path: str | None) -> set[str]:
    """The cells that have a conversation of the newer kind."""
    return set() if path is None else {one.get("ref", "") for one in book.part(path).root}


def _write(into: Element, text: str) -> str:
    run = SubElement(SubElement(into, tag("r")), tag("t"))
    run.set(_SPACE, "preserve")
    run.text = text
    return text


def _append(comment: Element, text: str) -> str:
    """Add the text to a comment that is there; all of its text then."""
    into = comment.find(tag("text"))
    if into is None:
        into = SubElement(comment, tag("text"))
    said = "".join(run.text or "" for run in into.iter(tag("t")))
    plain = into.find(tag("t"))
    if plain is not None:  # beside pieces with a form of their own there is none without
        into.remove(plain)
        _write(into, plain.text or "")
    return said + _write(into, f"\n\n{text}" if said else text)


def _draw(book: OwnBook, path: str, texts: Mapping[tuple[int, int], str]) -> None:
    """A box for each comment, as high as its text."""
    sheet = book.part(path).root
    legacy = sheet.find(tag("legacyDrawing"))
    if legacy is None:
        boxes = book.free_path("drawings/vmlDrawing{n}.vml")
        book.put_raw(boxes, _NEW_VML.replace("{n}", _digits(boxes)).encode())
        book.add_ending("vml", _VML)
        book.part(path).declare("r", _DOCS)
        legacy = sheet.makeelement(tag("legacyDrawing"), {})
        legacy.set(f"{{{_DOCS}}}id", book.relate(path, "vmlDrawing", boxes))
        last = next((n for n, one in enumerate(sheet) if one.tag in _LAST), len(sheet))
        sheet.insert(last, legacy)
    else:
        boxes = book.related(path)[legacy.get(f"{{{_DOCS}}}id", "")][1]
    drawn = book.raw(boxes).decode("utf-8-sig")
    numbers = [int(n) for n in re.findall(r'id="_x0000_s(\d+)"', drawn)]
    number = max([*numbers, 1024 * int(_digits(boxes))])
    new = ""
    for (line, column), text in texts.items():
        height = f"{box_height(text):g}"
        shape = _box_at(drawn, line, column)
        if shape is None:
            number += 1
            new += _BOX.format(
                number=number, width=_WIDTH, height=height, row=line - 1, column=column - 1
            )
        else:
            drawn = drawn.replace(shape, _as_high(shape, height))
    before, end, after = drawn.rpartition("</xml>")
    book.put_raw(boxes, f"{before}{new}{end}{after}".encode())


def _digits(path: str) -> str:
    return re.findall(r"\d+", path)[-1] if re.search(r"\d", path) else "1"


def _box_at(drawn: str, line: int, column: int) -> str | None:
    spot = {("Row", str(line - 1)), ("Column", str(column - 1))}
    shapes = (found[0] for found in _SHAPE.finditer(drawn))
    return next((shape for shape in shapes if spot == set(_AT.findall(shape))), None)


def _as_high(shape: str, height: str) -> str:
    """A box with room for all of its text; where it lies among the cells follows from its size."""
    shape = re.sub(r"<(\w+):Anchor>.*?</\1:Anchor>", "", shape, flags=re.DOTALL)
    shape = re.sub(r"([;'\"])width:[\d.]+(pt|px)?", rf"\g<1>width:{_WIDTH}pt", shape)
    return re.sub(r"([;'\"])height:[\d.]+(pt|px)?", rf"\g<1>height:{height}pt", shape)
