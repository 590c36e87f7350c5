"""The XML of a workbook's parts, read bit by bit and within limits."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import IO, NoReturn
from xml.parsers import expat

from models.finding import N_, finding
from scheduler.support.errors import UnreadableError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/"
_MAX_DEPTH = 100
# A sheet of Excel with a format on every row has a million rows without anything in them.
_MAX_ELEMENTS = 5_000_000
# Where all of it is taken into memory.
_MAX_OUTLINE = 400_000
# No name, value or tag in a workbook is nearly so long; a parser keeps one until it ends.
_MAX_TOKEN = 1 << 20
_CHUNK = 1 << 16

_DAMAGED_PART = N_(
    "A part of the workbook cannot be read; open it in Excel, let Excel repair it, and save it."
)
_STRICT_FORM = N_(
    "The workbook is saved as Strict Open XML; save it in Excel as an Excel workbook (.xlsx)."
)
TOO_LARGE = N_("The workbook is far too large; copy the rows into a new one.")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(slots=True)
class Budget:
    """How many elements of a workbook may still be read."""

    elements: int = _MAX_ELEMENTS


def parse(
    stream: IO[bytes], budget: Budget, start: Start, end: End, text: Text | None = None
) -> None:
    """Call back for every element, named `namespace name`, and every text.

    Raises UnreadableError or what the parser raises; a document type is refused.
    """
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        budget.elements -= 1
        if budget.elements < 0 or depth > _MAX_DEPTH:
            raise UnreadableError(finding(TOO_LARGE))
        start(name, attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _MAX_TOKEN:
            raise UnreadableError(finding(TOO_LARGE))
    parser.Parse(b"", True)


def _refuse(*_: object) -> NoReturn:
    raise UnreadableError(finding(_DAMAGED_PART))


def outline(stream: IO[bytes], wanted: Collection[str]) -> list[tuple[str, dict[str, str]]]:
    """The attributes of the elements with these paths (`workbook/sheets/sheet`), in order."""
    found: list[tuple[str, dict[str, str]]] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not path and name.startswith(_STRICT):
            raise UnreadableError(finding(_STRICT_FORM))
        path.append(name.rpartition(" ")[2])
        if (own := "/".join(path)) in wanted:
            found.append((own, attributes))

    def end(_: str) -> None:
        path.pop()

    parse(stream, Budget(_MAX_OUTLINE), start, end)
    return found
