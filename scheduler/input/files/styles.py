"""What a workbook's styles say that changes the meaning of a cell."""

from dataclasses import dataclass
from typing import IO

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from scheduler.input.files.part import outline

_FONT, _STRIKE = "styleSheet/fonts/font", "styleSheet/fonts/font/strike"
_FORMAT, _STYLE = "styleSheet/numFmts/numFmt", "styleSheet/cellXfs/xf"


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell shows a number, and whether its text is struck through."""

    date: bool = False
    duration: bool = False
    percent: bool = False
    struck: bool = False


def read_styles(stream: IO[bytes]) -> list[Style]:
    """The styles that cells name by their number. Raises like `parse`."""
    codes: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    struck: list[bool] = []
    styles: list[dict[str, str]] = []
    for path, attributes in outline(stream, (_FONT, _STRIKE, _FORMAT, _STYLE)):
        if path == _FONT:
            struck.append(False)
        elif path == _STRIKE:
            struck[-1] = attributes.get("val", "1") in ("1", "true")
        elif path == _FORMAT:
            codes[attributes["numFmtId"]] = attributes["formatCode"]
        else:
            styles.append(attributes)
    looks = {code: _look(code) for code in set(codes.values())}

    def style(attributes: dict[str, str]) -> Style:
        code = codes.get(attributes.get("numFmtId", "0"), "General")
        date, duration, percent = looks[code] if code in looks else _look(code)
        font = int(attributes.get("fontId", "0"))
        return Style(date, duration, percent, 0 <= font < len(struck) and struck[font])

    return [style(attributes) for attributes in styles]


def _look(code: str) -> tuple[bool, bool, bool]:
    return is_date_format(code), is_timedelta_format(code), "%" in code
