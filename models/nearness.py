"""How near a written word is to a known one: what is probably meant, and what is something else."""

import unicodedata
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches
from enum import IntEnum
from functools import lru_cache

# Letters that do not come apart into a letter and an accent.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n", "ł": "l"})
# Typed for one another in ids.
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})

# A piece of a word that says something by itself.
_LONG = 8


class Nearness(IntEnum):
    """From what can only be a slip of the pen to what is hardly more than a guess."""

    EQUAL = 0  # but for case, accents, spaces, punctuation, digits and a trailing "(2)"
    CLOSE = 1  # one letter differs
    SIMILAR = 2  # two letters differ
    PART = 3  # one contains the other, or they have most of their letters in one piece
    FAINT = 4  # so short a word that these letters are half of it


def fold_case(text: str) -> str:
    """A name as names are compared: without regard to case and folded spaces."""
    return " ".join(text.casefold().split())


@lru_cache(maxsize=1 << 14)
def skeleton(text: str) -> str:
    """The letters alone, without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(c for c in apart if c.isalpha())


@lru_cache(maxsize=1 << 16)
def nearness(text: str, known: str) -> Nearness | None:
    """How near a text is to something known; None if it is something else."""
    one, other = skeleton(text), skeleton(known)
    shorter = min(len(one), len(other))
    if not shorter:
        return None
    differing = _differing(one, other)
    if differing == 0:
        return Nearness.EQUAL
    if differing == 1 and shorter >= 3:
        return Nearness.CLOSE
    if differing == 2 and shorter >= 4:
        return Nearness.SIMILAR
    if shorter >= 4 and (one in other or other in one or _mostly_one_piece(one, other, shorter)):
        return Nearness.PART
    return Nearness.FAINT if differing <= 2 else None


def _mostly_one_piece(one: str, other: str, shorter: int) -> bool:
    """Whether three quarters of the shorter word, eight letters or more, are in the other."""
    if shorter < _LONG:
        return False
    piece = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return piece >= _LONG and 4 * piece >= 3 * shorter


def _differing(one: str, other: str) -> int:
    """Letters changed, left out, put in or swapped with their neighbour; 3 stands for more."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, another in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return min(last[-1], 3)


def is_misspelt(value: str, known: Collection[str]) -> bool:
    """Whether a name is not known, but at most two letters from a known one."""
    if value in known:
        return False
    near = (nearness(value, name) for name in known)
    return any(n is not None and n <= Nearness.SIMILAR for n in near)


def same_id(one: str, other: str) -> bool:
    """Whether two ids are alike but for case, spaces, punctuation, and letters read as digits."""
    return _id_marks(one) == _id_marks(other)


def letters_off(one: str, other: str) -> bool:
    """Whether two ids have the same digits, and letters of which at most two differ."""
    digits = ["".join(c for c in text if c.isdigit()) for text in (one, other)]
    near = nearness(one, other)
    return digits[0] == digits[1] and near is not None and near is not Nearness.PART


def _id_marks(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum()).translate(_LOOK_ALIKES)


def closest(value: str, known: Iterable[str]) -> str | None:
    """The known word that is proposed instead of an unknown one, if any is at all alike."""
    words = sorted(set(known))
    for word in words:
        if same_id(value, word):
            return word
    rated = [(near, word) for word in words if (near := nearness(value, word)) is not None]
    # Digits are what ids differ by, so letters alone say little about them.
    telling = [r for r in rated if r[0] < Nearness.FAINT and not any(c.isdigit() for c in r[1])]
    if telling:
        return min(telling)[1]
    alike = get_close_matches(value.casefold(), [w.casefold() for w in words], n=1, cutoff=0.5)
    return next((w for w in words if w.casefold() in alike), None)
