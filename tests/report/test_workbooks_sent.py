"""What departments, trusts and municipalities are sent, and the calendars."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.problem.option import shortest_service
from scheduler.report.book import plan_tables
from scheduler.report.books.departments import department_books
from scheduler.report.books.municipalities import municipality_books
from scheduler.report.books.trusts import trust_books
from scheduler.report.table import Book, Tint
from scheduler.report.texts import Delivery
from scheduler.report.workbook import workbook
from tests.builders import a_round, candidate, lock, vacancy
from tests.report.test_workbooks import SAMPLES, sample

NB = Translator("nb")


def cells_of(book: Book, who: str) -> dict[str, Any]:
    for _, part in book.tables[0].placed():
        for row in part.rows:
            if who in row[:4]:
                return dict(zip(part.headers, row, strict=True))
    raise AssertionError(who)


def of(books: list[Book], part: str) -> Book:
    (book,) = (book for book in books if part in book.file)
    return book


def test_a_department_is_told_in_a_sentence_who_comes_and_when() -> None:
    books = department_books(sample("small"))
    one = cells_of(of(books, "Bodø - Barnemedisin"), "K03")
    assert one["Kort sagt"] == (
        "Kommer 1.8.2026 til 31.1.2027 (seks måneder). "
        "Arbeidsavtale innen 1.5.2026. Inntil 5 kursdager hører med."
    )
    half = cells_of(of(books, "Vesterålen - Generell kirurgi"), "K06")
    assert half["Kort sagt"] == (
        "Kommer 1.1.2027 til 31.3.2027 (tre pluss tre måneder, andre halvdel). "
        "Arbeidsavtale innen 1.6.2026. Inntil 3 kursdager hører med. Det tas forbehold om at det "
        "forventede vikariatet blir bekreftet."
    )
    joined = cells_of(of(books, "Bodø - Generell indremedisin"), "K07")
    assert "Tjenesten er i V07, V08, uten avbrudd." in joined["Kort sagt"]
    known = cells_of(of(books, "Vesterålen - Generell indremedisin"), "Kandidat 012")
    assert known["Status for plassen"] == "arbeidsavtale"
    assert "Arbeidsavtale innen" not in known["Kort sagt"]


def test_a_municipality_is_told_in_a_sentence_what_each_of_its_own_gets() -> None:
    books = municipality_books(sample("small"))
    assert cells_of(of(books, "1865"), "K01")["Kort sagt"] == (
        "Får tilbud om plass ved Generell indremedisin, Nordlandssykehuset Lofoten, fra 1.3.2027 "
        "til 31.8.2027 (seks måneder). Oppstart: 6 måneder etter ønsket. Arbeidsavtale innen "
        "1.12.2026. Svar innen 15.3.2026."
    )
    assert cells_of(of(books, "1806"), "K09")["Kort sagt"] == (
        "Det er ingen plass i denne runden. Ventetiden beholdes. Kommunen spør straks kandidaten "
        "om ønsket om å begynne 1.9.2026 fortsatt gjelder."
    )
    late = of(books, "1865").tables[2].rows[0]
    assert late[-1] == "Stedet er som ønsket. Oppstart: 6 måneder etter ønsket."


@pytest.mark.parametrize("name", SAMPLES)
def test_others_read_no_points_and_no_ids_of_rules_or_goals(name: str) -> None:
    delivery = sample(name)
    books = (*department_books(delivery), *trust_books(delivery), *municipality_books(delivery))
    ids = {"agreement", "acceptance", "capacity", "deviation", "municipal-order", "wishes", "lot"}
    for book in books:
        for table in book.tables:
            for _, part in table.placed():
                text = " ".join(str(cell) for line in part.lines() for cell in line)
                assert not ids & set(re.findall(r"[\w-]+", text)), (book.file, text)
                assert not re.search(r"\bpoeng\b", text, re.I), (book.file, part.title)


def test_whom_to_ask_and_how_to_answer_stand_above() -> None:
    delivery = sample("small")
    round = delivery.round.changed(
        coordinator="Kari Nordmann",
        coordinator_email="kari@nord.example",
        coordinator_phone="75 00 00 00",
        channel="eFormidling",
        vacancies=tuple(
            v.model_copy(update={"contact": "Ola, 75 11"}) for v in delivery.round.vacancies
        ),
    )
    asked = replace(delivery, round=round)
    for books, silence in (
        (department_books(asked), "Hvis dere ikke svarer, er avdelingen enig."),
        (municipality_books(asked), "En kandidat som ikke svarer, har ikke takket ja."),
    ):
        assert all((silence in b.tables[0].notes) == bool(b.offers) for b in books)
        book = next(book for book in books if book.offers)
        notes = book.tables[0].notes
        assert (
            "Svar i de gule cellene innen 15.3.2026, lagre arbeidsboken og send den tilbake med "
            "eFormidling."
        ) in notes
        assert "Spørsmål: Kari Nordmann, kari@nord.example, telefon 75 00 00 00." in notes
    ward = of(department_books(asked), "Bodø - Barnemedisin")
    assert any("Ola, 75 11" in note for note in ward.tables[0].notes)
    assert any("Ola, 75 11" in str(row) for row in trust_books(asked)[0].tables[0].rows)


def test_a_day_that_is_past_is_not_asked_for() -> None:
    days = date(2026, 9, 1), date(2027, 2, 28)
    held = [lock("A", "V", *days, status="offered", reply_by=date(2026, 2, 15))]
    round = a_round([candidate("A")], [vacancy("V")], locks=held, run_date=date(2026, 3, 1))
    delivery = Delivery(make_plan(make_case(round)).plan, round, Translator("nb"))
    for books in (department_books(delivery), municipality_books(delivery)):
        (notes,) = [book.tables[0].notes for book in books]
        assert "Fristen for å svare var 15.2.2026. Svar straks." in notes
        assert not any("innen 15.2.2026" in note for note in notes)
    (town,) = municipality_books(delivery)
    assert str(cells_of(town, "A")["Kort sagt"]).endswith(
        "Fristen for å svare var 15.2.2026. Svar straks."
    )


def test_the_municipality_asks_those_who_wait_by_six_months_before_the_wish() -> None:
    far = candidate("A", wished_start=date(2026, 11, 1))
    round = a_round([far], [], wishes=[], run_date=date(2026, 3, 1))
    delivery = Delivery(make_plan(make_case(round)).plan, round, Translator("nb"))
    (town,) = municipality_books(delivery)
    assert str(cells_of(town, "A")["Kort sagt"]).endswith(
        "Kommunen spør kandidaten innen 1.5.2026 om ønsket om å begynne 1.11.2026 fortsatt gjelder."
    )
    (found,) = (t for t in plan_tables(delivery) if t.name == "Frister")
    assert found.rows[0][:3] == (
        date(2026, 5, 1),
        "kommunen spør om ønsket fortsatt gjelder",
        "A",
    )


@pytest.mark.parametrize("status", ["on_hold", "waiting"])
def test_the_municipality_does_not_ask_those_on_hold_or_with_a_promise(status: str) -> None:
    far = candidate(
        "A",
        wished_start=date(2026, 11, 1),
        status=status,
        remaining_months=3,
        plan_rest=status == "waiting",
    )
    held = [lock("A", "V", date(2026, 11, 1), date(2027, 1, 31))] if status == "waiting" else []
    round = a_round([far], [vacancy(start=date(2026, 11, 1))], wishes=[], locks=held)
    (town,) = municipality_books(Delivery(make_plan(make_case(round)).plan, round, NB))
    told = [row for _, part in town.tables[0].placed() for row in part.rows]
    assert len(told) == (2 if held else 1)
    assert "spør kandidaten" not in str(told)


def test_no_answer_is_asked_for_in_words_where_the_place_is_not_settled() -> None:
    days = date(2026, 9, 1), date(2027, 2, 28)
    held = [
        lock(who, name, *days, status="offered", reply_by=date(2026, 3, 15))
        for who, name in (("A", "V"), ("B", "V"), ("C", "GONE"))
    ]
    round = a_round([candidate(who) for who in "ABC"], locks=held)
    (town,) = municipality_books(Delivery(make_plan(make_case(round)).plan, round, NB))
    for who in "ABC":
        told = str(cells_of(town, who)["Kort sagt"])
        assert "Plassen er ikke avklart" in told
        assert "Svar innen" not in told
    assert told.startswith("Har fått tilbud om plass fra 1.9.2026 til 28.2.2027, men vikariatet")


def test_whoever_has_not_answered_is_not_said_to_serve() -> None:
    first = date(2026, 2, 1)
    held = [lock("A", "V", first, date(2026, 7, 31), status="offered")]
    round = a_round([candidate("A")], [vacancy("V", first)], locks=held)
    (ward,) = department_books(Delivery(make_plan(make_case(round)).plan, round, NB))
    assert str(cells_of(ward, "A")["Kort sagt"]).startswith("Har fått tilbud om plass fra 1.2.2026")


def test_nothing_is_asked_about_an_offer_whose_days_are_over() -> None:
    old, days = (date(2025, 9, 1), date(2026, 2, 28)), (date(2026, 9, 1), date(2027, 2, 28))
    held = [lock("A", "V", *old, status="offered"), lock("B", "V", *days, status="offered")]
    round = a_round([candidate("A"), candidate("B")], [vacancy("V", old[0], days[1])], locks=held)
    delivery = Delivery(make_plan(make_case(round)).plan, round, NB)
    for books in (department_books(delivery), municipality_books(delivery)):
        assert [row.candidate_id for book in books for row in book.offers] == ["B"]


def test_a_trust_has_all_its_departments_on_one_sheet() -> None:
    delivery = sample("nord")
    for book in trust_books(delivery):
        own = {v.vacancy_id for v in delivery.round.vacancies if v.trust == book.title}
        comes = [
            s for p in delivery.placements for s in p.stretches if s[0].segment.vacancy_id in own
        ]
        proposed = [row for row in book.tables[0].rows if "foreslått" in row]
        assert len(proposed) == len(comes)
        assert [table.name for table in book.tables][:2] == ["Kandidater som kommer", "Ubrukt"]
        assert {"Kalender", "Frister", "Behov"} <= {table.name for table in book.tables}


def test_a_calendar_has_a_name_in_each_bar_and_a_colour_for_each_status() -> None:
    tables = {table.name: table for table in plan_tables(sample("conflict"))}
    calendar = tables["Kalender"]
    rows = {row[3]: row for row in calendar.rows}
    assert "Kandidat 004 K04" in rows["V3"]
    tints = {tint for _, tint in calendar.legend}
    assert {Tint.NEW, Tint.OFFERED, Tint.ACCEPTED, Tint.IN_SERVICE, Tint.WARN} <= tints
    assert set(calendar.tints.values()) == tints


def test_a_calendar_begins_a_page_for_every_trust_with_header_and_colours_on_each() -> None:
    delivery = sample("nord")
    (calendar,) = (t for t in plan_tables(delivery) if t.name == "Kalender")
    trusts = sorted({v.trust for v in delivery.round.vacancies})
    book = load_workbook(BytesIO(workbook(Book("x", (calendar,), "x"), Translator("nb"))))
    sheet = book.worksheets[0]
    own = [sheet.cell(line, 1).value for line in range(1, sheet.max_row + 1)]
    assert [line.id + 1 for line in sheet.row_breaks.brk] == [own.index(t) + 1 for t in trusts[1:]]
    head = own.index("Helseforetak") + 1
    assert own[head - 3] == "Ny i denne planen"
    assert sheet.print_title_rows == f"${head - 2}:${head}"


def test_unused_days_too_few_for_anybody_are_not_offered_to_a_department() -> None:
    held = [lock("A", "V", date(2026, 9, 1), date(2027, 2, 28), status="accepted")]
    for last, told in ((date(2027, 7, 31), False), (date(2027, 8, 31), True)):
        window = vacancy("V", date(2026, 9, 1), last)
        round = a_round([candidate("A"), candidate("B", wished_start=date(2030, 1, 1))], [window])
        round = round.changed(locks=tuple(held))
        assert shortest_service(round) == 6
        plan = make_plan(make_case(round)).plan
        (book,) = department_books(Delivery(plan, round, Translator("nb")))
        text = str(book.tables[0])
        assert ("Ledig fra 1.3.2027" in text) == told
        assert text.count("Ledig fra 1.3.2027 til 31.8.2027 (seks måneder).") == told


def test_whoever_is_too_many_takes_the_position_once_it_is_there() -> None:
    delivery = sample("conflict")
    tables = (
        *plan_tables(delivery),
        *(t for book in trust_books(delivery) for t in book.tables),
        *(t for book in department_books(delivery) for t in book.tables),
    )
    calendars = [
        part
        for table in tables
        for _, part in table.placed()
        if table.name == "Kalender" and any("V1" in row for row in part.rows)
    ]
    assert len(calendars) == 3
    for table in calendars:
        at = [n for n, row in enumerate(table.rows) if "V1" in row]
        months = {c.header: n for n, c in enumerate(table.columns) if c.narrow}
        lanes = [[table.tints[row, n] for n in months.values()] for row in at]
        # From March 2026, when K01 is there; K02 from September, K01 till October.
        assert len(lanes) == 2
        assert lanes[0][6:13] == [Tint.IN_SERVICE] * 2 + [Tint.OUTSIDE] * 4 + [Tint.OFFERED]
        assert lanes[1][5:13] == [
            Tint.OUTSIDE,
            *[Tint.WARN] * 2,
            *[Tint.CONTRACT] * 4,
            Tint.OUTSIDE,
        ]
