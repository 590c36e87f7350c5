"""Whatever stands in a text: it reads back as written, and moves no cursor."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from scheduler.input.files.door import open_workbook
from scheduler.input.files.workbook import read_grids, read_workbook
from scheduler.input.writing import write_input
from scheduler.locale import Translator
from scheduler.support.excel import escaped, put
from scheduler.support.visible import visible
from tests.hostile.package import run
from tools.hand_samples import small_facts

ODD = [
    "_x000D_",
    "_x000d_",
    "_x000D_x000D_",
    "__x000D__",
    "_x005F_x000D_",
    "_x005F_",
    "x_x0041_y",
    "_xZZZZ_",
    "_x00",
    "a\rb",
    "a\r\nb",
    "\tinnrykk",
    " mellomrom ",
    "\x00",
    "\x1b[31mrød",
    "\x07\x08\x0b\x0c\x1f",
    "\x7f\x85\x9b",
    "\ufffe",
    "\uffff",
    "\ufdd0\ufdef",
    "\u2028\u2029",
    "\u202etxet",
    "\u200b",
    "🙂\U0001fffe",
    "=1+1",
    "+47 12 34 56 78",
    "-",
    "@cmd",
    "'=1",
    "<b>&amp;</b>",
    "]]>",
    "#REF!",
    "x" * 30_000,
]


def written(folder: Path, *texts: str) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for line, text in enumerate(texts, 1):
        put(sheet, line, 1, text)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_what_is_read_back_is_what_was_written(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    (grid,) = read_workbook(path)
    assert grid.rows == [[text]]
    with zipfile.ZipFile(path) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    ElementTree.fromstring(part)
    assert b"<f>" not in part


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_text_reads_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = written(tmp_path_factory.mktemp("text"), *texts)
    with open_workbook(path) as package:
        (grid,) = read_grids(package)
    assert [row[0] if row else "" for row in grid.rows] == texts


@given(st.text(st.sampled_from("_x05Fd0A-\x1b ")))
@example("_x0000\x1b")
def test_escaping_is_undone_by_reading(text: str) -> None:
    from scheduler.input.files.sheet import unescaped

    assert unescaped(escaped(text)) == text


def test_lone_surrogates_never_reach_a_file(tmp_path: Path) -> None:
    (grid,) = read_workbook(written(tmp_path, "\ud800x"))
    assert grid.rows == [["\ufffdx"]]


@pytest.mark.parametrize("text", [*ODD[13:23], "\x1b]0;title\x07", "\x9b2J", "a\ud800b"])
def test_a_terminal_is_never_given_orders(text: str) -> None:
    shown = visible(f"{text}\n")
    assert shown.endswith("\n")
    assert not set(shown) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2028", "\x85"}
    shown.encode()


@pytest.mark.parametrize("command", ["check", "plan"])
def test_no_cell_reaches_the_terminal_as_an_order(tmp_path: Path, command: str) -> None:
    write_input(tmp_path / "in", small_facts(), Translator("en"))
    path = tmp_path / "in" / "vacancies.csv"
    text = path.read_text("utf-8-sig").replace("2027-02-28", "\x1b[31msnart\x9b2J", 1)
    path.write_text(text.replace("vacancy_id", "vacancy_id\u202e", 1), "utf-8")
    words = ["--out", str(tmp_path / "out")] if command == "plan" else ["--json"]
    said = run(command, tmp_path / "in", "--lang", "en", *words)
    assert said.code == 3
    assert not set(said.text) & {"\x1b", "\x9b", "\u202e"}


def test_no_name_of_a_file_reaches_the_terminal_as_an_order(tmp_path: Path) -> None:
    write_input(tmp_path / "in", small_facts(), Translator("en"))
    (tmp_path / "in" / "wishes\u202e.csv").write_text("x")
    assert "\u202e" not in run("check", tmp_path / "in").text
