"""A delivered workbook against the one that its plan gives: its cells, and what is seen of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.finding import N_, Finding, Value, finding
from scheduler.input.message import column_letters
from scheduler.report.delivered.shown import Lines, Looks, Shown
from scheduler.report.table import Cell, Table, Tint
from scheduler.report.workbook import FILLS

_DIFFERENT = N_(
    "{file}, sheet {sheet}, cell {cell}: “{given}” stands there, but the plan says “{true}”."
)
_NO_ROW = N_("{file}, sheet {sheet}: the row of {key} is missing.")
_EXTRA_ROW = N_("{file}, sheet {sheet}, line {line}: this row is not in the plan.")
_NO_SHEET = N_("{file}: the sheet {sheet} is missing.")
_EXTRA_SHEET = N_("{file}: the sheet {sheet} is not in the plan.")
_FORMULA = N_("{file}, sheet {sheet}, cell {cell}: a formula stands there, not what the plan says.")
_UNREADABLE = N_(
    "{file}, sheet {sheet}, cell {cell}: what stands there cannot be read as it was written."
)
_COVERED = N_(
    "{file}, sheet {sheet}: the cells {cells} are merged, so that not all of them are seen."
)
_UNSEEN_LINE = N_("{file}, sheet {sheet}: line {line} is hidden.")
_UNSEEN_COLUMN = N_("{file}, sheet {sheet}: column {column} is hidden.")
_HIDDEN_SHEET = N_("{file}: whether the sheet {sheet} is hidden is not as it was written.")
_EDGES = N_(
    "{file}, sheet {sheet}: the text at the top or foot of the page is not as it was written."
)
_FILL = N_("{file}, sheet {sheet}, cell {cell}: the colour is not as it was written.")
_STORED = N_("{file}: what the hidden sheet {sheet} keeps is not as it was written.")
_COLOURED = N_("{file}, sheet {sheet}: a rule that changes how cells look has been added.")
_LINK = N_("{file}, sheet {sheet}, cell {cell}: the link there is not as it was written.")
_DRAWING = N_(
    "{file}: a picture, chart or text box has been added, which may cover what stands there."
)
# The colours that mean something.
_MEANING = frozenset(FILLS.values())


def compare_workbook(
    file: str, tables: Sequence[Table], true: Shown, given: Shown, hidden: str, stored: str = ""
) -> Iterator[Finding]:
    """Everything by which a workbook does not say, or does not show, what the plan says.

    `true` is the workbook that the plan gives, `hidden` its sheet that is none of the tables and
    holds `stored`, if anything.
    Sorting and filtering, widths, heights, notes and colours of other cells than the months of a
    calendar change nothing.
    """
    known = {table.name[:31]: table for table in tables}
    for name, table in known.items():
        if name in given.cells:
            for part, above, lines in _parts(table, given.cells[name]):
                fills = given.looks[name].fills
                yield from _compare(file, replace(part, name=name), above, lines, fills)
            yield from _looks(file, table, true.looks[name], given.looks[name])
        else:
            yield finding(_NO_SHEET, file=file, sheet=name)
    if stored and hidden not in given.cells:
        yield finding(_NO_SHEET, file=file, sheet=hidden)
    elif stored and not _keeps(given.cells[hidden], stored):
        yield finding(_STORED, file=file, sheet=hidden)
    for name in given.looks:
        if name not in known and (name != hidden or hidden not in true.looks):
            yield finding(_EXTRA_SHEET, file=file, sheet=name)
    if given.drawings - true.drawings:
        yield finding(_DRAWING, file=file)


def _keeps(lines: Lines, stored: str) -> bool:
    """Whether a hidden sheet holds this in its first column, and nothing else."""
    beside = any(value is not None for line in lines for value in line[1:])
    return not beside and "".join(_stored_text(line) for line in lines) == stored


def _stored_text(line: Sequence[Cell]) -> str:
    return "" if not line or line[0] is None else str(line[0])


def _looks(file: str, table: Table, true: Looks, given: Looks) -> Iterator[Finding]:
    sheet = table.name[:31]
    # What somebody has filled in may look as they like.
    entered = {
        f"{column_letters(number)}{line}"
        for first, part in table.placed()
        for number, column in enumerate(part.columns, 1)
        for line in range(first + part.header_line, first + part.header_line + len(part.rows))
        if column.entry is not None
    }
    formats = {written for written, _ in true.cells.values()}
    for cell in sorted(given.formulas):
        yield finding(_FORMULA, file=file, sheet=sheet, cell=cell)
    for cell, (written, readable) in given.cells.items():
        if cell not in entered and (not readable or written not in formats):
            yield finding(_UNREADABLE, file=file, sheet=sheet, cell=cell)
    for cells in sorted(given.covered - true.covered):
        yield finding(_COVERED, file=file, sheet=sheet, cells=cells)
    for place in sorted(given.unseen - true.unseen):
        if place.isdigit():
            yield finding(_UNSEEN_LINE, file=file, sheet=sheet, line=place)
        else:
            yield finding(_UNSEEN_COLUMN, file=file, sheet=sheet, column=place)
    for cell, _ in sorted(given.links - true.links):
        if cell not in entered:
            yield finding(_LINK, file=file, sheet=sheet, cell=cell)
    if given.state != true.state:
        yield finding(_HIDDEN_SHEET, file=file, sheet=sheet)
    if given.edges != true.edges:
        yield finding(_EDGES, file=file, sheet=sheet)
    if given.conditional > true.conditional:
        yield finding(_COLOURED, file=file, sheet=sheet)


def _parts(table: Table, given: Lines) -> Iterator[tuple[Table, int, Lines]]:
    """Each table of a sheet, how many lines stand above it, and its lines: to where the next one
    begins, which is known by its header where lines have been added or taken out above it.
    """
    starts: list[int] = []
    moved = 0
    for first, part in table.placed():
        head = first + part.header_line - 2
        same = [n for n, line in enumerate(given) if _trimmed(line) == part.headers]
        nearest = min(same, key=lambda n: abs(n - head - moved), default=head + moved)
        moved = nearest - head
        starts.append(max(first - 1 + moved, starts[-1]) if starts else 0)
    ends = [*starts[1:], max(len(given), starts[-1])]
    for (_, part), start, end in zip(table.placed(), starts, ends, strict=True):
        yield part, start, given[start:end]


def _trimmed(line: Sequence[Cell]) -> tuple[Cell, ...]:
    filled = [n for n, value in enumerate(line, 1) if value is not None]
    return tuple(line[: filled[-1]]) if filled else ()


def _compare(
    file: str, table: Table, above: int, given: Lines, fills: Mapping[str, str]
) -> Iterator[Finding]:
    head = table.header_line
    lines = [tuple(v if v != "" else None for v in line) for line in table.lines()]
    first = list(given[:head]) + [()] * (head - len(given[:head]))
    for number, (true, line) in enumerate(zip(lines[:head], first, strict=True), above + 1):
        yield from _row(file, table, number, line, true, asked=False)
    legend = {n: tint for _, tint, columns in table.legend_places() for n in columns}
    yield from _tinted(file, table, above + head - 2, legend, fills)
    missing = list(enumerate(lines[head:]))
    unknown: list[tuple[int, tuple[Cell, ...]]] = []
    for number, line in enumerate(given[head:], above + head + 1):
        padded = tuple(line) + (None,) * (len(table.columns) - len(line))
        if all(v is None for v in padded):
            continue
        same = [known for known in missing if known[1][: table.keys] == padded[: table.keys]]
        if same:
            row, true = known = max(same, key=lambda known: _alike(known[1], padded))
            missing.remove(known)
            yield from _row(file, table, number, padded, true)
            yield from _tinted(file, table, number, _months(table, row), fills)
        else:
            unknown.append((number, padded))
    # What is left may be rows whose key was changed: pair each with the row it is most like.
    for number, line in unknown:
        best = max(missing, key=lambda known: _alike(known[1], line), default=None)
        if best is None or _alike(best[1], line) * 2 <= len(table.columns):
            yield finding(_EXTRA_ROW, file=file, sheet=table.name, line=number)
        else:
            missing.remove(best)
            yield from _row(file, table, number, line, best[1])
    for _, line in missing:
        key = " ".join(_text(v) for v in line[: table.keys])
        yield finding(_NO_ROW, file=file, sheet=table.name, key=key)


def _months(table: Table, row: int) -> Mapping[int, Tint | None]:
    """The colours of a row's months, which say what no text does; of no other columns."""
    return {n: table.tints.get((row, n)) for n, spec in enumerate(table.columns) if spec.narrow}


