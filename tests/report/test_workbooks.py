"""What the one who gets a workbook sees: sentences, links, and paper on which all can be read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from models.department import Department
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.book import all_books, plan_tables
from scheduler.report.page.meeting import report_page
from scheduler.report.sheets.decisions import decisions as all_decisions
from scheduler.report.sheets.people import waiting_table
from scheduler.report.sheets.summary import verdict
from scheduler.report.table import Book, Column, Table
from scheduler.report.texts import Delivery
from scheduler.report.workbook import _lines, workbook
from tests.builders import TRUST, a_round, candidate, lock, vacancy, wish
from tests.report.test_files import deliver

SAMPLES = ("small", "vest", "conflict", "nord")
# A4 on its side without margins, in dots of 1/96 inch, where a column is 7 dots a sign and 5 more.
_PAPER = (11.69 - 2 * 0.4) * 96
_LEAST_SCALE = 0.70


@cache
def sample(name: str) -> Delivery:
    return deliver(name)


def every_sheet(delivery: Delivery) -> Iterator[tuple[str, Table]]:
    for path, book in all_books(delivery).items():
        for table in book.tables:
            yield path, table


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sheet_can_be_read_on_a_page_on_its_side(name: str) -> None:
    for path, table in every_sheet(sample(name)):
        dots = sum(7 * width + 5 for width in table.widths)
        assert _PAPER / dots >= _LEAST_SCALE, (path, table.name, dots)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_of_a_header_is_broken(name: str) -> None:
    for path, table in every_sheet(sample(name)):
        for _, part in table.placed():
            for header, width in zip(part.headers, table.widths, strict=False):
                words = re.split(r" |(?<=-)", header)
                assert max(map(len, words)) <= width, (path, part.title, header)


@pytest.mark.parametrize(
    ("name", "lines"), [("Plasseringer", 2), ("Kalender", 2), ("Forklaringer", 2), ("Behov", 1)]
)
def test_a_line_is_no_higher_than_a_long_name_of_a_site_asks_for(name: str, lines: int) -> None:
    (table,) = (t for t in plan_tables(sample("vest")) if t.name == name)
    sites = [n for n, head in enumerate(table.headers) if head == "Tjenestested"]
    assert [_lines("Haukeland universitetssjukehus", table.widths[n]) for n in sites] == [lines]


def test_a_long_word_begins_on_a_line_of_its_own() -> None:
    """Where there is no room for it beside the word before, no program breaks it there."""
    place = "Stavanger universitetssjukehus (SUS)"
    table = Table(name="A", title="A", columns=(Column("B", 19),), rows=((place,),))
    made = load_workbook(BytesIO(workbook(Book("A", (table,), "A"), Translator("nb"))))
    sheet = made.worksheets[0]
    line = next(n for n, row in enumerate(sheet.values, 1) if row[0] == place)
    assert sheet.row_dimensions[line].height == 46


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_of_the_placements_is_broken(name: str) -> None:
    table = next(t for t in plan_tables(sample(name)) if t.name in ("Plasseringer", "Plasseringar"))
    for n, column in enumerate(table.columns):
        texts = [str(row[n] or "") for row in table.rows]
        words = [len(w) for text in texts for w in re.split(r"[ /]|(?<=-)", text)]
        # A width is in digits; letters are narrower, those of a header are bold.
        assert max(words) <= 1.12 * column.width, column.header
        assert max(map(len, re.split(r" |(?<=-)", column.header))) <= column.width


def test_the_points_of_three_plus_three_stand_once() -> None:
    delivery = sample("small")
    table = next(t for t in plan_tables(delivery) if t.name == "Plasseringer")
    points = [row[table.headers.index("Poeng")] for row in table.rows]
    assert any(p.shape == "split" and p.points for p in delivery.placements)
    assert sum(p for p in points if isinstance(p, int)) == sum(
        p.points for p in delivery.placements
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_no_day_or_number_is_too_wide_for_its_column(name: str) -> None:
    for path, table in every_sheet(sample(name)):
        for _, part in table.placed():
            for row in part.rows:
                for cell, width in zip(row, table.widths, strict=False):
                    shown = Translator("nb").day(cell) if isinstance(cell, date) else str(cell)
                    if isinstance(cell, date | int):
                        assert len(shown) <= width, (path, part.title, cell)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_first_sheet_leads_to_every_other_and_names_those_left_out(name: str) -> None:
    start, *others = plan_tables(sample(name))
    assert len(others) <= 12
    assert all(table.rows for table in others)
    where = start.below[-1]
    assert [row[0] for row in where.rows] == [table.name for table in others]
    assert list(where.links.values()) == [table.name for table in others]
    told = {row[0] for row in where.rows} | set(re.split(r"[:,.] ?", " ".join(where.notes)))
    assert {"Plasseringer", "Plasseringar"} & told
    assert {"Konflikter", "Konfliktar"} & told


def test_an_empty_sheet_is_left_out_and_said_to_be() -> None:
    start, *others = plan_tables(sample("conflict"))
    assert "Venteliste" not in {table.name for table in others}
    assert start.below[-1].notes == (
        "Utelatt fordi det ikke er noe å vise: Venteliste, Hva som ville hjelpe, "
        "Kommunenes prioritering.",
    )


def decisions(delivery: Delivery) -> dict[str, tuple[Any, ...]]:
    start, *_ = plan_tables(delivery)
    return {str(row[0]): row[1:] for part in start.below[:-1] for row in part.rows}


def test_what_needs_a_decision_stands_on_the_first_sheet_with_who_and_where() -> None:
    found = decisions(sample("conflict"))
    number, who, by, sheet = found["Løfter som kolliderer: Avgjør hva som skal endres"]
    assert (number, by, sheet) == (4, None, "Konflikter")
    assert "Kandidat 004 K04" in who
    small = decisions(sample("small"))
    number, who, *others = small["Tilbud som venter på svar"]
    assert others == [date(2026, 3, 15), "Plasseringer"]
    # One of the seven has an offer in two parts.
    assert number == len(sample("small").placements) == len(who.split(", ")) == 7
    past = small["Ønsket tidsrom kan ikke lenger holdes: Kommunen bekrefter et nytt ønske"]
    assert past == (1, "Kandidat 010 K10", None, "Venteliste")


def test_the_waiting_list_says_what_stood_in_the_way() -> None:
    people = [candidate("A"), candidate("B"), candidate("C"), candidate("D")]
    wishes = [wish("A"), wish("B"), wish("C", site="Bodø"), wish("D", site="Voss")]
    windows = [vacancy("V"), vacancy("W", end=date(2026, 12, 31), site="Bodø")]
    voss = Department(trust=TRUST, site="Voss", department="Kirurgi")
    given = [Department(trust=TRUST, site=v.site, department=v.department) for v in windows]
    round = a_round(people, windows, wishes=wishes, departments=[*given, voss])
    plan = make_plan(make_case(round)).plan
    told = [r[-1] for r in waiting_table(Delivery(plan, round, Translator("nb"))).rows]
    assert told == [
        "Mulig for kandidaten alene, men ikke gitt i denne planen: ønske 1.",
        "Ingen av ønskene var mulige. Det som sto i veien: kravet om at tjenesten får plass i "
        "vikariatet.",
        "Ingen vikariater svarer til noen av ønskene.",
    ]


@pytest.mark.parametrize("name", ["small", "vest", "conflict"])
def test_the_first_sheet_and_the_meeting_page_ask_for_the_same_decisions(name: str) -> None:
    delivery = sample(name)
    told = {what: number for what, (number, *_) in decisions(delivery).items()}
    told.pop("Tilbud som venter på svar", None)  # nothing to decide
    page = report_page(delivery).decode()
    found = re.findall(r'<h3>([^<]*) <span class="count">(\d+) kandidat', page)
    assert {what: int(number) for what, number in found} == told


@pytest.mark.parametrize(
    ("reply_by", "what"),
    [
        (date(2026, 2, 1), "Tilbud der svarfristen er ute: Spør igjen, eller trekk dem tilbake"),
        (date(2026, 3, 1), "Tilbud som venter på svar"),
        (None, "Tilbud uten svarfrist: Sett en frist"),
    ],
)
def test_an_offer_is_told_by_the_day_for_its_answer(reply_by: date | None, what: str) -> None:
    days = date(2026, 9, 1), date(2027, 2, 28)
    held = [lock("A", "V", *days, status="offered", reply_by=reply_by)]
    round = a_round([candidate("A")], [vacancy("V")], locks=held, run_date=date(2026, 3, 1))
    plan = make_plan(make_case(round)).plan
    found = decisions(Delivery(plan, round, Translator("nb")))
    assert what in found
    assert sum(name.startswith("Tilbud") for name in found) == 1


def test_a_promise_in_a_vacancy_that_has_vanished_is_told_by_its_id() -> None:
    held = [lock("A", "X", date(2026, 6, 1), date(2026, 11, 30))]
    round = a_round([candidate("A")], [vacancy("V")], locks=held, run_date=date(2026, 3, 1))
    delivery = Delivery(make_plan(make_case(round)).plan, round, Translator("nb"))
    told = [case.text for one in all_decisions(delivery) for case in one.cases]
    assert "A, X, fra 1.6.2026: kommunen bekrefter på nytt, innen 1.12.2025." in told


def test_the_first_sheet_speaks_of_no_points_goals_or_solvers() -> None:
    for name in SAMPLES:
        start, *_ = plan_tables(sample(name))
        words = " ".join(
            str(cell) for _, part in start.placed() for line in part.lines() for cell in line
        )
        assert not re.search(r"poeng|sertifikat|målverdi|seed|hard-hit|last-chance", words, re.I)


def test_a_plan_that_the_lot_chose_is_not_said_to_have_no_equal() -> None:
    alone = sample("small")
    assert alone.plan.unique
    assert not alone.plan.lot.groups
    assert "Ingen annen plan er like god." in list(verdict(alone))
    lot = alone.plan.lot.model_copy(update={"groups": [[]]})
    chosen = replace(alone, plan=alone.plan.model_copy(update={"lot": lot}))
    text = " ".join(verdict(chosen))
    assert "Flere planer er like gode etter alle målene før loddtrekningen" in text
    assert "Ingen annen plan er like god" not in text


def test_the_first_sheet_says_which_limit_is_passed() -> None:
    start, *_ = plan_tables(sample("small"))
    figures = {row[0]: row[1] for row in start.rows}
    assert figures["Ønsket tidsrom kan ikke lenger holdes"] == 1
