"""A region's own letterhead: looked through before it is used, then given a letter's text.

The letter's text comes where a paragraph has nothing but {{brev}} (or {{letter}}), else after what
stands in the letterhead already. Nothing else in it is filled in. Heads and feet, margins, pictures
and styles are the letterhead's; what the letter needs of styles and it does not have, is added.
"""

import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from models.finding import N_, finding
from scheduler.input.files.archive import Refusals, open_archive
from scheduler.input.files.part import Budget, parse
from scheduler.input.files.regular import file_mode, read_file
from scheduler.locale import LANGUAGES, Translator
from scheduler.report.letters.words import PLACE
from scheduler.support.errors import UnreadableError

_MAX_MEGABYTES = 25
# Of XML, which is taken into memory as a whole.
_MAX_PART = 8 << 20
_MAX_ELEMENTS = 400_000

_NOT_WORD = N_(
    "{file} is not a Word document that can be used as a letterhead; open it in Word, and save it "
    "as a Word document (.docx)."
)
_PASSWORD = N_(
    "{file} is protected with a password; open it in Word, remove the password (File, Info, "
    "Protect Document, Encrypt with Password), and save it."
)
_OLD_WORD = N_(
    "{file} is a document of an old kind (.doc); open it in Word and save it as a Word document "
    "(.docx)."
)
_TOO_LARGE = N_("{file} is far too large for a letterhead; make one with smaller pictures.")
_MACROS = N_(
    "{file} has macros or embedded objects; save a copy without them as a Word document (.docx)."
)
_REVISED = N_(
    "{file} has comments or tracked changes, which would go out with every letter; accept or "
    "delete them in Word, and save it."
)
_LINKED = N_(
    "{file} fetches pictures or text from elsewhere; paste them into the document itself, and save "
    "it."
)
_MISPLACED = N_(
    "{file} has {place} where the letter cannot be put. Let it stand once, alone in a paragraph of "
    "the text: not in a table, a text box, a header or a footer."
)

# What runs, or could: macros, controls, embedded documents.
_ACTIVE_PARTS = ("vbaproject", "vbadata", "/embeddings/", "/activex/", "/afchunk")
_ACTIVE_TYPE = b"macroEnabled"
_REVISIONS = frozenset({"ins", "del", "moveFrom", "moveTo", "comment"})
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Fields that fetch something when they are worked out. A field's text may be in several pieces.
_FETCHING = re.compile(
    r"\b(includepicture|includetext|link|dde|ddeauto|database|import)\b", re.IGNORECASE
)
# What a document may point to outside itself: a link is only followed by whoever clicks on it.
_HARMLESS = "hyperlink"
# Where the letterhead's own template lies, on somebody's machine: left out.
_TEMPLATE = "attachedTemplate"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A document that was looked through."""

    data: bytes

    def with_text(self, letter: Word) -> Word:
        """The letterhead with a letter's text."""
        word = Document(BytesIO(self.data))
        _forget_template(word)
        final = word.element.body.get_or_add_sectPr()
        spot = _spot(word)
        for element in letter.element.body.iterchildren():
            if element.tag != qn("w:sectPr"):
                new = deepcopy(element)
                _adopt_styles(new, letter, word)
                (final if spot is None else spot).addprevious(new)
        if spot is not None:
            spot.getparent().remove(spot)
        return word


def read_letterhead(path: Path) -> Letterhead:
    """Read a region's letterhead. Raises UnreadableError with what is wrong with it."""
    if file_mode(path) and path.stat().st_size > _MAX_MEGABYTES << 20:
        raise UnreadableError(finding(_TOO_LARGE, file=path.name))
    content = read_file(path, _MAX_MEGABYTES)
    found = finding(_NOT_WORD, file=path.name)
    refusals = Refusals(
        password=finding(_PASSWORD, file=path.name),
        old=finding(_OLD_WORD, file=path.name),
        too_large=finding(_TOO_LARGE, file=path.name),
        damaged=found,
    )
    try:
        with open_archive(content.data, refusals) as archive:
            _refuse_active(archive, path.name)
            for name in _xml(archive):
                _refuse_content(archive, name, path.name)
        letterhead = Letterhead(content.data)
        _refuse_links(Document(BytesIO(content.data)), path.name)
        _refuse_places(letterhead.with_text(Document()), path.name)
    except UnreadableError:
        raise
    except Exception as error:
        # Zip, XML and python-docx raise nearly everything where a file is not as they take it.
        raise UnreadableError(found) from error
    return letterhead


def _xml(archive: zipfile.ZipFile) -> list[str]:
    return [n for n in archive.namelist() if n.lower().endswith((".xml", ".rels", ".vml"))]


