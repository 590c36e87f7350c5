"""Reading: all languages, real dirt, every problem with its cell."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.explanations.wording.warnings import option_warnings
from scheduler.input import ReadResult, read_round
from scheduler.input.message import message_line
from scheduler.input.numbers import discontinued, known_names
from scheduler.input.writing import write_input
from scheduler.locale import LANGUAGES, Translator
from scheduler.support.errors import UnreadableError
from scheduler.support.resources import data_folder
from tools.hand_samples import small_facts

SAMPLES = data_folder() / "samples"


def texts(result: ReadResult) -> list[str]:
    t = Translator("en")
    return [f"{m.place.sheet} {m.place.cell}: {t.finding(m.finding)}" for m in result.messages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_gives_the_same_round(tmp_path: Path, language: str) -> None:
    path = tmp_path / "input.xlsx"
    write_input(path, small_facts(), Translator(language))
    read = read_round(path)
    assert read.round is not None, texts(read)
    expected = read_round(SAMPLES / "small").round
    assert read.round == expected


def test_a_folder_of_csv_files_gives_the_same_round(tmp_path: Path) -> None:
    write_input(tmp_path / "input", small_facts(), Translator("nb"))
    assert read_round(tmp_path / "input").round == read_round(SAMPLES / "small").round


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_csv_with_either_separator_and_bom(tmp_path: Path, encoding: str, delimiter: str) -> None:
    write_input(tmp_path / "input", small_facts(), Translator("nb"))
    for path in (tmp_path / "input").iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=";"))
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(rows)
    assert read_round(tmp_path / "input").round == read_round(SAMPLES / "small").round


def test_broken_lists_every_planted_error_with_its_cell_and_nothing_else() -> None:
    read = read_round(SAMPLES / "broken")
    with (SAMPLES / "broken" / "expected.txt").open(encoding="utf-8", newline="") as stream:
        expected = {(sheet, cell) for sheet, cell in list(csv.reader(stream))[1:]}
    assert {(m.place.sheet, m.place.cell) for m in read.errors} == expected
    assert len(expected) > 35
    assert read.round is None


class Book:
    """The small sample as a workbook that can be dirtied."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "input.xlsx"
        write_input(self.path, small_facts(), Translator("en"))
        self.book = load_workbook(self.path)

    def put(self, sheet: str, cell: str, value: Any) -> None:
        self.book[sheet][cell] = value

    def read(self, **options: Any) -> ReadResult:
        self.book.save(self.path)
        return read_round(self.path, "en", **options)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def test_real_dirt_is_read_as_it_is_meant(book: Book) -> None:
    clean = read_round(SAMPLES / "small").round
    book.put("candidates", "E2", "1.9.2026")
    book.put("candidates", "E3", "01.09.26")
    book.put("candidates", "E4", datetime(2026, 8, 1))
    book.put("candidates", "M2", "6")
    book.put("candidates", "C3", 1865)
    book.put("candidates", "C4", 1804.0)
    book.put("candidates", "O2", "100 %")
    book.put("wishes", "D2", "Nordlandssykehuset\u00a0 Lofoten ")
    book.put("wishes", "D7", "Nordlandssykehuset Vestera\u030alen")  # a and ring apart
    book.book["wishes"].insert_rows(4)
    book.book["candidates"]["Z1"] = "Egen kolonne"
    book.book["candidates"]["Z2"] = "noe"
    book.book.move_sheet("wishes", -3)
    read = book.read()
    assert read.round == clean, texts(read)
    assert any("Egen kolonne" in text for text in texts(read))


def test_a_title_in_merged_cells_above_the_header(book: Book) -> None:
    sheet = book.book["vacancies"]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Vikariater våren 2026"
    sheet.merge_cells("A1:F1")
    assert book.read().round == read_round(SAMPLES / "small").round


def test_a_merged_header_leaves_a_column_without_a_name(book: Book) -> None:
    book.book["vacancies"]["N1"] = None
    book.book["vacancies"].merge_cells("M1:N1")
    book.put("vacancies", "N2", "Ring Kari")
    assert any("has no name" in text for text in texts(book.read()))


