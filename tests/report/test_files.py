"""Everything that is written: all or nothing, safe texts, nobody's name where it must not be."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.entry import ChangeEntry
from models.plan import LotEntry, Plan
from models.round import Round
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.problem.alternatives import changes
from scheduler.problem.calendar import period
from scheduler.report.book import plan_tables
from scheduler.report.books.departments import department_books
from scheduler.report.books.trusts import trust_books
from scheduler.report.delivered.checking import read_plan
from scheduler.report.files import write_plan
from scheduler.report.sheets.others import lot_lines
from scheduler.report.table import Book, Column, Table
from scheduler.report.texts import Delivery, days_apart
from scheduler.report.workbook import workbook
from scheduler.solver.clock import Clock
from scheduler.support.resources import data_folder
from tests.delivery import departments_in, names_in, plan_in

SAMPLES = data_folder() / "samples"


def deliver(name: str, language: str = "nb") -> Delivery:
    read = read_round(SAMPLES / name, language)
    assert read.round is not None
    # What the workbooks show does not depend on how good the plan is; nord takes long.
    clock = Clock.after(1.0 if name == "nord" else None)
    made = make_plan(make_case(read.round), origin=read.origin, clock=clock)
    return Delivery(made.plan, read.round, Translator(language), made.proof)


@pytest.fixture(scope="module")
def small() -> Delivery:
    return deliver("small")


@pytest.fixture(scope="module")
def nord() -> Delivery:
    return deliver("nord")


def cells(path: Path) -> Iterator[Any]:
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            yield from (c for c in row if c.value is not None)


def test_small_is_as_told_by_hand(small: Delivery) -> None:
    found = {
        p.candidate_id: (p.shape, p.points, [(s.vacancy_id, str(s.start)) for s in p.segments])
        for p in small.plan.placements
    }
    assert found == {
        "K01": ("six", 84, [("V02", "2027-03-01")]),
        "K02": ("six", 0, [("V01", "2026-09-01")]),
        "K03": ("six", 0, [("V03", "2026-08-01")]),
        "K04": ("six", 0, [("V04", "2026-08-15")]),
        "K05": ("six", 4, [("V04", "2027-02-15")]),
        "K06": ("split", 48, [("V05", "2026-09-01"), ("V09", "2027-01-01")]),
        "K07": ("joined", 0, [("V07", "2026-09-01"), ("V08", "2026-12-01")]),
    }
    assert {u.candidate_id: u.part for u in small.plan.unplaced} == {
        "K08": "unplaced",
        "K09": "unplaced",
        "K10": "past_limit",
        "K11": "on_hold",
    }
    reasons = {
        (e.candidate_id, e.rank): [r.finding.rule for r in e.refusals]
        for e in small.plan.explanations
        if e.outcome == "rule"
    }
    assert reasons[("K08", 1)] == ["fit"]
    assert set(reasons[("K09", 1)]) == {"agreement"}


def test_the_files_of_a_plan(small: Delivery, tmp_path: Path) -> None:
    files = write_plan(small, tmp_path / "plan").files
    names = names_in(tmp_path / "plan")
    alone = ["plan.json", names.plan, names.page, "proof.json", names.answers]
    assert [f.name for f in files[:5]] == alone
    assert all(f.is_file() for f in files)
    folders = {names.departments, names.trusts, names.municipalities}
    assert {f.parent.name for f in files[5:]} == folders
    text = files[0].read_text(encoding="utf-8")
    plan = Plan.from_json(text)
    assert plan.model_copy(update={"files": {}}) == small.plan
    paths = [f.relative_to(tmp_path / "plan").as_posix() for f in files[1:]]
    assert sorted(plan.files) == sorted(paths)
    for name, checksum in plan.files.items():
        content = (tmp_path / "plan" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == checksum, name
    hidden = read_plan(plan_in(tmp_path / "plan")).plan  # it cannot hold its own SHA-256
    assert hidden == small.plan
    assert sorted(p.name for p in tmp_path.iterdir()) == ["plan"]


def test_plan_json_holds_no_names(small: Delivery) -> None:
    text = small.plan.to_json()
    assert not any(c.name in text for c in small.round.candidates)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    read = read_round(SAMPLES / "small")
    assert read.round is not None
    signs = ["=1+1", "+47 900 00 000", "-5", "@SUM(A1)"]
    people = [
        c.model_copy(update={"name": signs[n % 4]}) for n, c in enumerate(read.round.candidates)
    ]
    round = read.round.model_copy(update={"candidates": tuple(people)})
    delivery = Delivery(
        make_plan(make_case(round), origin=read.origin).plan, round, Translator("nb")
    )
    write_plan(delivery, tmp_path / "plan")
    odd = [c for c in cells(plan_in(tmp_path / "plan")) if str(c.value)[:1] in "=+-@"]
    assert {str(c.value).split(" K")[0].split(", ")[0] for c in odd} == set(signs)
    assert all(c.data_type == "s" for c in odd)


def test_a_workbooks_title_shows_what_cannot_be_seen() -> None:
    table = Table("S", "T", (Column("A"),), (("a",),))
    content = workbook(Book("x.xlsx", (table,), "Round\x01"), Translator("en"))
    assert load_workbook(BytesIO(content)).properties.title == "Round\\u0001"


def test_dates_are_real_dates_in_norwegian_form(small: Delivery, tmp_path: Path) -> None:
    write_plan(small, tmp_path / "plan")
    days = [c for c in cells(plan_in(tmp_path / "plan")) if isinstance(c.value, datetime)]
    assert len(days) > 30
    assert {c.number_format for c in days} == {"d.m.yyyy"}


def test_every_sheet_is_ready_to_print_and_filter(small: Delivery, tmp_path: Path) -> None:
    write_plan(small, tmp_path / "plan")
    for path in (plan_in(tmp_path / "plan"), *departments_in(tmp_path / "plan")):
        for sheet in load_workbook(path).worksheets:
            if sheet.sheet_state != "visible":
                continue
            assert sheet.freeze_panes, sheet.title
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.page_setup.fitToWidth == 1
            assert sheet.print_title_rows


@pytest.mark.parametrize("name", ["small", "nord", "conflict"])
def test_a_department_sees_its_own_and_no_names_before_they_are_accepted(name: str) -> None:
    delivery = deliver(name)
    round = delivery.round
    named = {k.candidate_id: k.vacancy_id for k in round.locks if k.status.value != "offered"}
    for book in department_books(delivery):
        text = " ".join(
            str(cell) for table in book.tables for line in table.lines() for cell in line
        )
        title = book.tables[0].title
        own = {v.vacancy_id for v in round.vacancies if title == f"{v.department}, {v.site}"}
        assert own
        comers = {
            p.candidate_id for p in delivery.placements if any(s.vacancy_id in own for s in p.bare)
        } | {k.candidate_id for k in round.locks if k.vacancy_id in own}
        words = set(text.replace(",", " ").split())
        for person in round.candidates:
            accepted_here = named.get(person.candidate_id) in own
            assert (person.name in text) == (bool(person.name) and accepted_here), book.file
            assert (person.candidate_id in words) <= (person.candidate_id in comers), book.file


def test_department_files_have_names_that_every_system_takes(nord: Delivery) -> None:
    files = [b.file for b in department_books(nord)]
    assert len({f.casefold() for f in files}) == len(files)
    assert not any(set(f) & set('<>:"/\\|?*') for f in files)


def test_what_the_lot_decided_is_told_with_what_was_not_examined(small: Delivery) -> None:
    """The three cases of the summary: all, some and none of it is known."""
    case = changes(small.placements, small.placements[1:])

    def told(examined: bool, *groups: list[ChangeEntry]) -> list[str]:
        lot = LotEntry(examined=examined, groups=list(groups))
        return list(lot_lines(replace(small, plan=small.plan.model_copy(update={"lot": lot}))))

    assert told(True) == ["Ingenting er avgjort bare ved loddtrekning."]
    assert told(False) == ["Om noe er avgjort bare ved loddtrekning, er ikke undersøkt."]
    assert told(False, case) == [
        "1 tilfelle er avgjort bare ved loddtrekning, og står i arket «Teknisk – mål og "
        "loddtrekning».",
        "Om mer enn dette er avgjort bare ved loddtrekning, er ikke undersøkt.",
    ]


def test_set_aside_stands_first() -> None:
    read = read_round(SAMPLES / "small")
    assert read.round is not None
    plan = make_plan(make_case(read.round), origin=read.origin).plan.model_copy(
        update={"set_aside": ["K99"]}
    )
    delivery = Delivery(plan, read.round, Translator("nb"))
    assert "K99" in str(plan_tables(delivery)[0].lines()[:9])
    for book in (*department_books(delivery), *trust_books(delivery)):
        assert "1 kandidat er holdt utenfor" in book.tables[0].notes[0]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_sheet_can_be_made_in_every_language(language: str) -> None:
    for name in ("small", "conflict", "vest"):
        delivery = deliver(name, language)
        tables = plan_tables(delivery)
        assert len({t.name[:31] for t in tables}) == len(tables)
        for table in tables:
            assert all(len(row) == len(table.columns) for row in table.rows), table.name


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 1), "Som ønsket"),
        (date(2026, 9, 2), "1 dag etter ønsket"),
        (date(2026, 9, 30), "29 dager etter ønsket"),
        (date(2026, 10, 1), "1 måned etter ønsket"),
        (date(2026, 10, 2), "2 måneder etter ønsket"),
        (date(2026, 8, 31), "1 dag før ønsket"),
        (date(2026, 8, 1), "1 måned før ønsket"),
    ],
)
def test_less_than_a_month_is_told_in_days(day: date, expected: str) -> None:
    assert days_apart(Translator("nb"), period(date(2026, 9, 1), date(2026, 9, 1)), day) == expected


def test_a_wish_for_the_last_of_a_month_is_told_in_days() -> None:
    wished = period(date(2026, 8, 31), date(2026, 8, 31))
    assert days_apart(Translator("nb"), wished, date(2026, 9, 1)) == "1 dag etter ønsket"


def test_the_round_of_a_sample_is_a_round() -> None:
    for name in ("small", "nord", "vest", "conflict"):
        assert isinstance(read_round(SAMPLES / name).round, Round), name
