"""What looks odd but does not stop: told at its cell, in words."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font

from scheduler.explanations.wording.warnings import option_warnings
from scheduler.input import ReadResult, Severity, read_round
from scheduler.input.warnings.people import looks_personal
from scheduler.support.resources import data_folder
from tests.input.test_names import NB, Book, lines
from tools.hand_samples import RUN


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def warned(read: ReadResult) -> dict[str, str]:
    """The warnings by sheet and cell, in bokmål."""
    assert read.round is not None, lines(read.errors)
    return {
        f"{m.place.sheet} {m.place.cell}": NB.finding(m.finding)
        for m in read.messages
        if m.severity is Severity.WARNING
    }


def test_the_sample_gives_no_warning(book: Book) -> None:
    assert warned(book.read()) == {}


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "part"),
    [
        ("Kandidater", "T2", "2026-03-02", "etter kjøredatoen"),
        ("Vikariater", "M2", "2026-03-02", "etter kjøredatoen"),
        ("Vikariater", "F2", "2035-02-28", "mer enn fem år"),
        ("Kandidater", "E2", "2062-09-01", "mer enn fem år"),
        ("Kandidater", "G2", "2016-09-01", "mer enn fem år"),
        ("Kandidater", "J2", "2062-09-01", "mer enn fem år"),
        ("Kandidater", "U2", "2027-01-01..2037-01-31", "mer enn fem år"),
        ("Avtaler", "D2", "2027-12-31", "Avtalen slutter 31.12.2027"),
        ("Avtaler", "D2", "2025-12-31", "Avtalen slutter 31.12.2025"),
        ("Tildelingsrunde", "B4", "2036-06-01", "mer enn ett år"),
        ("Kandidater", "M2", 3, "K01 har 0 måneder i arket «Låste plasser» og 3 som gjenstår"),
    ],
)
def test_a_value_that_is_probably_wrong(
    book: Book, sheet: str, cell: str, value: Any, part: str
) -> None:
    book.put(sheet, cell, value)
    found = warned(book.read())
    assert set(found) == {f"{sheet} {cell}"}
    assert part in found[f"{sheet} {cell}"]


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [
        ("Kandidater", "T2", RUN),
        ("Kandidater", "J2", "2015-09-01"),
        ("Kommuner", "C2", "2010-01-01"),
        ("Avtaler", "C2", "2010-01-01"),
        ("Avtaler", "D2", "2099-12-31"),
        ("Vikariater", "F2", "2031-03-01"),
    ],
)
def test_a_value_that_may_well_be_right(book: Book, sheet: str, cell: str, value: Any) -> None:
    book.put(sheet, cell, value)
    assert warned(book.read()) == {}


def test_an_agreement_that_another_follows_is_no_warning(book: Book) -> None:
    sheet = book.book["Avtaler"]
    sheet["D2"] = "2026-12-31"
    sheet.append([sheet["A2"].value, sheet["B2"].value, "2027-01-01", None])
    assert warned(book.read()) == {}


def test_days_of_waivers_and_declines_after_the_run_date(book: Book) -> None:
    book.book["Unntak"].append(["K02", "deviation", "Koordinator", "2026-03-02", "Eksempel"])
    book.book["Takket nei"].append(["K02", "V01", "2026-03-02", "kandidat"])
    assert set(warned(book.read())) == {"Unntak D2", "Takket nei C2"}


def test_months_in_locks_count_with_those_that_remain(book: Book) -> None:
    # K12 has a lock of six months and none left.
    book.put("Kandidater", "M13", 3)
    book.put("Kandidater", "V13", "venter")
    found = warned(book.read())
    assert "6 måneder i arket «Låste plasser» og 3 som gjenstår" in found["Kandidater M13"]
    book.book["Unntak"].append(["K12", "duration", "Koordinator", "2026-02-16", "Eksempel"])
    assert warned(book.read()) == {}


def test_a_person_who_is_done_is_not_asked_about_months(book: Book) -> None:
    book.put("Kandidater", "M2", 0)
    book.put("Kandidater", "V2", "ferdig")
    assert warned(book.read()) == {}


def test_the_old_scheme_is_a_warning_once_it_has_ended(book: Book) -> None:
    book.put("Kandidater", "L2", "gammel")
    assert warned(book.read()) == {}
    book.put("Kandidater", "E2", "2027-02-01")
    assert set(warned(book.read())) == {"Kandidater L2"}


def test_a_candidate_without_wishes(book: Book) -> None:
    sheet = book.book["Ønsker"]
    for line in range(sheet.max_row, 1, -1):
        if sheet.cell(line, 1).value == "K03":
            sheet.delete_rows(line)
    found = warned(book.read())
    assert "ikke noe ønske i arket «Ønsker»" in found["Kandidater A4"]
    sheet.append(["K03", "aldri", None, None, "Ortopedi"])
    assert "Kandidater A4" in warned(book.read())


def test_candidates_with_both_columns_blank_are_told_once_with_their_number(book: Book) -> None:
    for line in (3, 5, 7):
        book.put("Kandidater", f"Q{line}", None)
        book.put("Kandidater", f"R{line}", None)
    ((cell, text),) = warned(book.read()).items()
    assert cell == "Kandidater Q3"
    assert "3 kandidater, den første K02" in text


def test_a_policy_that_takes_blank_as_yes_is_told_so(book: Book, tmp_path: Path) -> None:
    from scheduler.support.resources import shipped_policies

    text = shipped_policies()["nord-2024"].read_text(encoding="utf-8")
    own = text.replace("open_by_default = false", "open_by_default = true", 1)
    assert own != text
    (tmp_path / "egen.toml").write_text(own, encoding="utf-8")
    book.put("Tildelingsrunde", "B5", "egen.toml")
    book.put("Kandidater", "Q3", None)
    book.put("Kandidater", "R3", None)
    assert "regnes som åpen for alle" in warned(book.read())["Kandidater Q3"]


def test_a_round_without_vacancies_or_without_anybody_who_waits(book: Book) -> None:
    vacancies = book.book["Vikariater"]
    vacancies.delete_rows(2, vacancies.max_row)
    assert "ingen vikariater" in warned(book.read())["Vikariater "]
    for line in range(2, 14):
        book.put("Kandidater", f"V{line}", "trukket")
    assert "Ingen i arket venter" in warned(book.read())["Kandidater "]


def test_hidden_filtered_and_struck_through_lines(book: Book) -> None:
    sheet = book.book["Kandidater"]
    sheet.row_dimensions[3].hidden = True
    sheet["B4"].font = Font(strike=True)
    sheet["B40"].font = Font(strike=True)  # nothing stands there
    found = warned(book.read())
    assert set(found) == {"Kandidater 3", "Kandidater 4"}
    assert "strøket over" in found["Kandidater 4"]


def test_a_lock_in_a_vacancy_that_is_not_there_may_be_a_slip(book: Book) -> None:
    book.put("Låste plasser", "B2", "VX10")
    assert "V10" in warned(book.read())["Låste plasser B2"]
    book.put("Låste plasser", "B2", "V11")
    assert "står vikariatet der med en annen id" in warned(book.read())["Låste plasser B2"]
    for cell, day in (("C2", "2025-06-01"), ("D2", "2025-11-30")):  # over: nothing to correct
        book.put("Låste plasser", cell, day)
    assert "Låste plasser B2" not in warned(book.read())


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("Kari Nordmann", ""),
        ("Nordmann", ""),
        ("kari@example.no", ""),
        ("010190 12345", ""),
        ("01019012345", ""),
        ("knordmann1", "Kari Nordmann"),
    ],
)
def test_ids_that_say_who_somebody_is(who: str, name: str) -> None:
    assert looks_personal(who, name)


@pytest.mark.parametrize("who", ["K01", "K-2026-001", "KN", "kand 7", "A", "1804-1", "ALIS-12"])
def test_ids_that_say_nothing(who: str) -> None:
    assert not looks_personal(who, "Kari Nordmann")


def test_ids_that_look_like_names_are_told_once(book: Book) -> None:
    for sheet in ("Kandidater", "Ønsker"):
        next(c for c in book.book[sheet]["A"] if c.value == "K10").value = "Ola"
    ((cell, text),) = warned(book.read()).items()
    assert cell == "Kandidater A11"
    assert "fødselsnummer" in text


def test_messages_say_whose_row_it_is_and_speak_of_no_gap_where_there_is_none() -> None:
    read = read_round(data_folder() / "samples" / "broken", "nb")
    told = {f"{m.place.sheet} {m.place.cell}": NB.finding(m.finding) for m in read.messages}
    assert told["Ønsker B8"].startswith("To rader for K06 har rang 1")
    assert told["Prioritet B3"].startswith("To rader for 1865 har prioritet 1")
    assert told["Kandidater U12"].startswith("Skriv første og siste dag som 1.1.2027–31.3.2027")
    assert not any("med et hull" in text for text in told.values())


def test_priorities_with_a_gap_are_told(book: Book) -> None:
    book.put("Prioritet", "B2", 3)
    assert any("med et hull" in text for text in warned(book.read()).values())


def test_two_who_must_serve_at_one_site_but_have_none_in_common_are_a_warning(book: Book) -> None:
    def told() -> list[str]:
        return [m.place.cell for m in option_warnings(book.read()) if m.place.sheet == "Par"]

    for column, value in zip("ABCD", ("K02", "K03", "samme tjenestested", "ja"), strict=True):
        book.put("Par", f"{column}2", value)
    assert told() == ["A2"]  # Lofoten and Bodø
    book.put("Par", "B2", "K04")  # Lofoten too
    assert told() == []
    book.put("Par", "B2", "K12")  # is promised Vesterålen
    assert told() == ["A2"]
    book.put("Par", "B2", "K08")  # can have nothing, which is told by itself
    assert told() == []
