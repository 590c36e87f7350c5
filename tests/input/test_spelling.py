"""What people write in other words than their own sheet has it: read where only one is meant."""

from pathlib import Path
from typing import Any

import pytest

from models.finding import Finding
from scheduler.input.values.municipality import names_of, shipped_names
from scheduler.input.values.read import Noted
from tests.input.test_names import NB, Book, lines, notices


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("Ønsker", "A2", "k01"),
        ("Ønsker", "D2", "nordlandssykehuset  LOFOTEN"),
        ("Ønsker", "C2", "NORDLANDSSYKEHUSET HF"),
        ("Prioritet", "C2", "k01 "),
        ("Prioritet", "A2", "1865 Vågan"),
        ("Låste plasser", "B2", "v10"),
        ("Låste plasser", "E2", "ARBEIDSAVTALE"),
        ("Vikariater", "D2", "generell Indremedisin"),
        ("Avtaler", "B2", "nordlandssykehuset hf"),
        ("Kandidater", "C2", "Vågan"),
        ("Kandidater", "C2", "vågan kommune"),
        ("Kandidater", "C2", "1865 – Vågan"),
        ("Kandidater", "C2", "Vågan (1865)"),
        ("Kandidater", "P2", "x"),
        ("Kandidater", "P2", "J"),
        ("Kommuner", "A2", "Bodø"),
        ("Kommuner", "C2", "X"),
    ],
)
def test_other_spellings_give_the_same_round(book: Book, sheet: str, cell: str, value: str) -> None:
    before = book.read().round
    book.put(sheet, cell, value)
    read = book.read()
    assert read.round == before, lines(read.errors)
    assert notices(read) == []


def test_ids_that_differ_by_case_alone_are_the_same(book: Book) -> None:
    book.put("Kandidater", "A3", "k01")
    assert any(m.place.cell == "A3" for m in book.read().errors)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1804", "1804"),
        ("5546 Kvænangen", "5546"),
        ("Bodø", "1804"),
        ("BODØ KOMMUNE", "1804"),
        ("Dielddanuorri", "5512"),
        ("Herøy", "1818"),  # the sheet has only one
        ("Sør-Varanger", "5605"),
    ],
)
def test_municipalities_by_number_or_name(text: str, number: str) -> None:
    assert names_of({"1804": "Bodø", "1818": "Herøy"}).read(text) == number


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1804 Narvik", ("1806",)),
        ("Nes", ("3301", "3302")),
        ("Bodo", ("1804 Bodø",)),
        ("180", ()),
        ("18045", ("1804",)),
        ("5401 Tromsø", ("5501",)),
        ("Atlantis", ("fire siffer",)),
    ],
)
def test_municipalities_that_cannot_be_made_out(text: str, parts: tuple[str, ...]) -> None:
    found = names_of({"1804": "Bodø", "3301": "Nes", "3302": "Nes"}).read(text)
    assert isinstance(found, Finding | Noted)
    told = NB.finding(found if isinstance(found, Finding) else found.notice)
    assert all(part in told for part in parts), told


def test_a_name_that_another_county_has_too_is_not_resolved_by_the_shipped_list() -> None:
    found = shipped_names().read("Herøy")
    assert isinstance(found, Finding)


def test_a_number_that_lost_its_zero_is_read_and_told_and_nothing_else_is_proposed(
    book: Book,
) -> None:
    book.put("Kandidater", "C2", 301)
    read = book.read()
    (error,) = read.errors
    assert "0301" in NB.finding(error.finding)
    assert "Kanskje" not in NB.finding(error.finding)
    assert "0301" in NB.finding(notices(read)[0].finding)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("A2", "K0\x071", "U+0007"),
        ("B2", "Kari\x1bNordmann", "U+001B"),
        ("B2", "Kari\u200bNordmann", "U+200B"),
        ("D2", "a@b\ufffe", "U+FFFE"),
        ("D2", "a@b\ufdd0", "U+FDD0"),
        ("D2", "a@b\ud800", "U+D800"),
        ("V2", "\u00adventer", "U+00AD"),
    ],
)
def test_characters_that_cannot_be_seen_are_an_error_with_the_cell(
    book: Book, cell: str, value: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (error,) = [
        m
        for m in _with_cell(book, cell, value, monkeypatch).errors
        if code in NB.finding(m.finding)
    ]
    assert error.place.cell == cell
    assert error.value.isprintable()
    assert f"[{code}]" in error.value


def _with_cell(book: Book, cell: str, value: str, patch: pytest.MonkeyPatch) -> Any:
    """Reading with a cell that openpyxl would not write."""
    from dataclasses import replace

    from scheduler.input import reader
    from scheduler.input.files.workbook import read_workbook

    book.book.save(book.path)
    grids = read_workbook(book.path)
    for n, grid in enumerate(grids):
        if grid.sheet == "Kandidater":
            rows = [list(row) for row in grid.rows]
            rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = value
            grids[n] = replace(grid, rows=rows)
    patch.setattr(reader, "open_grids", lambda _source: iter(grids))
    return reader.read_round(book.path)


def test_line_breaks_and_odd_spaces_within_a_text_are_folded(book: Book) -> None:
    before = book.read().round
    book.put("Ønsker", "D2", "Nordlandssykehuset\u00a0\n Lofoten\t")
    assert book.read().round == before


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [("Kandidater", "A2", "K" * 41), ("Kandidater", "B2", "N" * 2001)],
)
def test_texts_that_are_too_long_are_an_error(
    book: Book, sheet: str, cell: str, value: str
) -> None:
    book.put(sheet, cell, value)
    (error,) = [m for m in book.read().errors if m.place.sheet == sheet]
    assert error.place.cell == cell
    assert str(len(value)) in NB.finding(error.finding)
    assert len(error.value) < 250


def test_a_time_of_day_is_a_notice_and_midnight_none(book: Book) -> None:
    before = book.read().round
    book.put("Kandidater", "E2", f"{book.book['Kandidater']['E2'].value:%Y-%m-%d} 00:00:00")
    read = book.read()
    assert (read.round, notices(read)) == (before, [])
    book.put("Kandidater", "E2", f"{book.book['Kandidater']['E3'].value:%d.%m.%Y} 12:30")
    assert [m.place.cell for m in notices(book.read())] == ["E2"]


def test_more_positions_than_any_department_has_are_an_error(book: Book) -> None:
    book.put("Vikariater", "G2", 100)
    (error,) = book.read().errors
    assert "99" in NB.finding(error.finding)


def test_who_runs_the_round_is_carried_in_it(book: Book) -> None:
    sheet = book.book["Tildelingsrunde"]
    values = {
        "koordinator": "Kari Nordmann",
        "koordinators e-post": "kari@example.no",
        "koordinators telefon": "75 00 00 00",
        "svarkanal": "eFormidling",
    }
    for cell in sheet["A"]:
        if cell.value in values:
            sheet.cell(cell.row, 2, values[cell.value])
    round = book.read().round
    assert round is not None
    assert round.coordinator == "Kari Nordmann"
    assert round.coordinator_email == "kari@example.no"
    assert (round.coordinator_phone, round.channel) == ("75 00 00 00", "eFormidling")
