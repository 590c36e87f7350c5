"""One letter as a Word document: the template of the language filled in, on a letterhead or not."""

from dataclasses import dataclass
from html import escape
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from models.round import Round
from scheduler.explanations.letter.content import Letter, Section, Slip
from scheduler.locale import Translator
from scheduler.report.letters.finishing import finished
from scheduler.report.letters.letterhead import Letterhead
from scheduler.report.letters.words import COORDINATOR
from scheduler.support.resources import data_folder


@dataclass(frozen=True, slots=True)
class Writer:
    """What all letters of a round have in common; `letterhead` is a region's own, or None."""

    round: Round
    translator: Translator
    letterhead: Letterhead | None = None

    def content(self, letter: Letter) -> bytes:
        """The letter as the bytes of a file."""
        title = self.translator.finding(letter.title)
        return finished(self._word(letter), title, self.round.run_date)

    def _word(self, letter: Letter) -> Word:
        """The letter as a document."""
        path = data_folder() / "letters" / f"{self.translator.language}.docx"
        template = DocxTemplate(BytesIO(path.read_bytes()))
        # Only our own template is filled in: what comes from the input or a letterhead is text.
        rules = Environment(autoescape=True, undefined=StrictUndefined, finalize=_exact)
        template.render(self._filled(letter), rules)
        filled = BytesIO()
        template.save(filled)
        word = Document(BytesIO(filled.getvalue()))
        return word if self.letterhead is None else self.letterhead.with_text(word)

    def _filled(self, letter: Letter) -> dict[str, object]:
        t = self.translator
        name = self.round.candidate[letter.candidate_id].name
        return {
            "name": name or letter.candidate_id,
            "about": f"{self.round.name}, {t.day(self.round.run_date)}",
            "title": t.finding(letter.title),
            "greeting": t.finding(letter.greeting),
            "sections": [self._section(section) for section in letter.sections],
            "sender": self.round.coordinator or t.text(COORDINATOR),
            "slips": [self._slip(slip) for slip in letter.slips],
        }

    def _section(self, section: Section) -> dict[str, object]:
        t = self.translator
        lines = [
            {"text": " ".join(map(t.finding, line.findings)), "bullet": line.bullet}
            for line in section.lines
        ]
        return {"heading": section.heading and t.finding(section.heading), "lines": lines}

    def _slip(self, slip: Slip) -> dict[str, object]:
        t = self.translator
        places = [t.finding(place) for place in slip.places]
        return {"places": places, "reply": t.finding(slip.reply)}


@dataclass(frozen=True, slots=True)
class _Exact:
    """A text as it is, also where it has what docxtpl takes for an escaped brace ({_{)."""

    text: str

    def __html__(self) -> str:  # what a template with escaping asks for
        return escape(self.text).replace("{", "&#123;").replace("}", "&#125;")


def _exact(value: object) -> object:
    return _Exact(value) if isinstance(value, str) else value
