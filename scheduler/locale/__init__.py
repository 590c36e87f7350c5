"""The one room where sentences become text: gettext catalogues in nb, nn and en.

English is the language of the keys and needs no catalogue. The catalogues are kept as .po
files only and compiled in memory when a language is first used.
"""

import gettext
import io
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from models.finding import N_, CodeWord, Finding, Header, SheetName, Term, Value, Word
from models.language import Language

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of a language."""
    if language == "en":
        return gettext.NullTranslations()
    text = (files("scheduler.locale") / f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def asked_language(words: Sequence[str], environ: Mapping[str, str]) -> Language | None:
    """The language that a call itself asks for: the last --lang, else ALIS_LANG; None if neither
    does.
    """
    asked: Language | None = None
    for word, following in zip(words, [*words[1:], ""], strict=True):
        name, _, value = word.partition("=")
        for language in LANGUAGES:
            if name == "--lang" and language in (value, following):
                asked = language
    return asked or next((x for x in LANGUAGES if x == environ.get("ALIS_LANG")), None)


class Translator:
    """Turns findings, words, headers and dates into the text of one language."""

    def __init__(self, language: str) -> None:
        """Raises ValueError for a language that there are no texts in."""
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language}; the languages are {LANGUAGES}")
        self.language: Language = language
        self._catalogue = catalogue(language)

    def text(self, message: str, plural: str = "", /, **values: Value) -> str:
        """A sentence, its {names} filled in; with `plural`, the value n chooses the form."""
        shown = {name: self.show(value) for name, value in values.items()}
        if plural:
            n = values["n"]
            assert isinstance(n, int)
            return self._catalogue.ngettext(message, plural, n).format(**shown)
        return self._catalogue.gettext(message).format(**shown)

    def finding(self, finding: Finding) -> str:
        """The sentence of a finding."""
        return self.text(finding.message, finding.plural, **dict(finding.values))

    def sheet(self, name: str) -> str:
        """The name of a sheet."""
        return self._catalogue.pgettext("sheet", name)

    def column(self, header: str) -> str:
        """The header of a column."""
        return self._catalogue.pgettext("column", header)

    def heading(self, header: str) -> str:
        """The header of a column with a capital, for sheets that people read."""
        return capital(self.column(header).replace("_", " "))

    def word(self, code: str) -> str:
        """The word for a code; English has none but the code itself."""
        return self._catalogue.pgettext("code", code).replace("_", " ")

    def verbatim(self, text: str) -> str:
        """A text from a file of ours, translated if the catalogue has it; braces mean nothing."""
        return self._catalogue.gettext(text)

    def day(self, day: date) -> str:
        """A day as people write it."""
        return f"{day.day}.{day.month}.{day.year}" if self.language != "en" else day.isoformat()

    def decimal(self, number: float) -> str:
        """A number with at most two decimals as people write it."""
        text = f"{number:.2f}".rstrip("0").rstrip(".")
        return text if self.language == "en" else text.replace(".", ",")

    def month(self, day: date) -> str:
        """A month's short name and year, for narrow columns."""
        names = self.text(MONTHS).split()
        return f"{names[day.month - 1]} {day.year % 100:02d}"

    def yes_no(self, value: bool) -> str:
        """yes or no."""
        return self.word("yes" if value else "no")

    def show(self, value: Value) -> str:
        """One value of a sentence."""
        if isinstance(value, CodeWord | Word):
            return self.word(str(value))
        if isinstance(value, Header):
            return self.column(value)
        if isinstance(value, SheetName):
            return self.sheet(value)
        if isinstance(value, Term):
            return self.verbatim(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, tuple):
            told = [self.finding(one) for one in value if isinstance(one, Finding)]
            sentences = bool(told) and told[0].endswith(".")
            return " ".join(told) if sentences else ", ".join(told or map(str, value))
        return "–" if value is None else str(value)


MONTHS = N_("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")


def capital(text: str) -> str:
    """A text with a capital, and nothing else changed."""
    return text[:1].upper() + text[1:]
