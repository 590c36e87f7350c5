"""Municipalities: four-digit numbers, names, and what became of discontinued numbers."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from models.finding import N_, Finding, finding
from models.nearness import closest, fold_case
from scheduler.input.values.read import Noted
from scheduler.support.resources import reference_rows

_FOUR = N_("A municipality number has four digits, for example {example}.")
_GONE = N_("Municipality number {old} is discontinued; {name} now has {new}.")
_LOST_ZERO = N_("Excel has dropped the leading zero; the number is read as {padded}.")
_NO_NAME = N_("No municipality called {name} is known; write its four-digit number.")
_NO_NAME_NEAR = N_(
    "No municipality called {name} is known; write its four-digit number. Maybe {nearest}?"
)
_SEVERAL = N_("Several municipalities are called {name}; write the number, one of {numbers}.")
_CONTRADICTION = N_("{number} and {name} are not the same municipality; {name} is {right}.")


@dataclass
class Names:
    """The municipalities that a name stands for."""

    numbers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, str] = field(default_factory=dict)

    def add(self, number: str, name: str) -> None:
        """Let the number be meant by the name, and by each of several names in one."""
        for part in re.split(r"\s[-–/]\s|[(/)]", name):
            if plain := _plain(part):
                self.numbers[plain].add(number)
                self.shown.setdefault(plain, part.strip())

    def read(self, text: str) -> str | Finding | Noted:
        """The number of the municipality that a cell names, or what to write instead: `1804`,
        `1804 Bodø` or `Bodø`; three digits have lost a leading zero.
        """
        digits = re.findall(r"\d+", text)
        name = _plain(re.sub(r"\d+", " ", text))
        meant = self.numbers.get(name, set()) if name else set()
        if not digits:
            return self._only(text, name, meant)
        if len(digits) > 1 or len(digits[0]) not in (3, 4):
            return finding(_FOUR, example="1804")
        number = digits[0].zfill(4)
        gone = discontinued().get(number)
        if gone is not None:
            return finding(_GONE, old=number, new=gone[0], name=gone[1])
        if meant and number not in meant:
            right = min(meant)
            return finding(_CONTRADICTION, number=number, name=self.shown[name], right=right)
        return number if len(digits[0]) == 4 else Noted(number, finding(_LOST_ZERO, padded=number))

    def _only(self, text: str, name: str, meant: set[str]) -> str | Finding:
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            return finding(_SEVERAL, name=text, numbers=tuple(sorted(meant)))
        near = closest(name, self.numbers)
        if near is None:
            return finding(_NO_NAME, name=text)
        shown = f"{min(self.numbers[near])} {self.shown[near]}"
        return finding(_NO_NAME_NEAR, name=text, nearest=shown)


def _plain(text: str) -> str:
    """A name for comparing, without the word municipality and marks around it."""
    folded = fold_case(text.strip(" ,.:;-–()"))
    return re.sub(r"\s+(?:kommune|herad)$", "", folded)


def shipped_names() -> Names:
    """What the reference data call the present municipalities."""
    names = Names()
    for row in reference_rows("municipalities.csv"):
        # A county behind the name tells it from another of the same name elsewhere.
        own = row["kommunenavn"] if "(" not in row["kommunenavn"] else ""
        for name in (own, row["parallellnavn"]):
            names.add(row["kommunenr"], name)
    return names


def names_of(given: Mapping[str, str]) -> Names:
    """What these municipalities, name by number, are called; others by the reference data."""
    names, shipped = Names(), shipped_names()
    for number, name in given.items():
        names.add(number, name)
    for plain, numbers in shipped.numbers.items():
        if plain not in names.numbers:
            names.numbers[plain] = numbers
            names.shown[plain] = shipped.shown[plain]
    return names


@cache
def discontinued() -> dict[str, tuple[str, str]]:
    """Discontinued number → (present number, name)."""
    rows = reference_rows("discontinued.csv")
    return {row["old"]: (row["new"], row["name"]) for row in rows}


@cache
def known_names() -> dict[str, str]:
    """Present number → name, for the municipalities in the reference data."""
    rows = reference_rows("municipalities.csv")
    return {row["kommunenr"]: row["kommunenavn"] for row in rows}
