"""The styles of somebody's workbook: those that are there, and one made from another."""

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from scheduler.quarter.own_files.part import Part, tag

_SHORT_DATE = "14"
GREY, LINK = "FFD9D9D9", "FF0563C1"
# What stands before the colour in a font.
_BEFORE_COLOUR = (
    "b",
    "i",
    "strike",
    "condense",
    "extend",
    "outline",
    "shadow",
    "u",
    "vertAlign",
    "sz",
)


class Styles:
    """The cell formats, by their numbers."""

    def __init__(self, part: Part) -> None:
        self._root = part.root
        self._formats = self._list("cellXfs")
        self._made: dict[tuple[int, str], int] = {}
        own = self._root.find(tag("numFmts"))
        self._codes = {int(n): code for n, code in BUILTIN_FORMATS.items()}
        for one in own if own is not None else ():
            self._codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")

    def _list(self, name: str) -> Element:
        found = self._root.find(tag(name))
        return SubElement(self._root, tag(name)) if found is None else found

    def dated(self, style: int) -> int:
        """The style, or one like it that shows a number as a date."""
        code = self._codes.get(int(self._formats[style].get("numFmtId", "0")), "")
        number = int(self._formats[style].get("numFmtId", "0"))
        if is_date_format(code) or 27 <= number <= 36 or 50 <= number <= 58:
            return style
        return self._like(style, "date", numFmtId=_SHORT_DATE, applyNumberFormat="1")

    def greyed(self, style: int) -> int:
        """A style like it with a grey ground."""
        if (style, "grey") in self._made or style in self._made.values():
            return self._made.get((style, "grey"), style)
        return self._like(style, "grey", fillId=self._ground(GREY), applyFill="1")

    def bold(self) -> int:
        """A style for headers of new sheets."""
        if (0, "bold") not in self._made:
            fonts = self._list("fonts")
            font = deepcopy(fonts[0])
            font.insert(0, font.makeelement(tag("b"), {}))
            fonts.append(font)
            return self._like(0, "bold", fontId=_counted(fonts), applyFont="1")
        return self._made[0, "bold"]

    def wrapped(self, colour: str = "") -> int:
        """A style for sentences in new sheets, on a ground of that colour."""
        if (0, colour) not in self._made:
            changes = {}
            if colour:
                changes = {"fillId": self._ground(colour), "applyFill": "1"}
            style = self._like(0, colour, applyAlignment="1", **changes)
            SubElement(self._formats[style], tag("alignment"), wrapText="1", vertical="top")
        return self._made[0, colour]

    def linked(self) -> int:
        """A style for cells that lead to another."""
        if (0, "link") not in self._made:
            fonts = self._list("fonts")
            font = deepcopy(fonts[0])
            for gone in [e for e in font if e.tag in (tag("u"), tag("color"))]:
                font.remove(gone)
            font.insert(0, font.makeelement(tag("u"), {}))
            after = sum(e.tag in {tag(x) for x in _BEFORE_COLOUR} for e in font)
            font.insert(after, font.makeelement(tag("color"), {"rgb": LINK}))
            fonts.append(font)
            style = self._like(0, "link", fontId=_counted(fonts), applyFont="1", applyAlignment="1")
            SubElement(self._formats[style], tag("alignment"), vertical="top")
        return self._made[0, "link"]

    def _ground(self, colour: str) -> str:
        """The number of a new ground of one colour."""
        fills = self._list("fills")
        fill = SubElement(SubElement(fills, tag("fill")), tag("patternFill"), patternType="solid")
        SubElement(fill, tag("fgColor"), rgb=colour)
        SubElement(fill, tag("bgColor"), indexed="64")
        return _counted(fills)

    def _like(self, style: int, kind: str, **changes: str) -> int:
        if (style, kind) not in self._made:
            made = deepcopy(self._formats[style])
            made.attrib.update(changes)
            self._formats.append(made)
            self._made[style, kind] = int(_counted(self._formats))
        return self._made[style, kind]


def _counted(things: Element) -> str:
    """Set the count of a list that has grown; the number of its last entry."""
    things.set("count", str(len(things)))
    return str(len(things) - 1)