def test_a_lost_leading_zero_is_read_and_told(book: Book) -> None:
    book.put("municipalities", "A2", 301)
    book.put("agreements", "A2", 301)
    for line in (4, 8, 12):
        book.put("candidates", f"C{line}", "0301")
    for line in (4, 5):
        book.put("priority", f"A{line}", 301)
    read = book.read()
    assert read.round is not None, texts(read)
    assert "0301" in read.round.municipality
    assert any("read as 0301" in text for text in texts(read))


def test_a_percentage_cell_is_read_as_people_see_it(book: Book) -> None:
    book.put("candidates", "O2", 0.5)
    book.book["candidates"]["O2"].number_format = "0 %"
    read = book.read()
    assert read.round is not None
    assert read.round.candidate["K01"].fte == 50
    book.book["candidates"]["O2"].number_format = "General"
    assert any("share of one" in text for text in texts(book.read()))


def test_missing_sheets_and_columns_are_all_told(book: Book) -> None:
    del book.book["agreements"]
    del book.book["vacancies"]
    book.book["municipalities"].delete_cols(2)
    found = texts(book.read())
    assert sum("is missing" in text for text in found) == 3


def test_agreements_are_asked_for_only_by_a_policy_that_needs_them(book: Book) -> None:
    del book.book["agreements"]
    book.put("round", "B5", "vest-2023")
    assert book.read().round is not None


def test_a_policy_file_beside_the_input(book: Book) -> None:
    text = (data_folder() / "policies" / "nord-2024.toml").read_text(encoding="utf-8")
    own = book.path.parent / "egen.toml"
    own.write_text(text.replace("lead_months = 3", "lead_months = 2", 1), encoding="utf-8")
    book.put("round", "B5", "egen.toml")
    read = book.read()
    assert read.round is not None
    assert read.round.policy.lead_months == 2
    assert set(read.checksums) == {"input.xlsx", "egen.toml"}
    own.write_text(text + "\nunknown = 1\n", encoding="utf-8")
    assert any("unknown" in found for found in texts(book.read()))


def test_warnings_do_not_stop(book: Book) -> None:
    sheet = book.book["candidates"]
    sheet["B3"] = sheet["B2"].value  # the same name twice
    sheet["D2"] = sheet["D3"] = "a@b.no"
    sheet["P4"] = sheet["Q4"] = sheet["R4"] = None
    book.put("priority", "B3", 3)
    sheet.row_dimensions[5].hidden = True
    book.put("municipalities", "B2", "Narvik")
    sheet["G2"] = "=E2"
    read = book.read()
    assert read.round is not None, texts(read)
    found = " ".join(texts(read))
    for part in (
        "same name",
        "same e-mail",
        "blank, so",
        "with a gap",
        "hidden or",
        "not of Narvik",
        "no stored result",
    ):
        assert part in found, part


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ([1, 2, 3, 4], "counts the rows"),
        ([5, 4, 3, 2], "falls from row to row"),
        ([2, 2, 2, 2], "same value in every row"),
    ],
)
def test_a_priority_column_that_looks_pasted(book: Book, values: list[int], part: str) -> None:
    sheet = book.book["priority"]
    sheet.delete_rows(2, 10)
    people = [("1865", "K01"), ("1804", "K03"), ("1860", "K04"), ("1859", "K05")]
    for (town, who), value in zip(people, values, strict=True):
        sheet.append((town, value, who))
    assert any(part in text for text in texts(book.read()))


def test_set_aside_leaves_out_the_candidate_and_all_that_is_theirs(book: Book) -> None:
    book.put("candidates", "E5", "snart")
    assert book.read().round is None
    read = book.read(set_aside=True)
    assert read.round is not None
    assert read.set_aside == ("K04",)
    assert "K04" not in read.round.candidate
    assert all(w.candidate_id != "K04" for w in read.round.wishes)


def test_a_candidate_with_a_lock_is_never_set_aside(book: Book) -> None:
    book.put("candidates", "E13", "snart")
    assert book.read(set_aside=True).round is None