def _refuse_active(archive: zipfile.ZipFile, file: str) -> None:
    parts = [f"/{name}".lower() for name in archive.namelist()]
    if any(active in part for part in parts for active in _ACTIVE_PARTS):
        raise UnreadableError(finding(_MACROS, file=file))
    if any(archive.getinfo(name).file_size > _MAX_PART for name in _xml(archive)):
        raise UnreadableError(finding(_TOO_LARGE, file=file))
    if _ACTIVE_TYPE in archive.read("[Content_Types].xml"):
        raise UnreadableError(finding(_MACROS, file=file))


def _refuse_content(archive: zipfile.ZipFile, name: str, file: str) -> None:
    """Refuse comments, tracked changes, and fields that fetch something; all of a part is read,
    within limits.
    """
    revised = False
    fields: list[str] = []
    within = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal revised, within
        space, _sep, within = tag.rpartition(" ")
        revised = revised or (space == _WORD and within in _REVISIONS)
        if within in ("fldChar", "fldSimple"):  # one field ends, or another begins
            fields.append(f" {attributes.get(f'{_WORD} instr', '')} ")

    def text(content: str) -> None:
        if within == "instrText":
            fields.append(content)

    try:
        with archive.open(name) as stream:
            parse(stream, Budget(_MAX_ELEMENTS), start, lambda _: None, text)
    except UnreadableError as error:  # which speaks of workbooks
        raise UnreadableError(finding(_NOT_WORD, file=file)) from error
    if revised:
        raise UnreadableError(finding(_REVISED, file=file))
    if _FETCHING.search("".join(fields)):
        raise UnreadableError(finding(_LINKED, file=file))


def _refuse_links(word: Word, file: str) -> None:
    for part in word.part.package.iter_parts():
        for relation in part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if relation.is_external and kind not in (_HARMLESS, _TEMPLATE):
                raise UnreadableError(finding(_LINKED, file=file))


def _refuse_places(word: Word, file: str) -> None:
    """Refuse what would stand in every letter: a place for the text where it cannot be put, or a
    second one.
    """
    places = _places()
    for part in word.part.package.iter_parts():
        root = getattr(part, "element", None)
        for paragraph in () if root is None else root.iter(qn("w:p")):
            text = _folded("".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))))
            for place in places:
                if place in text:
                    raise UnreadableError(finding(_MISPLACED, file=file, place=place))


def _places() -> set[str]:
    """What a paragraph has that the letter takes the place of."""
    return {f"{{{{{Translator(language).text(PLACE)}}}}}" for language in LANGUAGES}


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _forget_template(word: Word) -> None:
    settings = word.settings.element
    for element in settings.findall(qn(f"w:{_TEMPLATE}")):
        settings.remove(element)
    for part in word.part.package.iter_parts():
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(f"/{_TEMPLATE}"):
                del part.rels[key]


def _spot(word: Word) -> Any:
    """The paragraph that the letter takes the place of; None if it comes last.

    A letterhead's only paragraph, if empty, is one: Word cannot save a document without any.
    """
    names = _places()
    paragraphs = word.paragraphs
    for paragraph in paragraphs:
        if _folded(paragraph.text) in names:
            return paragraph._p
    elements = [e for e in word.element.body.iterchildren() if e.tag != qn("w:sectPr")]
    if len(elements) == 1 and paragraphs and not len(paragraphs[0].runs):
        return elements[0]
    return None


def _adopt_styles(element: Any, letter: Word, word: Word) -> None:
    """Let an element of the letter have the styles of the letterhead, by their names; one that the
    letterhead does not have is brought along.
    """
    for used in element.iter(qn("w:pStyle"), qn("w:rStyle")):
        own = _style(letter, "styleId", used.get(qn("w:val")))
        name = own.find(qn("w:name")).get(qn("w:val"))
        theirs = _named(word, name)
        if theirs is None:
            theirs = deepcopy(own)
            for unknown in ("w:basedOn", "w:next", "w:link"):
                for told in theirs.findall(qn(unknown)):
                    theirs.remove(told)
            theirs.set(qn("w:styleId"), f"alis{own.get(qn('w:styleId'))}")
            word.styles.element.append(theirs)
        used.set(qn("w:val"), theirs.get(qn("w:styleId")))


def _style(word: Word, attribute: str, value: str) -> Any:
    styles = word.styles.element.iterchildren(qn("w:style"))
    return next(s for s in styles if s.get(qn(f"w:{attribute}")) == value)


def _named(word: Word, name: str) -> Any:
    for style in word.styles.element.iterchildren(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")).casefold() == name.casefold():
            return style
    return None