def _tinted(
    file: str, table: Table, line: int, true: Mapping[int, Tint | None], fills: Mapping[str, str]
) -> Iterator[Finding]:
    """The first cell of a line whose colour says something else than the plan's."""
    for column, tint in true.items():
        cell = f"{column_letters(column + 1)}{line}"
        fill = fills.get(cell, "")
        wrong = fill in _MEANING if tint is None else fill != FILLS[tint]
        if wrong:
            yield finding(_FILL, file=file, sheet=table.name, cell=cell)
            return


def _alike(one: Sequence[Cell], other: Sequence[Cell]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=False))


def _row(
    file: str,
    table: Table,
    number: int,
    given: Sequence[Cell],
    true: Sequence[Cell],
    *,
    asked: bool = True,
) -> Iterator[Finding]:
    entries = [asked and spec.entry is not None for spec in table.columns]
    for column in range(max(len(given), len(true))):
        if column < len(entries) and entries[column]:
            continue  # the reader's to fill in
        one = given[column] if column < len(given) else None
        two = true[column] if column < len(true) else None
        if one != two or isinstance(one, bool):
            yield finding(
                _DIFFERENT,
                file=file,
                sheet=table.name,
                cell=f"{column_letters(column + 1)}{number}",
                given=_shown(one),
                true=_shown(two),
            )


def _shown(value: Cell) -> Value:
    return _text(value) if value is None or isinstance(value, float) else value


def _text(value: Cell) -> str:
    return "–" if value is None else str(value)
