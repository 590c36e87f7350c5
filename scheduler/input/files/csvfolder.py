"""Reading a CSV file into a grid: UTF-8, UTF-16 or Windows-1252; tab, ; or , between."""

import csv
import io
from pathlib import Path

from models.finding import N_, Finding, finding
from scheduler.input.files.grid import MAX_BEYOND, MAX_COLUMNS, MAX_LINES, Grid
from scheduler.input.files.regular import read_file
from scheduler.support.errors import UnreadableError

_MAX_MEGABYTES = 10
_MAX_SEEN = 1_000_000  # lines, empty ones too
_DELIMITERS = (";", "\t", ",")
_LOOKED_AT = 15  # lines, for what stands between the cells

_NOT_TEXT = N_('The file is no text; save it in Excel as "CSV UTF-8 (comma delimited)".')
_WINDOWS = N_(
    "The file is not in UTF-8 and was read as Windows-1252; look whether æ, ø and å are right. It "
    'is safest to save it in Excel as "CSV UTF-8 (comma delimited)".'
)
_TOO_MANY_LINES = N_("The file has more than {lines} lines; delete the empty ones.")
_BAD_LINE = N_("The file cannot be read from line {line} on; look for a quotation mark.")


def read_csv(path: Path) -> tuple[Grid, list[Finding]]:
    """One file as a grid, and what is to be noticed. Raises UnreadableError with what to do."""
    content = read_file(path, _MAX_MEGABYTES)
    text, notices = _decoded(content.data)
    # Only \n, \r\n and \r end a line; str.splitlines knows nine more, which may stand in a cell.
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    beyond: set[tuple[int, int]] = set()
    try:
        for row in reader:
            line = reader.line_num
            if line > _MAX_SEEN:
                raise UnreadableError(finding(_TOO_MANY_LINES, lines=_MAX_SEEN))
            if line <= MAX_LINES:
                # A quoted cell may run over several lines: keep rows at the line they end on.
                rows.extend([] for _ in range(line - len(rows) - 1))
                rows.append(row[:MAX_COLUMNS])
            filled = max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)
            if filled and (line > MAX_LINES or filled > MAX_COLUMNS) and len(beyond) < MAX_BEYOND:
                beyond.add((line, filled))
    except csv.Error as error:
        raise UnreadableError(finding(_BAD_LINE, line=reader.line_num)) from error
    grid = Grid(
        content.name, path.stem, rows, csv=True, beyond=frozenset(beyond), sha256=content.sha256
    )
    return grid, notices


def _decoded(data: bytes) -> tuple[str, list[Finding]]:
    """The text, and a notice where the encoding is a guess."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, [finding(_WINDOWS)] if encoding == "cp1252" else []
    raise UnreadableError(finding(_NOT_TEXT))


def _delimiter(text: str) -> str:
    """What stands in most of the first lines; of two that stand in as many, the first."""
    first = text[: 1 << 16].splitlines()[:_LOOKED_AT]
    return max(_DELIMITERS, key=lambda delimiter: sum(delimiter in line for line in first))
