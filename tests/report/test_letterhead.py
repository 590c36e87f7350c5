"""A region's own letterhead: what it lends to a letter, and what is not taken as one."""

import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Cm

from scheduler.explanations.letter.letter import letter
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.report.letters.document import Writer
from scheduler.report.letters.letterhead import read_letterhead
from scheduler.report.letters.printing import together
from scheduler.support.errors import UnreadableError
from tests.builders import a_round, candidate
from tests.verification.test_plan import made


def a_letterhead(text: str = "", *, norwegian: bool = True) -> Word:
    """A head, a foot, wide margins, and styles as a Norwegian Word names them."""
    word = Document()
    section = word.sections[0]
    section.left_margin = Cm(4)
    section.header.paragraphs[0].text = "Helse Eksempel RHF {{ 7*7 }}"
    section.footer.paragraphs[0].text = "Postboks 1, 8000 Bodø"
    if text:
        word.add_paragraph(text)
    if norwegian:
        own = word.styles["Heading 1"].element
        own.set(qn("w:styleId"), "Overskrift1")
        word.styles.element.remove(word.styles["Heading 2"].element)
    return word


def saved(word: Word) -> bytes:
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def on(letterhead: bytes, folder: Path) -> Word:
    """A letter on a letterhead."""
    path = folder / "brevark.docx"
    path.write_bytes(letterhead)
    round = a_round([candidate("A", name="Ola")])
    writer = Writer(round, Translator("nb"), read_letterhead(path))
    return Document(BytesIO(writer.content(letter(round, made(make_case(round)), "A"))))


def test_the_letterhead_lends_its_head_foot_margins_and_styles(tmp_path: Path) -> None:
    word = on(saved(a_letterhead()), tmp_path)
    section = word.sections[0]
    assert section.header.paragraphs[0].text == "Helse Eksempel RHF {{ 7*7 }}"
    assert section.footer.paragraphs[0].text == "Postboks 1, 8000 Bodø"
    assert section.left_margin is not None
    assert round(section.left_margin.cm, 1) == 4
    assert word.paragraphs[0].text == "Ola"
    used = {p.text: p.style for p in word.paragraphs}
    title, heading = used["Tilbud om sykehustjeneste"], used["Svaret ditt"]
    assert title is not None
    assert title.style_id == "Overskrift1"
    assert heading is not None  # which the letterhead lacks
    assert heading.style_id == "alisHeading2"


def test_the_text_comes_after_the_letterheads_own_or_where_it_says(tmp_path: Path) -> None:
    word = on(saved(a_letterhead("Unntatt offentlighet")), tmp_path)
    assert [p.text for p in word.paragraphs][:2] == ["Unntatt offentlighet", "Ola"]
    for mark in ("{{brev}}", "{{ Letter }}"):
        own = a_letterhead("Over")
        own.add_paragraph(mark)
        own.add_paragraph("Under")
        texts = [p.text for p in on(saved(own), tmp_path).paragraphs]
        assert texts[:2] == ["Over", "Ola"]
        assert texts[-1] == "Under"
        assert mark not in texts


def test_an_empty_letterhead_has_no_blank_line_before_the_text(tmp_path: Path) -> None:
    own = a_letterhead()
    own.add_paragraph("")
    assert on(saved(own), tmp_path).paragraphs[0].text == "Ola"


def test_where_it_was_made_is_left_out(tmp_path: Path) -> None:
    own = a_letterhead()
    own.core_properties.author = "Kari Nordmann"
    (part,) = (p for p in own.part.package.iter_parts() if p.partname == "/word/settings.xml")
    place = "file:///C:/Users/kari/mal.dotx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    part.relate_to(place, kind, is_external=True)
    word = on(saved(own), tmp_path)
    with zipfile.ZipFile(BytesIO(saved(word))) as archive:
        everything = b"".join(map(archive.read, archive.namelist()))
    assert b"Kari Nordmann" not in everything
    assert b"mal.dotx" not in everything


def test_letters_that_are_printed_together_have_a_section_each(tmp_path: Path) -> None:
    words = [on(saved(a_letterhead()), tmp_path) for _ in range(3)]
    whole = together(words)
    assert [p.text for p in whole.paragraphs].count("Hei Ola,") == 3
    assert len(whole.sections) == 3
    for section in whole.sections:
        assert section.header.paragraphs[0].text.startswith("Helse Eksempel")
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def with_part(name: str, content: bytes = b"x") -> bytes:
    stream = BytesIO(saved(a_letterhead()))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    new = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(saved(a_letterhead("Brev")))) as old,
        zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in old.namelist():
            content = old.read(part)
            archive.writestr(part, change(content) if part == name else content)
    return new.getvalue()


