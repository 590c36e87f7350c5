"""One XML part of somebody's workbook, changed where asked and otherwise as it was.

A library that reads and writes whole workbooks leaves out what it does not know (charts of newer
kinds, form controls, stored results of formulas). Here only the parts that change are read.
"""

from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from defusedxml.ElementTree import iterparse

from models.finding import N_, finding
from scheduler.support.errors import CannotWriteError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = "http://www.w3.org/XML/1998/namespace"
_ODD = N_("{name} is a workbook of an unusual kind; open it in Excel and save it as .xlsx.")


class Part:
    """An XML part: its root, and the prefixes that its text may rely on."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises CannotWriteError for a part whose names cannot be kept as they are."""
        self._prefixes: dict[str, str] = {}
        root: Any = None
        for event, what in iterparse(BytesIO(data), events=("start-ns", "start")):
            if event == "start-ns":
                prefix, uri = what
                if self._prefixes.setdefault(prefix, uri) != uri:
                    raise CannotWriteError(finding(_ODD, name=name))
            elif root is None:
                root = what
        self.root: Element = root
        self._of_uri: dict[str, str] = {}
        for prefix, uri in self._prefixes.items():
            if prefix or uri not in self._of_uri:
                self._of_uri[uri] = prefix
        self._default = self._prefixes.get("")
        if not root.tag.startswith("{"):
            raise CannotWriteError(finding(_ODD, name=name))
        self._before = self.to_bytes()

    def declare(self, prefix: str, uri: str) -> None:
        """See to it that names of this kind can be written."""
        if uri not in self._of_uri:
            own = prefix if prefix not in self._prefixes else f"{prefix}0"
            self._prefixes[own] = uri
            self._of_uri[uri] = own

    def new_bytes(self) -> bytes | None:
        """The part as text, if anything in it is other than it was."""
        now = self.to_bytes()
        return None if now == self._before else now

    def to_bytes(self) -> bytes:
        """The part as text, with every prefix that it had."""
        out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
        names = "".join(
            f" xmlns{':' + prefix if prefix else ''}={quoteattr(uri)}"
            for prefix, uri in self._prefixes.items()
            if prefix != "xml"
        )
        self._write(self.root, out, names)
        return "".join(out).encode("utf-8")

    def _name(self, tag: str, *, attribute: bool = False) -> str:
        if not tag.startswith("{"):
            return tag
        uri, local = tag[1:].split("}")
        if uri == _XML:
            return f"xml:{local}"
        if not attribute and uri == self._default:
            return local
        return f"{self._of_uri[uri]}:{local}"

    def _write(self, element: Element, out: list[str], names: str = "") -> None:
        tag = self._name(element.tag)
        out.append(f"<{tag}{names}")
        for key, value in element.attrib.items():
            shown = quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
            out.append(f" {self._name(key, attribute=True)}={shown}")
        if element.text is None and not len(element):
            out.append("/>")
        else:
            out.append(">")
            out.append(_text(element.text))
            for child in element:
                self._write(child, out)
            out.append(f"</{tag}>")
        out.append(_text(element.tail))


def _text(text: str | None) -> str:
    return escape(text, {"\r": "&#13;"}) if text else ""


def tag(local: str) -> str:
    """The full name of an element of a workbook."""
    return f"{{{MAIN}}}{local}"
