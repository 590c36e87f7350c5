"""A value of a round as it stands in a cell."""

from datetime import date

from models.finding import CodeWord
from models.wish import NEVER
from scheduler.locale import Translator


def cell_value(value: object, translator: Translator) -> str | int | float | date | None:
    """A value as it stands in a cell, in the reader's words; None is a blank cell."""
    match value:
        case bool():
            return translator.yes_no(value)
        case CodeWord():
            return translator.word(value)
        case str() if value == NEVER:
            return translator.word(NEVER)
        case tuple():
            return ", ".join(f"{first.isoformat()}..{last.isoformat()}" for first, last in value)
        case float() if value.is_integer():
            return int(value)
        case "":
            return None
        case None | int() | float() | date() | str():
            return value
    raise TypeError(f"no cell for {value!r}")
