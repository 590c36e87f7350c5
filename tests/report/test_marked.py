"""The marked copy is the user's own workbook, with what is to be mended told in it."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import coordinate_to_tuple

from scheduler.explanations.wording.warnings import option_warnings
from scheduler.input import Message, ReadResult, Severity, read_round
from scheduler.locale import Translator
from scheduler.quarter.own_files.comments import box_height
from scheduler.report.marked import marked_copy
from tests.quarter.moving import lived_in, look
from tests.report.test_files import SAMPLES

NB = Translator("nb")


def marked(path: Path, out: Path) -> tuple[ReadResult, list[Message]]:
    read = read_round(path)
    messages = [*read.messages, *option_warnings(read)]
    out.write_bytes(marked_copy(read, messages, NB))
    return read, messages


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workbook with a chart, a Table, colours and comments, and two errors and a warning."""
    path = lived_in(tmp_path / "runde.xlsx")
    book = load_workbook(path)
    book["Kandidater"]["L5"] = "gml"
    book["Vikariater"]["F3"] = "snart"
    book["Tildelingsrunde"].sheet_view.tabSelected = True
    book.save(path)
    return path


def test_everything_of_the_users_own_is_as_it_was(own: Path, tmp_path: Path) -> None:
    marked(own, tmp_path / "marked.xlsx")
    one, two = load_workbook(own), load_workbook(tmp_path / "marked.xlsx")
    assert two.sheetnames == ["Feil", *one.sheetnames]
    for sheet in one.worksheets:
        other = two[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                assert (cell.value, look(cell)) == (twin.value, look(twin)), cell.coordinate
                if cell.comment:
                    assert twin.comment
                    assert twin.comment.text.startswith(cell.comment.text)
        assert sheet.freeze_panes == other.freeze_panes
    with zipfile.ZipFile(own) as before, zipfile.ZipFile(tmp_path / "marked.xlsx") as after:
        kept = {n for n in before.namelist() if "chart" in n or "table" in n or "theme" in n}
        assert any("chart" in name for name in kept)
        assert all(before.read(name) == after.read(name) for name in kept)


def test_each_problem_stands_in_its_cell_and_in_the_first_sheet(own: Path, tmp_path: Path) -> None:
    _, messages = marked(own, tmp_path / "marked.xlsx")
    book = load_workbook(tmp_path / "marked.xlsx")
    first = book.worksheets[0]
    assert book.active is first
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["Feil"]
    rows = list(first.iter_rows(min_row=2))
    assert len(rows) == len(messages) > 2
    assert {row[2].value for row in rows} == {"Feil", "Melding"}
    assert len({row[2].fill.fgColor.rgb for row in rows}) == 2
    titles = [str(row[0].value) for row in rows]
    assert titles == sorted(titles, key=book.sheetnames.index)
    for row in rows:
        link = row[1].hyperlink
        assert link
        found = re.fullmatch(r"'(.*)'!([A-Z]+\d+)", str(link.location))
        assert found
        comment = book[found[1]].cell(*coordinate_to_tuple(found[2])).comment
        assert comment
        assert f"{row[2].value}: {row[4].value}" in comment.text


def test_the_box_of_a_comment_is_as_high_as_its_text(own: Path, tmp_path: Path) -> None:
    read, _ = marked(own, tmp_path / "marked.xlsx")
    title = next(g.sheet for g in read.grids if g.sheet == "Kandidater")
    book = load_workbook(tmp_path / "marked.xlsx")
    comment = book[title]["L5"].comment
    assert comment
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as parts:
        boxes = "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith(".vml"))
    assert f"height:{box_height(comment.text):g}pt" in boxes
    assert box_height("a" * 500) > box_height("a" * 50) > 0


def test_a_comment_that_is_there_is_kept_above_and_its_box_grows(tmp_path: Path) -> None:
    path = lived_in(tmp_path / "runde.xlsx")
    book = load_workbook(path)
    cell, before = book["Kandidater"]["L5"], "spør kommunen"
    cell.value, cell.comment = "gml", Comment(before, "Kari")
    book.save(path)
    marked(path, tmp_path / "marked.xlsx")
    now = load_workbook(tmp_path / "marked.xlsx")["Kandidater"]["L5"].comment
    assert now
    assert now.text.startswith(f"{before}\n\nFeil: ")
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as parts:
        boxes = "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith(".vml"))
    assert f"height:{box_height(now.text):g}pt" in boxes


def test_of_csv_files_a_workbook_is_made(tmp_path: Path) -> None:
    marked(SAMPLES / "vest", tmp_path / "marked.xlsx")
    book = load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames[0] == "Feil"
    link = book["Feil"]["B2"].hyperlink
    assert link
    assert link.location == "'candidates'!A3"
    assert book["candidates"]["A3"].comment


def test_without_problems_the_first_sheet_says_so(tmp_path: Path) -> None:
    read = read_round(SAMPLES / "small")
    assert not any(m.severity is Severity.ERROR for m in read.messages)
    (tmp_path / "marked.xlsx").write_bytes(marked_copy(read, (), NB))
    sheet = load_workbook(tmp_path / "marked.xlsx").worksheets[0]
    assert sheet["A2"].value == "Ingen feil og ingen advarsler."


def test_a_copy_that_is_mended_and_marked_again_says_only_what_is_still_wrong(
    own: Path, tmp_path: Path
) -> None:
    book = load_workbook(own)
    book["Kandidater"]["L5"].comment = Comment("spør kommunen", "Kari")
    book.save(own)
    one, two, three = (tmp_path / f"{n}.xlsx" for n in (1, 2, 3))
    marked(own, one)
    marked(one, two)
    assert load_workbook(two).sheetnames == load_workbook(one).sheetnames
    assert _comments(two) == _comments(one)
    assert not any(
        m.place.sheet == "Feil" for m in read_round(one).messages
    )  # not a sheet of theirs
    lists = [list(load_workbook(path)["Feil"].iter_rows(values_only=True)) for path in (one, two)]
    assert lists[0] == lists[1]
    book = load_workbook(two)
    book["Kandidater"]["L5"], book["Vikariater"]["F3"] = "ny", date(2027, 8, 31)
    book.save(two)
    marked(two, three)
    before = {place: text for place, text in _comments(own).items() if text}
    assert _comments(three).items() >= before.items()
    assert not any("Feil: " in text for text in _comments(three).values())
    with zipfile.ZipFile(three) as parts:
        shapes = [parts.read(n).count(b":shape ") for n in parts.namelist() if n.endswith(".vml")]
    assert sum(shapes) == len(_comments(three))


def _comments(path: Path) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
