"""One cell → one value of the type that the field asks for, or what to write instead."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin
from unicodedata import normalize

from models.base import Noun
from models.finding import N_, CodeWord, Finding, Term, finding
from models.nearness import closest, is_misspelt
from models.waiver import WAIVABLE
from models.wish import NEVER
from scheduler.input.files.grid import Cell, as_text
from scheduler.input.values.dates import read_date
from scheduler.input.values.intervals import read_intervals
from scheduler.input.values.read import Noted
from scheduler.input.values.text import read_text
from scheduler.locale import LANGUAGES, Translator

EXAMPLE = date(2026, 9, 1)

_WHOLE = N_("This is not a whole number; write it with digits only, for example {example}.")
_YES_NO = N_("Write yes or no.")
_WORD = N_("This is not one of the words that fit here; write one of: {words}.")
_WORD_NEAR = N_("This is not one of the words that fit here ({words}). Maybe {nearest}?")
_RULE_NEAR = N_("There is no rule {value}. Maybe «{nearest}» ({name})?")
_PERCENT = N_("This is not a percentage; write a number, for example 100 or 50.")
_PERCENT_SHARE = N_("This looks like a share of one; write the percentage, {percent}.")

Reader = Callable[[Cell, Translator], Any]


def fold(text: str) -> str:
    """A word without case, blanks, hyphens and underscores, for comparing; a letter with its mark
    is one letter, however it was typed.
    """
    return re.sub(r"[\s_\-–*]+", "", normalize("NFC", text)).casefold()


def reader_of(noun: type[Noun], field: str) -> Reader:
    """The function that reads cells of this field; it returns a Finding if it cannot, and Noted if
    there is something to tell.
    """
    if field == "fte":
        return lambda cell, _: _percent(cell)
    if field == "rule":
        return lambda cell, _: _rule(cell)
    if noun.model_fields[field].annotation in (str, str | None):
        return lambda cell, _: read_text(cell, field)
    return _reader(noun.model_fields[field].annotation)


def _reader(annotation: Any) -> Reader:
    if get_origin(annotation) in (Union, UnionType):
        kinds = [a for a in get_args(annotation) if a is not type(None)]
        if kinds == [date, bool]:
            return _date_or_yes
        if int in kinds and get_origin(kinds[-1]) is Literal:
            return _rank
        (annotation,) = kinds
    if annotation is date:
        return lambda cell, _: read_date(cell, EXAMPLE)
    if annotation is bool:
        return _yes_no
    if annotation is int:
        return lambda cell, _: _whole(cell)
    if get_origin(annotation) is tuple:
        return lambda cell, _: read_intervals(cell, EXAMPLE)
    if issubclass(annotation, CodeWord):
        return lambda cell, translator: _code_word(annotation, cell, translator)
    raise TypeError(f"no reader for cells of type {annotation}")


def _whole(cell: Cell) -> int | Finding:
    text = as_text(cell)
    if isinstance(cell, bool) or not re.fullmatch(r"[+-]?\d{1,9}(?:[.,]0+)?", text):
        return finding(_WHOLE, example=6)
    return int(re.split(r"[.,]", text)[0])


def _percent(cell: Cell) -> float | Finding:
    text = as_text(cell)
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*%?", text)
    if not match or isinstance(cell, bool):
        return finding(_PERCENT)
    value = float(match[1].replace(",", "."))
    if 0 < value <= 1 and "%" not in text:
        return finding(_PERCENT_SHARE, percent=f"{value * 100:g}")
    return value


def _rule(cell: Cell) -> str | Finding:
    """The id of a rule, written by its id or by its name; that it can be waived is for the waiver
    to say.
    """
    text = read_text(cell, "rule")
    if isinstance(text, Finding):
        return text
    known = _rules()
    if fold(text) in known:
        return known[fold(text)]
    near = next((word for word in known if is_misspelt(text, (word,))), None)
    if near is None:
        return text
    name = Term(WAIVABLE[known[near]])
    return finding(_RULE_NEAR, value=text, nearest=known[near], name=name)


@cache
def _rules() -> Mapping[str, str]:
    """Folded ids, and names in all languages, of the rules that may be waived → id."""
    known = {fold(rule): rule for rule in WAIVABLE}
    for language in LANGUAGES:
        t = Translator(language)
        known.update({fold(t.verbatim(name)): rule for rule, name in WAIVABLE.items()})
    return known


def _rank(cell: Cell, translator: Translator) -> int | str | Finding:
    if fold(as_text(cell)) in _words((NEVER,)):
        return NEVER
    number = _whole(cell)
    if isinstance(number, Finding):
        return finding(
            N_("Write 1, 2, 3 … for a ranked wish, or {never}."), never=translator.word(NEVER)
        )
    return number


_YES = ("yes", "y", "true", "1", "ja", "j", "x", "sann")
_NO = ("no", "n", "false", "0", "nei", "usann")


def _yes_no(cell: Cell, _: Translator) -> bool | Finding:
    text = fold(as_text(cell))
    if text in _YES:
        return True
    return False if text in _NO else finding(_YES_NO)


def _date_or_yes(cell: Cell, translator: Translator) -> date | bool | Finding | Noted:
    answer = _yes_no(cell, translator)
    return read_date(cell, EXAMPLE) if isinstance(answer, Finding) else answer


@cache
def _words(codes: tuple[str, ...]) -> Mapping[str, str]:
    """Folded words of all languages → code."""
    translators = [Translator(language) for language in LANGUAGES]
    known = {fold(code): code for code in codes}
    known.update({fold(t.word(code)): code for t in translators for code in codes})
    return known


def _code_word(kind: type[CodeWord], cell: Cell, translator: Translator) -> CodeWord | Finding:
    known = _words(tuple(kind))
    text = fold(as_text(cell))
    if isinstance(cell, bool):
        text = "yes" if cell else "no"
    if text in known:
        return kind(known[text])
    words = tuple(translator.word(code) for code in kind)
    near = closest(as_text(cell), known)
    if near is not None:
        return finding(_WORD_NEAR, words=words, nearest=translator.word(known[near]))
    return finding(_WORD, words=words)
