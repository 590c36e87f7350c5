"""All letters as one PDF to print, made by LibreOffice where the machine has it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from models.finding import N_, Finding, finding
from scheduler.report.letters.finishing import finished

NO_OFFICE = N_(
    "There is no PDF of the letters, as LibreOffice is not on this machine; Word can print the "
    "letters."
)
_FAILED = N_(
    "There is no PDF of the letters, as LibreOffice did not make one; Word can print the letters."
)
_SLOW = N_(
    "There is no PDF of the letters, as LibreOffice took longer than {seconds} seconds; Word can "
    "print the letters."
)

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
# LibreOffice itself takes some seconds to start; a letter takes a fraction of one.
_SECONDS, _SECONDS_EACH, _MOST_SECONDS = 90, 2, 900
# What may follow the number of a section's first page.
_AFTER_NUMBER = (
    *("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection"),
    *("w:bidi", "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"),
)


def find_office() -> str | None:
    """LibreOffice's command; None if it is not on the machine."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def make_pdf(letters: Sequence[bytes], title: str, day: date) -> bytes | Finding:
    """The letters as one PDF, or why there is none; LibreOffice is given so much time."""
    office = find_office()
    if office is None:
        return finding(NO_OFFICE)
    seconds = min(_MOST_SECONDS, _SECONDS + _SECONDS_EACH * len(letters))
    whole = together([Document(BytesIO(content)) for content in letters])
    with TemporaryDirectory(prefix="alis-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "letters.docx").write_bytes(finished(whole, title, day))
        try:
            _run(office, folder, seconds)
        except subprocess.TimeoutExpired:
            return finding(_SLOW, seconds=seconds)
        except OSError:
            return finding(_FAILED)
        made = folder / "letters.pdf"
        return made.read_bytes() if made.is_file() else finding(_FAILED)


def _run(office: str, folder: Path, seconds: int) -> None:
    """Have letters.docx in the folder printed to letters.pdf, by a LibreOffice of our own."""
    call = [
        office,
        f"-env:UserInstallation={(folder / 'office').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "letters.docx"),
    ]
    none = subprocess.DEVNULL
    process = subprocess.Popen(call, stdin=none, stdout=none, stderr=none, start_new_session=True)
    try:
        process.wait(seconds)
    finally:
        if process.poll() is None:
            _end(process.pid)
            process.wait()


def _end(number: int) -> None:
    """End a process and those that it has started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(number)], capture_output=True)
    else:
        os.killpg(number, signal.SIGKILL)


def together(words: Sequence[Word]) -> Word:
    """All letters in one document, each in a section of its own, so that its first page has the
    head of a first page and its pages are counted from 1.
    """
    whole, *others = words
    for word in others:
        final = whole.element.body.get_or_add_sectPr()
        final.addprevious(_section_end(final))
        for element in word.element.body.iterchildren():
            if element.tag != qn("w:sectPr"):
                final.addprevious(deepcopy(element))
    _counted_anew(whole.element.body.get_or_add_sectPr())
    return whole


def _section_end(final: Any) -> Any:
    """The small last paragraph of a section that is as the final one."""
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    properties.append(spacing)
    properties.append(_counted_anew(deepcopy(final)))
    paragraph.append(properties)
    return paragraph


def _counted_anew(section: Any) -> Any:
    """A section that begins on a page of its own, which is its page 1."""
    for kind in section.findall(qn("w:type")):
        section.remove(kind)
    number = section.find(qn("w:pgNumType"))
    if number is None:
        number = OxmlElement("w:pgNumType")
        section.insert_element_before(number, *_AFTER_NUMBER)
    number.set(qn("w:start"), "1")
    return section
