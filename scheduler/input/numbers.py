"""Municipality numbers: four digits, and what became of the discontinued ones."""

import re
from functools import cache

from models.finding import N_, Finding, finding
from scheduler.input.files.grid import Cell, as_text
from scheduler.support.resources import reference_rows

_FOUR = N_("A municipality number has four digits, for example {example}.")
_GONE = N_("Municipality number {old} is discontinued; {name} now has {new}.")
LOST_ZERO = N_("Excel has dropped the leading zero; the number is read as {padded}.")


def read_municipality(cell: Cell) -> str | Finding:
    """The number as text, or what to write instead; three digits have lost a leading zero. The
    municipality's name may stand behind the number.
    """
    text = re.sub(r"^(\d{3,4}) [^\W\d].*$", r"\1", as_text(cell))
    if has_lost_zero(text):
        text = f"0{text}"
    if not re.fullmatch(r"\d{4}", text):
        return finding(_FOUR, example="1804")
    gone = discontinued().get(text)
    if gone is not None:
        return finding(_GONE, old=text, new=gone[0], name=gone[1])
    return text


def has_lost_zero(text: str) -> bool:
    """Whether Excel has taken the number for a number: no county begins with three digits."""
    return re.fullmatch(r"\d{3}", text) is not None


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