def test_an_error_elsewhere_is_not_set_aside(book: Book) -> None:
    book.put("candidates", "E5", "snart")
    book.put("vacancies", "E2", "snart")
    assert book.read(set_aside=True).round is None


def test_a_cell_in_the_farthest_corner_is_told_not_read(book: Book) -> None:
    book.put("declines", "XFD1048576", "x")
    assert any("far outside" in text for text in texts(book.read()))


def test_files_that_are_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    assert any("not a workbook" in t for t in texts(read_round(tmp_path / "a.xlsx", "en")))
    for path in (tmp_path / "missing", tmp_path / "a.txt"):
        with pytest.raises(UnreadableError):
            read_round(path)


def test_csv_that_is_not_utf_8(tmp_path: Path) -> None:
    write_input(tmp_path / "in", small_facts(), Translator("en"))
    path = tmp_path / "in" / "wishes.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    read = read_round(tmp_path / "in", "en")
    assert not read.errors
    notices = [m for m in read.messages if m.place.file == "wishes.csv"]
    assert [m.severity.value for m in notices] == ["notice"]
    assert read_round(tmp_path / "in", "en").round is not None


def test_csv_errors_name_line_and_column(tmp_path: Path) -> None:
    write_input(tmp_path / "in", small_facts(), Translator("en"))
    path = tmp_path / "in" / "vacancies.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2027-02-28", "snart", 1), "utf-8")
    (error,) = read_round(tmp_path / "in", "en").errors
    assert (error.place.line, error.place.column, error.value) == (2, 6, "snart")


def test_discontinued_numbers_lead_to_present_ones_of_the_same_name() -> None:
    names = known_names()
    for new, name in discontinued().values():
        assert names.get(new, name) == name
    assert discontinued()["5401"] == ("5501", "Tromsø")
    assert not set(discontinued()) & set(names)


def test_a_workbook_without_anything(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "tom.xlsx")
    read = read_round(tmp_path / "tom.xlsx", "en")
    assert read.round is None
    assert sum("is missing" in t for t in texts(read)) == 6


def test_an_agreement_with_a_trust_that_offers_nothing_is_a_warning(book: Book) -> None:
    book.put("agreements", "B3", "Helse Møre og Romsdal HF")
    read = book.read()
    assert read.round is not None
    assert any("nothing comes of this" in text for text in texts(read))
    book.put("agreements", "B3", "Nordlandssykehus HF")
    assert book.read().round is None


def test_a_window_that_nothing_fits_is_a_warning(book: Book) -> None:
    book.put("vacancies", "F7", "2027-01-01")  # V06, now four months: three still fit
    short = [m.place.cell for m in option_warnings(book.read()) if m.place.sheet == "vacancies"]
    assert short == []
    book.put("vacancies", "F7", "2026-11-29")  # a day short of three months
    short = [m.place.cell for m in option_warnings(book.read()) if m.place.sheet == "vacancies"]
    assert short == ["A7"]


def test_folders_and_files_that_cannot_be_told_apart(tmp_path: Path) -> None:
    write_input(tmp_path / "both", small_facts(), Translator("en"))
    write_input(tmp_path / "both" / "input.xlsx", small_facts(), Translator("en"))
    write_input(tmp_path / "two" / "a.xlsx", small_facts(), Translator("en"))
    write_input(tmp_path / "two" / "b.xlsx", small_facts(), Translator("en"))
    (tmp_path / "empty").mkdir()
    for name in ("both", "two", "empty"):
        with pytest.raises(UnreadableError):
            read_round(tmp_path / name)


def test_a_quotation_mark_that_is_not_closed_is_told_with_its_line(tmp_path: Path) -> None:
    write_input(tmp_path / "in", small_facts(), Translator("en"))
    path = tmp_path / "in" / "wishes.csv"
    path.write_text(path.read_text("utf-8").replace("K03;1;", 'K03;1;"', 1), "utf-8")
    (error,) = [m for m in read_round(tmp_path / "in", "en").errors if m.place.file == path.name]
    assert "quotation mark" in error.finding.message
    assert "wishes.csv" in message_line(error, Translator("nb"))
