"""Reading a folder of CSV files into grids: UTF-8 with or without BOM, ; or , between."""

import csv
from pathlib import Path

from models.finding import N_, finding
from scheduler.input.files.grid import MAX_COLUMNS, MAX_LINES, Grid
from scheduler.support.errors import UnreadableError


def read_csv(path: Path) -> Grid:
    """One file as a grid. Raises UnreadableError with what to do."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            finding(
                N_('The file is not in UTF-8; save it in Excel as "CSV UTF-8 (comma delimited)".')
            )
        ) from error
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    beyond: set[tuple[int, int]] = set()
    try:
        for row in reader:
            # A quoted cell may run over several lines: keep rows at the line they end on.
            rows.extend([] for _ in range(reader.line_num - len(rows) - 1))
            rows.append(row)
    except csv.Error as error:
        raise UnreadableError(
            finding(
                N_("The file cannot be read from line {line} on; look for a quotation mark."),
                line=reader.line_num,
            )
        ) from error
    for line, row in enumerate(rows, 1):
        filled = [n for n, cell in enumerate(row, 1) if cell.strip()]
        if filled and (line > MAX_LINES or filled[-1] > MAX_COLUMNS):
            beyond.add((line, filled[-1]))
    kept = [row[:MAX_COLUMNS] for row in rows[:MAX_LINES]]
    return Grid(path.name, path.stem, kept, csv=True, beyond=frozenset(beyond))
