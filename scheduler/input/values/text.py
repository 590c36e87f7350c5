"""Text as it may stand in a cell: how long, of what characters, and ids that Excel spoilt."""

import re
import unicodedata
from datetime import date, time

from models.finding import N_, Finding, finding
from scheduler.input.files.grid import Cell, as_text

MAX_TEXT, MAX_ID = 2_000, 40
IDS = ("candidate_id", "vacancy_id", "candidate_a", "candidate_b")
_NAMES = ("trust", "site", "department", "rule")

_TOO_LONG = N_("This text has {length} characters; at most {most} fit here. Shorten it.")
_ODD_CHARACTER = N_(
    "There is a character here that cannot be seen or is none ({code}, in place {place}); delete "
    "what is in the cell and type it again."
)
_BECAME_DATE = N_(
    "Excel has made the date {day} of what was typed; give the column the format Text and type it "
    "again."
)
_ERROR_VALUE = N_("The cell shows an error from Excel; write the value itself.")


def odd_character(cell: Cell) -> Finding | None:
    """What is wrong with a cell that holds a control character, a lone surrogate or the like."""
    if not isinstance(cell, str):
        return None
    for place, character in enumerate(cell, 1):
        if _is_odd(character):
            return finding(_ODD_CHARACTER, code=f"U+{ord(character):04X}", place=place)
    return None


def _is_odd(character: str) -> bool:
    if character in "\t\n\r" or character.isprintable():
        return False
    kind, code = unicodedata.category(character), ord(character)
    # Cn has the noncharacters and letters of a newer Unicode than ours; only the first are odd.
    none = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return kind in ("Cc", "Cf", "Cs") or none


def read_text(cell: Cell, field: str) -> str | Finding:
    """The text in a cell of that field, or what to write instead."""
    if isinstance(cell, date | time) and field in (*IDS, *_NAMES):
        return finding(_BECAME_DATE, day=as_text(cell))
    text = as_text(cell)
    if re.fullmatch(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|I/T|VERDI!|NAVN\?)", text):
        return finding(_ERROR_VALUE)
    most = MAX_ID if field in IDS else MAX_TEXT
    if len(text) > most:
        return finding(_TOO_LONG, length=len(text), most=most)
    return text
