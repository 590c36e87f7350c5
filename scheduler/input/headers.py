"""Which known name a written one stands for: sheets, columns and keys alike.

A name that is not known but near one that is absent is never passed over: half an input would be
planned on. Nor are two that can hardly be told apart.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from models.nearness import Nearness, nearness
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator


class Standing(Enum):
    """What a written name is."""

    KNOWN = auto()
    TWICE = auto()  # known, or hardly different from one that is, and there already
    NEAR = auto()  # not known, but near one that is absent
    FAR = auto()


@dataclass(frozen=True, slots=True)
class Match:
    """What the name `written` is, and which known name it is or resembles (empty: none); `word` is
    what that may be called, folded (empty where it is not known by its name).
    """

    written: str
    standing: Standing
    name: str = ""
    word: str = ""

    def proposal(self, called: Callable[[Translator], str], translator: Translator) -> str:
        """The name that it resembles, in the reader's language if it does so there, else in the one
        in which it does; `called` is the name in a language.
        """
        own = called(translator)
        near = nearness(self.written, own)
        if not self.word or (near is not None and near < Nearness.FAINT):
            return own
        texts = [called(Translator(language)) for language in LANGUAGES]
        return next(text for text in texts if fold(text) == self.word)


def match(
    written: Sequence[str],
    names: Mapping[str, str],
    fits: Callable[[int, str], bool] = lambda _index, _name: False,
) -> list[Match]:
    """What each written name is; `names` are the known ones by what they may be called, folded.

    `fits` tells whether what stands under a written name is what belongs under a known one; it is
    asked where the letters alone are too few to go by.
    """
    found: list[Match | None] = []
    present: set[str] = set()
    for text in written:
        name = names.get(fold(text))
        if name is None:
            found.append(None)
        else:
            standing = Standing.TWICE if name in present else Standing.KNOWN
            found.append(Match(text, standing, name, fold(text)))
            present.add(name)
    return [
        known or _unknown(index, text, names, present, fits)
        for index, (text, known) in enumerate(zip(written, found, strict=True))
    ]


def _unknown(
    index: int,
    text: str,
    names: Mapping[str, str],
    present: set[str],
    fits: Callable[[int, str], bool],
) -> Match:
    nearest: dict[str, tuple[Nearness, str]] = {}
    if not text:
        return Match(text, Standing.FAR)
    for word, name in names.items():
        near = nearness(text, word)
        if near is not None and (name not in nearest or near < nearest[name][0]):
            nearest[name] = near, word
    for degree in Nearness:
        alike = [name for name, (near, _) in nearest.items() if near is degree]
        absent = [name for name in alike if name not in present]
        if degree is Nearness.FAINT:
            absent = [name for name in absent if fits(index, name)]
        if absent:
            return Match(text, Standing.NEAR, absent[0], nearest[absent[0]][1])
        if alike and degree is not Nearness.FAINT:
            standing = Standing.TWICE if degree is Nearness.EQUAL else Standing.FAR
            return Match(text, standing, alike[0], nearest[alike[0]][1])
    return Match(text, Standing.FAR)
