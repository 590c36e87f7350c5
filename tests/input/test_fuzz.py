"""Whatever stands in the cells, reading never breaks: a round, or errors with their cells."""

import random
from datetime import date, datetime, time
from typing import Any

import pytest

from scheduler.explanations.wording.warnings import option_warnings
from scheduler.input import read_round
from scheduler.input import reader as reading
from scheduler.input.files.grid import Grid
from scheduler.input.files.workbook import read_workbook
from scheduler.support.resources import data_folder

INPUT = data_folder() / "samples" / "small" / "input.xlsx"
ODD: tuple[Any, ...] = (
    None,
    "",
    " ",
    "x",
    "0",
    "-1",
    "1,5",
    "1e9",
    "999999999999",
    "ja",
    "nei",
    "aldri",
    "never",
    "2026-09-01",
    "31.12.2099",
    "1.1.1950",
    "2026-02-30",
    "vår",
    "2026",
    "..",
    "2026-01-01..2026-02-01",
    "2026-02-01..2026-01-01, x",
    "K01",
    "V01",
    "1804",
    "Lofoten",
    "«æøå»",
    "{n}",
    "%s",
    "=1+1",
    "#REF!",
    "\u200b",
    "x" * 5000,
    0,
    1,
    -3,
    3.5,
    1e300,
    46266,
    True,
    False,
    date(2026, 9, 1),
    datetime(2026, 9, 1, 12),
    datetime(1900, 1, 1),
    time(12, 30),
)


@pytest.mark.parametrize("seed", range(120))
def test_odd_cells_never_break_reading(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    r = random.Random(seed)
    grids = []
    for grid in read_workbook(INPUT):
        rows = [list(row) for row in grid.rows]
        for _ in range(r.choice((0, 1, 1, 2, 5))):
            row = r.choice(rows)
            row[r.randrange(len(row))] = r.choice(ODD)
        if r.random() < 0.1:
            r.shuffle(rows)
        if r.random() < 0.1:
            rows = rows[: r.randrange(len(rows) + 1)]
        if r.random() < 0.05:
            rows = [row[: r.randrange(len(row) + 1)] for row in rows]
        grids.append(Grid(grid.file, grid.sheet, rows))
    monkeypatch.setattr(reading, "open_grids", lambda source: iter(grids))
    for aside in (False, True):
        read = read_round(INPUT, set_aside=aside)
        assert (read.round is None) == bool(read.errors)
        for message in read.messages:
            assert message.place.file
        assert all(m.finding for m in option_warnings(read))


def test_every_message_can_be_told() -> None:
    from scheduler.input.message import message_line
    from scheduler.locale import LANGUAGES, Translator

    read = read_round(data_folder() / "samples" / "broken")
    for language in LANGUAGES:
        for message in read.messages:
            line = message_line(message, Translator(language))
            assert "{" not in line
