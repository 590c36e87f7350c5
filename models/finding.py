"""Sentences as values: an English template, which is also the gettext key, and its numbers.

A finding can be compared, stored in plan.json and rendered in any language; nothing else in
the product builds sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import TypeAlias, cast


class CodeWord(StrEnum):
    """A word with a fixed code in files and a translation for people."""


class Header(str):
    """The English header of a column, shown as the reader's own."""

    __slots__ = ()


class SheetName(str):
    """The English name of a sheet, shown as the reader's own."""

    __slots__ = ()


class Term(str):
    """An English phrase that stands in the catalogues, shown in the reader's language."""

    __slots__ = ()


class Word(str):
    """The code of a code word that was read from plan.json, shown as the word itself."""

    __slots__ = ()


# What plan.json calls the texts that are shown in the reader's language.
_KINDS: Mapping[str, type[Header | SheetName | Term | Word]] = {
    "column": Header,
    "sheet": SheetName,
    "term": Term,
    "word": Word,
}


Value: TypeAlias = "int | str | date | tuple[str, ...] | tuple[Finding, ...] | None"


def N_(message: str) -> str:  # noqa: N802  (the customary gettext marker)
    """Mark a template for the catalogues; it is translated when shown."""
    return message


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement: `message` filled in with `values`; `rule` is the id of the rule behind it.

    Where `plural` is set, the value named `n` decides which of the two templates is used.
    """

    message: str
    values: tuple[tuple[str, Value], ...] = ()
    rule: str = ""
    plural: str = ""

    def value(self, name: str) -> Value:
        """The value called `name`; KeyError if the sentence has no such value."""
        return dict(self.values)[name]

    def to_json(self) -> dict[str, object]:
        """Plain data with ISO dates, keys in a stable order."""
        return {
            "rule": self.rule,
            "message": self.message,
            "plural": self.plural,
            "values": {name: _plain(value) for name, value in self.values},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> "Finding":
        """The finding that `to_json` wrote; raises KeyError, TypeError or ValueError on other data,
        and on a sentence that cannot be told with its values.
        """
        values = data["values"]
        if not isinstance(values, Mapping):
            raise TypeError("values must be a table")
        restored = cls(
            message=str(data["message"]),
            values=tuple((str(k), _restored(v)) for k, v in values.items()),
            rule=str(data["rule"]),
            plural=str(data["plural"]),
        )
        restored._refuse_untold()
        return restored

    def _refuse_untold(self) -> None:
        """Raise if the sentence names a value that there is not, or anything but a value."""
        known = dict(self.values)
        for _, name, how, conversion in Formatter().parse(f"{self.message} {self.plural}"):
            if name is not None and (name not in known or how or conversion):
                raise ValueError(f"a sentence has no value {name!r}")
        if self.plural and type(known.get("n")) is not int:
            raise ValueError("a sentence does not say how many")


def finding(message: str, *, rule: str = "", plural: str = "", **values: Value) -> Finding:
    """Build a finding; `values` fill the {names} of the template."""
    return Finding(message, tuple(values.items()), rule, plural)


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, CodeWord):
        return {"word": value.value}
    for kind, own in _KINDS.items():
        if isinstance(value, own):
            return {kind: str(value)}
    if isinstance(value, tuple):
        return [one.to_json() if isinstance(one, Finding) else one for one in value]
    return value


def _restored(value: object) -> Value:
    match value:
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case dict() if len(value) == 1 and value.keys() <= _KINDS.keys():
            ((kind, text),) = value.items()
            return _KINDS[kind](text)
        case [dict(), *_]:
            return tuple(Finding.from_json(cast("dict[str, object]", item)) for item in value)
        case list():
            return tuple(str(item) for item in value)
        case int() | str() | None:
            return value
    raise TypeError(f"not a value of a finding: {value!r}")
