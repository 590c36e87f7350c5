"""Each mistake is told once, where it was made: what only follows from it is left out."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from scheduler.input import read_round
from scheduler.input.message import message_line
from scheduler.input.writing import write_input
from scheduler.locale import Translator
from tests.input.test_names import NB, Book, lines
from tools.hand_samples import small_facts


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def test_a_workbook_that_cannot_be_read_lacks_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "input.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))  # as one with a password
    assert len(read_round(path).messages) == 1


def test_a_csv_file_that_cannot_be_read_is_not_missing_nor_is_what_stands_in_it(
    tmp_path: Path,
) -> None:
    write_input(tmp_path, small_facts(), NB)
    (tmp_path / "candidates.csv").write_bytes(b'"' + bytes(range(128, 256)))
    (error,) = read_round(tmp_path).errors
    assert error.place.file == "candidates.csv"


def test_a_missing_csv_file_is_named(tmp_path: Path) -> None:
    write_input(tmp_path, small_facts(), NB)
    (tmp_path / "wishes.csv").unlink()
    (error,) = read_round(tmp_path).errors
    assert message_line(error, NB).startswith("Feil: wishes.csv: ")


def test_no_message_is_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_input(tmp_path, small_facts(), NB)
    (tmp_path / "wishes.csv").unlink()
    (tmp_path / "pairs.csv").unlink()
    monkeypatch.chdir(tmp_path)
    assert all(m.place.file for m in read_round(Path()).messages)
    write_input(tmp_path / "whole", small_facts(), NB)
    (tmp_path / "whole" / "pairs.csv").unlink()
    monkeypatch.chdir(tmp_path / "whole")
    assert [m.place.file for m in read_round(Path()).messages] == ["whole"]


@pytest.mark.parametrize("name", ["Candidate.csv", "candidates 2026.csv", "kandidatliste.csv"])
def test_a_csv_file_with_nearly_the_right_name_is_the_one_error(tmp_path: Path, name: str) -> None:
    write_input(tmp_path, small_facts(), NB)
    shutil.move(tmp_path / "candidates.csv", tmp_path / name)
    errors = read_round(tmp_path).errors
    assert [m.place.file for m in errors] == [name], lines(errors)


def test_a_missing_sheet_makes_no_reference_wrong(book: Book) -> None:
    del book.book["Avdelinger"]
    del book.book["Vikariater"]
    assert [m.place.sheet for m in book.read().errors] == ["Vikariater", "Avdelinger"]


@pytest.mark.parametrize("cell", ["A17", "C17", "Z17"])
def test_a_note_under_the_table_is_one_error(book: Book, cell: str) -> None:
    book.put("Kandidater", cell, "Husk å ringe Vågan")
    (error,) = book.read().errors
    assert (error.place.cell, error.value) == (cell, "Husk å ringe Vågan")


def test_a_line_without_an_id_is_one_error(book: Book) -> None:
    book.put("Kandidater", "A2", None)
    book.put("Kandidater", "E2", "snart")
    book.put("Kandidater", "M2", "seks")
    (error,) = book.read().errors
    assert error.place.cell == "A2"
    assert "kandidat-id" in NB.finding(error.finding)


def test_a_missing_column_is_not_missed_in_every_line(book: Book) -> None:
    book.book["Kandidater"].delete_cols(10, 2)  # both columns about practice
    (error,) = book.read().errors
    assert error.place.cell == "1"


def test_references_to_a_line_that_could_not_be_read_are_not_wrong(book: Book) -> None:
    book.put("Vikariater", "A2", datetime(2026, 5, 1))
    book.book["Takket nei"].append(["K02", "MAI1", "2026-02-01", "avdeling"])
    (error,) = book.read().errors
    assert error.place.cell == "A2"
    assert "Excel har gjort" in NB.finding(error.finding)


def test_a_municipality_that_is_not_known_is_told_once(book: Book) -> None:
    book.put("Kandidater", "C2", "1899")
    (error,) = book.read().errors
    assert (error.place.sheet, error.value) == ("Kandidater", "1899")


def test_a_title_that_is_a_column_name_too_is_not_the_header(book: Book) -> None:
    book.book["Prioritet"].insert_rows(1, 2)
    book.put("Prioritet", "A1", "Prioritet")
    assert book.read().errors == []


def test_a_sheet_of_keys_without_values_is_told_key_by_key(book: Book) -> None:
    for line in range(2, 14):
        book.put("Tildelingsrunde", f"B{line}", None)
    assert [m.place.cell for m in book.read().errors] == ["B2", "B3", "B5"]


def test_the_numbers_of_errors_are_the_same_in_every_language(book: Book) -> None:
    book.book["Kandidater"].title = "Kandidater 2026"
    book.put("Vikariater", "E2", "snart")
    found = [book.read(language=language).errors for language in ("nb", "nn", "en")]
    assert {len(errors) for errors in found} == {2}
    assert "{" not in "".join(message_line(m, Translator("nn")) for m in found[1])
