"""Build data/letters: `make letters`. A test checks that the committed templates are these.

A template is a Word document with docxtpl's tags, one for each language: what is said to a
candidate comes from outside, the words around it stand in the template.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from scheduler.locale import LANGUAGES, Translator
from scheduler.report.letters.finishing import finished
from scheduler.report.letters.words import (
    ABOUT,
    DATE,
    NO,
    REGARDS,
    SIGNATURE,
    SLIP,
    WITHDRAW,
    YES,
)

LETTERS = Path(__file__).parent.parent / "data" / "letters"
_LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_BOX = "\N{BALLOT BOX}"
_KEPT_STYLES = {"Normal", "Heading 1", "Heading 2", "Default Paragraph Font"}


def build(folder: Path) -> None:
    """Write every template into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        word = _template(Translator(language))
        (folder / f"{language}.docx").write_bytes(finished(word, "", None))


def _template(t: Translator) -> Word:
    word = Document()
    _set_styles(word, _LOCALES[t.language])
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.5)
    _text(word, "{{ name }}", after=0)
    _text(word, "{{ about }}", after=18)
    _text(word, "{{ title }}", style="Heading 1")
    _text(word, "{{ greeting }}")
    _tag(word, "for section in sections")
    _tag(word, "if section.heading")
    _text(word, "{{ section.heading }}", style="Heading 2")
    _tag(word, "endif")
    _tag(word, "for line in section.lines")
    _tag(word, "if line.bullet")
    _bullet(word, "{{ line.text }}")
    _tag(word, "else")
    _text(word, "{{ line.text }}")
    _tag(word, "endif")
    _tag(word, "endfor")
    _tag(word, "endfor")
    _text(word, t.text(REGARDS), before=12, after=0, keep=True)
    _text(word, "{{ sender }}")
    _tag(word, "for slip in slips")
    _slip(word, t)
    _tag(word, "endfor")
    return word


def _slip(word: Word, t: Translator) -> None:
    """The answer slip: all of it on one page."""
    head = _text(word, t.text(SLIP), style="Heading 2", before=20, keep=True)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "dashed"), ("sz", "6"), ("space", "10"), ("color", "808080")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    head.paragraph_format.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )
    _text(word, "{{ name }}", after=0, keep=True)
    _text(word, t.text(ABOUT), after=0, keep=True)
    _tag(word, "for place in slip.places", keep=True)
    _text(word, "{{ place }}", after=0, keep=True)
    _tag(word, "endfor", keep=True)
    for number, answer in enumerate((YES, NO, WITHDRAW)):
        _text(word, f"{_BOX}  {t.text(answer)}", before=0 if number else 8, after=2, keep=True)
    signed = _text(word, f"{t.text(DATE)}\t\t{t.text(SIGNATURE)}\t", before=14, keep=True)
    stops = signed.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(5), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    stops.add_tab_stop(Cm(5.8), WD_TAB_ALIGNMENT.LEFT)
    stops.add_tab_stop(Cm(14.5), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    _text(word, "{{ slip.reply }}", after=0)


def _text(
    word: Word,
    text: str,
    *,
    style: str | None = None,
    before: int | None = None,
    after: int | None = None,
    keep: bool = False,
) -> Paragraph:
    paragraph = word.add_paragraph(text, style)
    form = paragraph.paragraph_format
    if before is not None:
        form.space_before = Pt(before)
    if after is not None:
        form.space_after = Pt(after)
    if keep:
        form.keep_with_next = True
        form.keep_together = True
    return paragraph


def _tag(word: Word, tag: str, *, keep: bool = False) -> None:
    """A paragraph that is a tag, gone when the template is filled in."""
    _text(word, f"{{%p {tag} %}}", keep=keep)


def _bullet(word: Word, text: str) -> None:
    """A point, without a list of its own: a region's letterhead may have none."""
    paragraph = _text(word, f"•\t{text}", after=5)
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Cm(0.6), Cm(-0.6)
    form.tab_stops.add_tab_stop(Cm(0.6))


def _set_styles(word: Word, locale: str) -> None:
    """Only the styles that are used, in a type that every machine has, and the language for the
    speller.
    """
    styles = word.styles
    for style in list(styles):
        if style.name not in _KEPT_STYLES:
            style.delete()
    sizes = {"Normal": (11, 0, 6), "Heading 1": (16, 0, 10), "Heading 2": (12, 12, 3)}
    for name, (size, before, after) in sizes.items():
        style = styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
        for theme in [a for a in fonts.attrib if "heme" in a]:
            del fonts.attrib[theme]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), "Arial")
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), locale)


def main() -> None:
    """Build them over those that are there."""
    build(LETTERS)


if __name__ == "__main__":
    main()
