"""The styles of somebody's workbook: those that are there, and one made from another."""

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from scheduler.quarter.own_files.part import Part, tag

_SHORT_DATE = "14"
GREY = "FFD9D9D9"


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
        fills = self._list("fills")
        fill = SubElement(SubElement(fills, tag("fill")), tag("patternFill"), patternType="solid")
        SubElement(fill, tag("fgColor"), rgb=GREY)
        SubElement(fill, tag("bgColor"), indexed="64")
        return self._like(style, "grey", fillId=_counted(fills), applyFill="1")

    def bold(self) -> int:
        """A style for headers of new sheets."""
        if (0, "bold") not in self._made:
            fonts = self._list("fonts")
            font = deepcopy(fonts[0])
            font.insert(0, font.makeelement(tag("b"), {}))
            fonts.append(font)
            return self._like(0, "bold", fontId=_counted(fonts), applyFont="1")
        return self._made[0, "bold"]

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
