"""Sheets, columns and files of other forms than those that alis makes itself."""

import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from models.plan import Plan
from scheduler.input.sheets import SHEETS
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.options import NextOptions
from scheduler.support.errors import CannotWriteError
from tests.quarter.moving import SMALL, book_after, moved, patched


def test_a_text_never_becomes_a_formula(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    options = NextOptions(name="=HYPERLINK(1)", unanswered=Unanswered.KEEP)
    path = tmp_path / "runde.xlsx"
    shutil.copy(SMALL, path)
    path.write_bytes(moved(path, sent, options)[path.name])
    cell = load_workbook(path)["Tildelingsrunde"]["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_sheets_and_columns_that_were_left_out_are_added(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    book = load_workbook(SMALL)
    del book["Takket nei"]
    people = book["Kandidater"]
    status = next(c.column for c in people[1] if c.value == "status")
    for row in people.iter_rows():
        row[status - 1].value = None
    people.cell(1, status).value = "egen kolonne"
    hold = [c.value for c in people["A"]].index("K11") + 1
    people.delete_rows(hold)
    for name in ("Ønsker", "Prioritet"):
        sheet = book[name]
        for line in reversed(range(2, sheet.max_row + 1)):
            if "K11" in [c.value for c in sheet[line]]:
                sheet.delete_rows(line)
    path = tmp_path / "runde.xlsx"
    book.save(path)
    after = load_workbook(book_after(path, sent))
    header = [c.value for c in after["Kandidater"][1]]
    assert header[-1] == "status"
    line = [c.value for c in after["Kandidater"]["A"]].index("K04") + 1
    assert after["Kandidater"].cell(line, len(header)).value == "trukket"
    rows = list(after["Takket nei"].iter_rows(values_only=True))
    assert rows[0] == ("kandidat-id", "vikariat-id", "avslått dato", "av")
    assert [r[:2] for r in rows[1:]] == [("K03", "V03"), ("K05", "V04")]


def test_a_row_that_goes_is_emptied_and_told_whole(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    book = load_workbook(SMALL)
    sheet = book["Unntak"]
    sheet["G1"] = "mappe"
    sheet.append(["K01", "scheme", "A", date(2026, 1, 1), "avtale", date(2026, 4, 1), "C:/x"])
    sheet.append(["K02", "scheme", "A", date(2026, 1, 1), "avtale", None, "C:/y"])
    path = tmp_path / "runde.xlsx"
    book.save(path)
    after = load_workbook(book_after(path, sent))
    assert [c.value for c in after["Unntak"][2]] == [None] * 7
    assert after["Unntak"]["A3"].value == "K02"
    rows = [r for r in after["Endringer"].iter_rows(values_only=True) if r[1] == "Unntak"]
    ((_, _, cell, about, _, was, now, why),) = rows
    assert (cell, about, now) == ("A2", "K01", "(raden er fjernet)")
    assert str(was).endswith("1.1.2026 · avtale · 1.4.2026 · C:/x")
    assert "1.4.2026" in str(why)


def test_vacancies_that_have_ended_are_grey(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    book = load_workbook(SMALL)
    sheet = book["Vikariater"]
    line = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(line, column).value = sheet.cell(2, column).value
    sheet.cell(line, 1).value = "V99"
    sheet.cell(line, 5).value, sheet.cell(line, 6).value = date(2026, 1, 1), date(2026, 4, 30)
    path = tmp_path / "runde.xlsx"
    book.save(path)
    after = load_workbook(book_after(path, sent))["Vikariater"]
    assert [after.cell(line, n).fill.fgColor.rgb for n in (1, 5, 14)] == ["FFD9D9D9"] * 3
    assert after.cell(line - 1, 1).fill.fgColor.rgb != "FFD9D9D9"


def test_workbooks_with_macros_keep_them(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    path = tmp_path / "runde.xlsm"
    with zipfile.ZipFile(SMALL) as one, zipfile.ZipFile(path, "w") as two:
        for name in one.namelist():
            text = one.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            two.writestr(name, text)
        two.writestr("xl/vbaProject.bin", b"\x00macro")
    after = book_after(path, sent)
    with zipfile.ZipFile(after) as archive:
        assert archive.read("xl/vbaProject.bin") == b"\x00macro"


def csv_folder(folder: Path, encoding: str, delimiter: str, end: str) -> Path:
    """The small sample as CSV files, with notes of one's own beside them."""
    book: Workbook = load_workbook(SMALL)
    names = dict(zip(book.sheetnames, SHEETS, strict=True))
    folder.mkdir()
    for sheet in book.worksheets:
        lines = []
        for row in sheet.iter_rows(values_only=True):
            cells: list[Any] = [
                v.date().isoformat() if isinstance(v, datetime) else "" if v is None else v
                for v in row
            ]
            lines.append(delimiter.join(f'"{c}"' if delimiter in str(c) else str(c) for c in cells))
        text = end.join(lines) + end
        (folder / f"{names[sheet.title]}.csv").write_bytes(text.encode(encoding))
    (folder / "notater.txt").write_bytes(b"mine\r\nnotater")
    return folder


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("utf-8", ";", "\n"), ("utf-8-sig", ",", "\r\n"), ("utf-8", ";", "\r\n")],
)
def test_csv_files_keep_encoding_delimiter_line_ends_and_unchanged_lines(
    sent: tuple[Plan, Path], tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    folder = csv_folder(tmp_path / "runde", encoding, delimiter, end)
    made = moved(folder, sent)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert set(made) == {*before, "changes.csv", "history.csv"}
    changed = {n for n in before if made[n] != before[n]}
    assert changed == {"round.csv", "candidates.csv", "locks.csv", "declines.csv"}
    for name in changed:
        old, new = before[name].split(end.encode()), made[name].split(end.encode())
        kept = sum(line in new for line in old)
        assert kept >= len(old) - 5, name
        assert new[0] == old[0]
    assert made["locks.csv"].startswith(before["locks.csv"])
    for name in ("changes.csv", "locks.csv"):
        text = made[name].decode(encoding)
        assert text.count("\r\n") == (text.count("\n") if end == "\r\n" else 0)
        assert delimiter in text
    (tmp_path / "neste").mkdir()
    for name, data in made.items():
        (tmp_path / "neste" / name).write_bytes(data)
    assert moved(tmp_path / "neste", sent) == made


def test_an_odd_workbook_is_refused(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    path = tmp_path / "runde.xlsx"
    shutil.copy(SMALL, path)
    patched(
        path,
        lambda n: n == "xl/workbook.xml",
        lambda t: t.replace(
            "<sheets>", '<x:a xmlns:x="urn:1"><x:b xmlns:x="urn:2"/></x:a><sheets>'
        ),
    )
    with pytest.raises(CannotWriteError):
        moved(path, sent)