def commented() -> bytes:
    word = a_letterhead("Brev")
    word.add_comment(word.paragraphs[-1].runs, "Husk dette", "Kari", "K")
    return saved(word)


def linked() -> bytes:
    word = a_letterhead()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    word.part.relate_to("https://example.com/logo.png", kind, is_external=True)
    return saved(word)


def misplaced(where: str) -> bytes:
    word = a_letterhead("{{brev}}" if where == "twice" else "Brev")
    if where == "twice":
        word.add_paragraph("{{ Letter }}")
    elif where == "table":
        word.add_table(1, 1).cell(0, 0).text = "{{brev}}"
    elif where == "foot":
        word.sections[0].footer.add_paragraph("{{brev}}")
    else:
        word.add_paragraph("Til deg: {{brev}}")
    return saved(word)


_BODY = "word/document.xml"
_DEEP = b"<w:p><w:r>" + b"<w:smartTag>" * 5000 + b"</w:smartTag>" * 5000 + b"</w:r></w:p>"
_HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "ikke et Word-dokument"),
    "text": (lambda: b"Hei", "ikke et Word-dokument"),
    "workbook": (lambda: _zip({"xl/workbook.xml": b"<a/>"}), "ikke et Word-dokument"),
    "no content types": (lambda: _zip({_BODY: b"<a/>"}), "ikke et Word-dokument"),
    "password": (
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "beskyttet med passord",
    ),
    "old": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "gammel type"),
    "macros": (lambda: with_part("word/vbaProject.bin"), "makroer"),
    "embedded": (lambda: with_part("word/embeddings/oleObject1.bin"), "innebygde objekter"),
    "control": (lambda: with_part("word/activeX/activeX1.bin"), "makroer"),
    "macro type": (
        lambda: changed(
            "[Content_Types].xml",
            lambda c: c.replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                b"vnd.ms-word.document.macroEnabled.main",
            ),
        ),
        "makroer",
    ),
    "comments": (commented, "merknader"),
    "tracked": (
        lambda: changed(
            _BODY, lambda c: c.replace(b"<w:r>", b'<w:ins w:id="1" w:author="K"/><w:r>', 1)
        ),
        "sporede endringer",
    ),
    "picture elsewhere": (linked, "et annet sted"),
    "field": (
        lambda: changed(
            _BODY,
            lambda c: c.replace(
                b"<w:r>",
                b"<w:r><w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE x</w:instrText>",
                1,
            ),
        ),
        "et annet sted",
    ),
    "simple field": (
        lambda: changed(
            _BODY, lambda c: c.replace(b"<w:r>", b'<w:fldSimple w:instr="DDEAUTO x"/><w:r>', 1)
        ),
        "et annet sted",
    ),
    "bomb": (lambda: with_part("word/media/a.png", b"\0" * (301 << 20)), "altfor stort"),
    "large file": (lambda: b"x" * (26 << 20), "altfor stort"),
    "large xml": (lambda: with_part("word/a.xml", b" " * (9 << 20)), "altfor stort"),
    "entities": (
        lambda: changed(
            _BODY, lambda c: c.replace(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document")
        ),
        "ikke et Word-dokument",
    ),
    "deep": (
        lambda: changed(_BODY, lambda c: c.replace(b"<w:sectPr", _DEEP + b"<w:sectPr", 1)),
        "ikke et Word-dokument",
    ),
    **{
        f"place, {where}": (partial(misplaced, where), "La det stå én gang")
        for where in ("twice", "table", "foot", "in a line")
    },
    "cut": (lambda: saved(a_letterhead())[:3000], "ikke et Word-dokument"),
}


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("name", _HOSTILE)
def test_what_is_no_letterhead_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    make, told = _HOSTILE[name]
    path = tmp_path / "brevark.docx"
    path.write_bytes(make())
    with pytest.raises(UnreadableError) as raised:
        read_letterhead(path)
    assert told in Translator("nb").finding(raised.value.finding)
    assert "brevark.docx" in str(raised.value)


def test_a_letterhead_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read_letterhead(tmp_path / "borte.docx")
