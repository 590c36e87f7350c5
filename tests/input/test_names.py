"""Situation 17 and its kind: names that are nearly right are errors, others are left alone."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.nearness import Nearness, closest, is_misspelt, letters_off, nearness, same_id
from scheduler.input import Message, ReadResult, Severity, read_round
from scheduler.input.message import message_line
from scheduler.input.writing import write_input
from scheduler.locale import Translator
from tools.hand_samples import small_facts

NB = Translator("nb")


class Book:
    """The small sample in bokmål, as a workbook that can be changed."""

    def __init__(self, folder: Path, language: str = "nb") -> None:
        self.path = folder / "input.xlsx"
        write_input(self.path, small_facts(), Translator(language))
        self.book = load_workbook(self.path)

    def header(self, sheet: str, old: str, new: str | None) -> None:
        """Call a column something else."""
        (cell,) = (c for c in self.book[sheet][1] if c.value == old)
        cell.value = new

    def put(self, sheet: str, cell: str, value: Any) -> None:
        self.book[sheet][cell] = value

    def read(self, **options: Any) -> ReadResult:
        self.book.save(self.path)
        return read_round(self.path, **options)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def lines(messages: list[Message]) -> list[str]:
    return [message_line(m, NB) for m in messages]


def notices(read: ReadResult) -> list[Message]:
    return [m for m in read.messages if m.severity is Severity.NOTICE]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Låste plasser (2)", "Låste plasser", Nearness.EQUAL),
        ("KANDIDATER 2026", "Kandidater", Nearness.EQUAL),
        ("forste dag", "første dag", Nearness.EQUAL),
        ("vakter", "vakt", Nearness.SIMILAR),
        ("vakta", "vakt", Nearness.CLOSE),
        ("avtaler med HF", "avtaler", Nearness.PART),
        ("ikke tilgjengelig", "utilgjengelig", Nearness.PART),
        ("stillingstittel", "stillingsprosent", None),
        ("far", "fra", Nearness.CLOSE),
        ("no", "to", Nearness.FAINT),
        ("tlf", "til", Nearness.FAINT),
        ("merknad", "status", None),
        ("2026", "status", None),
    ],
)
def test_how_near_two_words_are(one: str, other: str, near: Nearness | None) -> None:
    assert nearness(one, other) is near
    assert nearness(other, one) is near


def test_ids_differ_by_their_digits() -> None:
    assert same_id("v-1O", "V10")
    assert not same_id("V11", "V10")
    assert letters_off("VX10", "V10")
    assert not letters_off("V11", "V10")
    assert closest("V1O", ["V01", "V10"]) == "V10"


def test_a_name_of_a_place_is_misspelt_where_two_letters_differ() -> None:
    trusts = ["Nordlandssykehuset HF", "Helse Fonna HF"]
    assert is_misspelt("Nordlandsykehus HF", trusts) is False
    assert is_misspelt("Nordlandsykehuset HF", trusts)
    assert not is_misspelt("Helse Førde HF", trusts)


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Låste plasser", "Låste plasar"),
        ("Låste plasser", "Låste plasser (2)"),
        ("Låste plasser", "Lste plaser"),
        ("Kandidater", "Kandidater 2026"),
        ("Takket nei", "Takket  Nei!"),
        ("Par", "Ark7"),
        ("Tildelingsrunde", "Runde"),
    ],
)
def test_a_sheet_with_nearly_the_right_name_is_the_one_error(
    book: Book, sheet: str, name: str
) -> None:
    book.book[sheet].title = name
    (error,) = book.read().errors
    assert error.place.sheet == name
    assert f"Mente du «{sheet}»?" in NB.finding(error.finding)


def test_all_errors_of_a_sheet_with_a_wrong_name_are_told_at_once(book: Book) -> None:
    book.book["Kandidater"].title = "Kandidater 2026"
    book.put("Kandidater 2026", "E2", "snart")
    assert [m.place.cell for m in book.read().errors] == ["", "E2"]


def test_two_sheets_that_can_hardly_be_told_apart_are_an_error(book: Book) -> None:
    book.book.copy_worksheet(book.book["Låste plasser"]).title = "Låste plasser 2"
    (error,) = book.read().errors
    assert error.place.sheet == "Låste plasser 2"
    assert "nesten det samme" in NB.finding(error.finding)


@pytest.mark.parametrize("name", ["Ark1", "Tidligere", "Kandidater gamle", "Forklaring", "Lister"])
def test_a_sheet_of_ones_own_is_a_notice(book: Book, name: str) -> None:
    book.book.create_sheet(name)["A1"] = "Noe"
    read = book.read()
    assert read.round is not None
    assert [m.place.sheet for m in notices(read)] == [name]


@pytest.mark.parametrize(
    ("sheet", "column", "name"),
    [
        ("Kandidater", "vakt", "vakter"),
        ("Kandidater", "ønsket senest", "ønsket seneste"),
        ("Kandidater", "utilgjengelig", "ikke utilgjengelig"),
        ("Kandidater", "stillingsprosent", "stilling"),
        ("Kandidater", "først ønsket", "Forst ønsket 2"),
        ("Avdelinger", "maks samtidig", "maks samtidige"),
        ("Avtaler", "fra", "far"),
        ("Vikariater", "første dag", "føste dag"),
        ("Takket nei", "av", "aw"),
    ],
)
def test_a_column_with_nearly_the_right_name_is_the_one_error(
    book: Book, sheet: str, column: str, name: str
) -> None:
    if sheet == "Takket nei":
        book.book[sheet].append(["K02", "V01", "2026-02-01", "avdeling"])
    book.header(sheet, column, name)
    (error,) = book.read().errors
    assert (error.place.sheet, error.value) == (sheet, name)
    assert f"Mente du «{column}»?" in NB.finding(error.finding)


def test_cells_under_a_column_with_a_wrong_name_get_no_error_of_their_own(book: Book) -> None:
    book.header("Kandidater", "meldt inn", "meldt inn av")
    for line in range(2, 14):
        book.put("Kandidater", f"T{line}", "kommunen")
    assert [m.value for m in book.read().errors] == ["meldt inn av"]


def test_ikke_tilgjengelig_is_an_error(book: Book) -> None:
    book.header("Kandidater", "utilgjengelig", "ikke tilgjengelig")
    (error,) = book.read().errors
    assert "«utilgjengelig»" in NB.finding(error.finding)


def test_columns_of_ones_own_are_notices(book: Book) -> None:
    sheet = book.book["Kandidater"]
    own = ("Telefon", "Kommentar", "Fødselsår", "kunngjort", "vakter", "Vikarnavn")
    for n, name in enumerate(own, sheet.max_column + 1):
        sheet.cell(1, n, name)
        sheet.cell(2, n, "noe")
    read = book.read()
    assert read.round is not None, lines(read.errors)
    assert [m.value for m in notices(read)] == list(own)


def test_two_columns_that_can_hardly_be_told_apart_are_an_error(book: Book) -> None:
    column = book.book["Kandidater"].max_column + 1
    book.book["Kandidater"].cell(1, column, "vakt 2")
    (error,) = book.read().errors
    assert error.value == "vakt 2"
    assert "nesten lik «vakt»" in NB.finding(error.finding)


def test_a_column_without_a_name_may_be_one_that_is_missing(book: Book) -> None:
    book.header("Kandidater", "vakt", None)
    (error,) = book.read().errors
    assert error.place.cell == "P1"
    assert "(vakt)" in NB.finding(error.finding)


def test_what_is_left_out_and_counts_as_usual_is_told(book: Book) -> None:
    book.book["Kandidater"].delete_cols(16)
    del book.book["Par"]
    read = book.read()
    assert read.round is not None
    left_out, absent = sorted(lines(notices(read)))[::-1]
    assert "vakt" in absent + left_out
    assert "Par" in absent + left_out


@pytest.mark.parametrize(
    ("key", "written", "cured"),
    [
        ("startnummer", "startnummer 2", "Mente du «startnummer»?"),
        ("språk", "spraak", "Mente du «språk»?"),
        ("neste runde", "Neste rnude", "Mente du «neste runde»?"),
        ("kjøredato", "køyredat", "Mente du"),
    ],
)
def test_a_key_that_is_nearly_right_is_the_one_error(
    book: Book, key: str, written: str, cured: str
) -> None:
    sheet = book.book["Tildelingsrunde"]
    (cell,) = (c for c in sheet["A"] if c.value == key)
    cell.value = written
    (error,) = book.read().errors
    assert error.place.cell == cell.coordinate
    assert cured in NB.finding(error.finding)


def test_a_key_of_ones_own_is_a_notice_and_one_that_stands_twice_an_error(book: Book) -> None:
    sheet = book.book["Tildelingsrunde"]
    sheet.append(["ansvarlig lege", "Kari"])
    assert [m.value for m in notices(book.read())] == ["ansvarlig lege"]
    sheet.append(["Kjøredato 2", "2026-03-01"])
    (error,) = book.read().errors
    assert "nesten lik «kjøredato»" in NB.finding(error.finding)


def test_a_reason_for_a_seed_that_is_not_there_is_an_error(book: Book) -> None:
    sheet = book.book["Tildelingsrunde"]
    (cell,) = (c for c in sheet["A"] if c.value == "grunn til startnummer")
    sheet.cell(cell.row, 2, "Trukket på møtet")
    (error,) = book.read().errors
    assert error.place.cell == f"B{cell.row}"


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "part"),
    [
        ("Kandidater", "V2", "ventr", "Mente du venter?"),
        ("Kandidater", "N2", "godta", "Mente du godtar?"),
        ("Låste plasser", "E2", "kontrkt", "Mente du arbeidsavtale?"),
        ("Ønsker", "B2", "aldr", "aldri"),
        ("Ønsker", "E2", "Generell indremedsin", "Mente du Generell indremedisin?"),
        ("Låste plasser", "B2", "V-1O", "Mente du V10?"),
    ],
)
def test_words_and_names_that_are_nearly_right_are_errors_that_say_what_is_meant(
    book: Book, sheet: str, cell: str, value: str, part: str
) -> None:
    book.put(sheet, cell, value)
    (error,) = book.read().errors
    assert (error.place.sheet, error.place.cell) == (sheet, cell)
    assert part in NB.finding(error.finding)


def test_a_rule_that_is_nearly_one_says_which_and_case_does_not_matter(book: Book) -> None:
    book.book["Unntak"].append(["K02", "Lead Time", "Koordinator", "2026-02-16", "Eksempel"])
    read = book.read()
    assert read.round is not None, lines(read.errors)
    assert read.round.waives("K02", "lead-time")
    book.put("Unntak", "B2", "Kravet om varslingstid")
    named = book.read().round
    assert named is not None
    assert named.waives("K02", "lead-time")
    book.put("Unntak", "B2", "led-time")
    (error,) = book.read().errors
    assert "Mente du «lead-time» (kravet om varslingstid)?" in NB.finding(error.finding)
