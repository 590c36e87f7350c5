"""The sheets of the form that hold nothing of the round: they are known, and not read."""

from functools import cache

from scheduler.input.files.grid import Grid
from scheduler.locale import LANGUAGES, Translator

# The sheet with what to do, translated like those of the round; and the hidden one with lists.
INSTRUCTIONS = "read first"
LISTS = "alis_lists"


@cache
def _names() -> frozenset[str]:
    own = {Translator(language).sheet(INSTRUCTIONS) for language in LANGUAGES}
    return frozenset(name.casefold() for name in (*own, LISTS))


def is_of_the_form(grid: Grid) -> bool:
    """Whether a sheet of a workbook is one that the form brings along, and no part of the round."""
    return not grid.csv and grid.sheet.strip().casefold() in _names()
