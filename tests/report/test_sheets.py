"""Several tables on a sheet, links, and what a workbook knows of itself."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from models.plan import Plan
from scheduler.input.message import Severity
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.problem.calendar import DAY, add_months
from scheduler.quarter.answers.returned import read_returned
from scheduler.report.answers_file import find_answers
from scheduler.report.book import all_books
from scheduler.report.delivered.checking import check_delivered, read_plan
from scheduler.report.delivered.comparison import compare_workbook
from scheduler.report.delivered.shown import read_shown, shown_of
from scheduler.report.files import write_plan
from scheduler.report.sheets.vacancies import usage_table
from scheduler.report.stored import stored_in
from scheduler.report.table import Book, Column, Table, stacked
from scheduler.report.texts import Delivery
from scheduler.report.workbook import workbook
from tests.builders import RUN_DATE, SITE, TRUST, a_round, candidate, lock, vacancy
from tests.delivery import answers_in, plan_in, trusts_in
from tests.report.test_workbooks import sample


def test_a_workbook_for_a_trust_asks_nothing(tmp_path: Path) -> None:
    delivery = sample("small")
    write_plan(delivery, tmp_path / "plan")
    plan = Plan.from_json((tmp_path / "plan" / "plan.json").read_text("utf-8"))
    found = read_returned(trusts_in(tmp_path / "plan")[0], plan, Translator("nb"))
    assert found.given == ()
    (notice,) = found.messages
    assert notice.severity is Severity.NOTICE
    assert notice.finding.message.startswith("Nothing is asked in this workbook")


def test_the_answers_of_a_plan_are_found_under_any_name(tmp_path: Path) -> None:
    delivery = sample("small")
    folder = tmp_path / "plan"
    write_plan(delivery, folder)
    own = answers_in(folder)
    assert find_answers(folder, delivery.plan) == own
    own.rename(folder / "answers.xlsx")
    assert find_answers(folder, delivery.plan) == folder / "answers.xlsx"
    (folder / "answers.xlsx").unlink()
    assert find_answers(folder, delivery.plan) is None


def test_a_link_that_leads_elsewhere_is_found(tmp_path: Path) -> None:
    delivery = sample("small")
    write_plan(delivery, tmp_path / "plan")
    book = load_workbook(plan_in(tmp_path / "plan"))
    sheet = book.worksheets[0]
    linked = next(c for row in sheet for c in row if c.hyperlink is not None)
    assert linked.hyperlink is not None
    other = "Venteliste" if "Frister" in str(linked.hyperlink.location) else "Frister"
    for target in ("https://evil.example/", f"#'{other}'!A1"):
        linked.hyperlink = target
        book.save(tmp_path / "plan.xlsx")
        found = check_delivered(read_plan(tmp_path / "plan.xlsx"), make_case(delivery.round))
        assert [dict(f.values)["cell"] for f in found] == [linked.coordinate], target


def three() -> Book:
    """A sheet of three tables."""
    tables = [
        Table(name, name, (Column("A"), Column(f"B{n}")), ((f"{name}1", 1), (f"{name}2", 2)))
        for n, name in enumerate("xyz")
    ]
    return Book("x", (stacked(*tables),), "x")


def test_tables_on_one_sheet_stand_one_below_the_other_and_one_alone_is_filtered() -> None:
    book = three()
    assert book.tables[0].name == "z"
    sheet = load_workbook(BytesIO(workbook(book, Translator("nb")))).worksheets[0]
    lines = [tuple(c.value for c in row) for row in sheet.iter_rows()]
    for first, part in book.tables[0].placed():
        assert lines[first - 1][0] == part.title
        head = first - 1 + part.header_line
        assert lines[head - 1 : head + 2] == [part.headers, *part.rows]
    assert sheet.auto_filter.ref == "A3:B5"
    assert sheet.print_title_rows == "$3:$3"


def test_a_workbook_does_not_tell_when_it_was_written() -> None:
    content = workbook(three(), Translator("nb"))
    assert {part.date_time[0] for part in ZipFile(BytesIO(content)).infolist()} == {2000}


def test_a_table_without_rows_is_not_among_them() -> None:
    empty = Table("e", "e", (Column("A"),), ())
    full = Table("f", "f", (Column("A"),), (("a",),))
    assert [part.title for _, part in stacked(empty, full).placed()] == ["f"]
    assert [part.title for _, part in stacked(full, empty).placed()] == ["f"]
    assert stacked(full, empty).name == "e"
    assert not stacked(empty, empty).rows


def test_use_is_counted_in_months_from_the_run_date_on() -> None:
    # Half a year with two positions, of which one is given for all of it; and a year that was
    # begun eight months ago, of which four months are left, and three of them promised.
    begun = add_months(RUN_DATE, -8)
    windows = [
        vacancy("V", positions=2),
        vacancy("W", start=begun, end=add_months(begun, 12) - DAY, department="Kirurgi"),
    ]
    held = [lock("B", "W", begun, add_months(begun, 11) - DAY)]
    people = [candidate("A"), candidate("B", status="done")]
    round = a_round(people, windows, locks=held)
    delivery = Delivery(make_plan(make_case(round)).plan, round, Translator("nb"))
    assert usage_table(delivery).rows == ((TRUST, SITE, 2, 16, 3, 6, 7),)


def test_what_is_written_holds_what_is_compared() -> None:
    delivery = sample("vest")
    for path, book in list(all_books(delivery).items())[:6]:
        content = workbook(book, delivery.translator, stored_in(book, delivery.plan))
        sheets = load_workbook(BytesIO(content)).worksheets
        assert [s.title for s in sheets[:-1]] == [t.name[:31] for t in book.tables], path


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda sheet: sheet.delete_rows(4), ["the row of x1 is missing"]),
        (lambda sheet: sheet.insert_rows(5), []),
        (lambda sheet: sheet.delete_rows(11), ["the row of y2 is missing"]),
        (lambda sheet: sheet.append(["z9", 9, 9, 9]), ["line 18: this row is not in the plan"]),
        (lambda sheet: sheet.cell(17, 2, 7), ["cell B17: “7” stands there, but the plan says “2”"]),
    ],
)
def test_a_row_is_told_once_wherever_tables_below_it_have_moved(
    change: Callable[[Any], None], found: list[str], tmp_path: Path
) -> None:
    book, path = three(), tmp_path / "x.xlsx"
    content = workbook(book, Translator("nb"))
    changed = load_workbook(BytesIO(content))
    change(changed.worksheets[0])
    changed.save(path)
    told = list(compare_workbook("x", book.tables, shown_of(content), read_shown(path), "alis"))
    texts = [Translator("en").finding(one) for one in told]
    assert len(texts) == len(found), texts
    assert all(part in text for part, text in zip(found, texts, strict=True)), texts
