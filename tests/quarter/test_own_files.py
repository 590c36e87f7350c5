"""The next input is the coordinator's own workbook, with the changes in it and nothing else new."""

import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from models.plan import Plan
from scheduler.support.errors import NotApplicableError
from tests.quarter.moving import NB, SMALL, book_after, lived_in, look, moved, patched


def test_cells_that_do_not_change_keep_value_and_style(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    before = lived_in(tmp_path / "runde.xlsx")
    after = book_after(before, sent)
    one, two = load_workbook(before), load_workbook(after)
    assert two.sheetnames == [*one.sheetnames, "Historikk", "Endringer"]
    told = {(row[1], row[2]) for row in two["Endringer"].iter_rows(min_row=2, values_only=True)}
    assert told
    for sheet in one.worksheets:
        other = two[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                if cell.value is not None or twin.value is None:
                    assert look(cell) == look(twin), cell.coordinate
                assert (cell.comment and cell.comment.text) == (twin.comment and twin.comment.text)
                if cell.value != twin.value:
                    spots = {cell.coordinate, f"A{cell.row}"}
                    assert {(sheet.title, spot) for spot in spots} & told, cell.coordinate
        for name, width in sheet.column_dimensions.items():
            assert width.width == other.column_dimensions[name].width
        assert sheet.freeze_panes == other.freeze_panes
        assert sheet.row_dimensions[6].height == other.row_dimensions[6].height


def test_parts_that_nothing_is_written_into_stay_as_they_are_to_the_byte(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    before = lived_in(tmp_path / "runde.xlsx")
    after = book_after(before, sent)
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as two:
        same = {n for n in one.namelist() if one.read(n) == two.read(n)}
        assert {n for n in same if "chart" in n or "comment" in n or "theme" in n}
        other = set(one.namelist()) - same
        sheets = {n for n in other if "worksheets/sheet" in n}
        assert len(sheets) == 4  # round, candidates, locks, declines
        assert other - sheets <= {
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/tables/table1.xml",
        }


def test_new_rows_look_like_the_row_above_and_what_reached_to_it_reaches_them(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    book = load_workbook(book_after(lived_in(tmp_path / "runde.xlsx"), sent))
    locks = book["Låste plasser"]
    last = locks.max_row
    assert last == 8
    assert locks.tables["Plasser"].ref == f"A1:I{last}"
    for line in range(3, last + 1):
        assert look(locks.cell(line, 1)) == look(locks["A2"])
        assert isinstance(locks.cell(line, 3).value, datetime)
        assert locks.cell(line, 3).number_format == locks["C2"].number_format
    drop_downs = [str(v.sqref) for v in locks.data_validations.dataValidation]
    assert all(f"{last}" in ref or int(ref.split(":E")[-1]) >= last for ref in drop_downs)


def test_a_list_that_ends_with_the_last_row_grows(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    book = load_workbook(SMALL)
    sheet = book["Låste plasser"]
    for check in list(sheet.data_validations.dataValidation):
        check.sqref = type(check.sqref)("E2")
    sheet.conditional_formatting.add(
        "A2:A2", Rule(type="duplicateValues", dxf=DifferentialStyle(font=Font(bold=True)))
    )
    path = tmp_path / "runde.xlsx"
    book.save(path)
    after = load_workbook(book_after(path, sent))["Låste plasser"]
    assert {str(v.sqref) for v in after.data_validations.dataValidation} == {"E2:E8"}
    assert [str(r.sqref) for r in after.conditional_formatting] == ["A2:A8"]
    assert after.auto_filter.ref == "A1:I8"
    with zipfile.ZipFile(path.with_name("next-runde.xlsx")) as archive:
        assert "'Låste plasser'!$A$1:$I$8" in archive.read("xl/workbook.xml").decode()


EXTENSION = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Vikariater!$A$2:$A$11'
    "</xm:f></x14:formula1><xm:sqref>B2</xm:sqref></x14:dataValidation></x14:dataValidations>"
    "</ext></extLst>"
)


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_what_libraries_leave_out_is_kept(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    path = tmp_path / "runde.xlsx"
    shutil.copy(SMALL, path)

    def change(text: str) -> str:
        if 'ref="A1:I2"' in text:
            text = text.replace("</worksheet>", EXTENSION + "</worksheet>")
            text = text.replace(
                "<worksheet ",
                '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
                'mc:Ignorable="x14ac" ',
            )
        return text

    patched(path, lambda n: n.startswith("xl/worksheets/sheet"), change)
    after = book_after(path, sent)
    with zipfile.ZipFile(after) as archive:
        texts = [archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n]
    (text,) = [t for t in texts if "x14:dataValidations" in t]
    assert "<xm:sqref>B2:B8</xm:sqref>" in text
    assert 'mc:Ignorable="x14ac"' in text
    assert "xmlns:x14ac=" in text


def test_results_of_formulas_stay_stored(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    path = tmp_path / "runde.xlsx"
    book = load_workbook(SMALL)
    book["Kandidater"]["T2"] = "=DATE(2025,9,8)"  # registered_on, which must be read again
    book.save(path)
    stored = "<f>DATE(2025,9,8)</f><v>45908</v>"

    def change(text: str) -> str:
        return re.sub(r"<f>DATE\(2025,9,8\)</f><v ?/?>(</v>)?", stored, text)

    patched(path, lambda n: n.startswith("xl/worksheets/sheet"), change)
    after = book_after(path, sent)
    assert load_workbook(after)["Kandidater"]["T2"].value == "=DATE(2025,9,8)"
    assert load_workbook(after, data_only=True)["Kandidater"]["T2"].value == datetime(2025, 9, 8)
    with zipfile.ZipFile(after) as archive:
        assert 'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml").decode()


def test_a_formula_is_not_written_over(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    path = tmp_path / "runde.xlsx"
    book = load_workbook(SMALL)
    book["Kandidater"]["M2"], book["Kandidater"]["M3"] = "=3+3", "=2*3"
    book.save(path)
    patched(
        path,
        lambda n: n.startswith("xl/worksheets/sheet"),
        lambda t: re.sub(r"(<f>(?:3\+3|2\*3)</f>)<v ?/?>(</v>)?", r"\1<v>6</v>", t),
    )
    with pytest.raises(NotApplicableError) as raised:
        moved(path, sent)
    texts = [NB.finding(f) for f in raised.value.findings]
    assert ["M2" in t or "M3" in t for t in texts] == [True, True]


def test_the_same_call_gives_the_same_bytes_and_a_second_round_of_it_changes_nothing(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    path = lived_in(tmp_path / "runde.xlsx")
    once = moved(path, sent)
    assert once == moved(path, sent)
    again = tmp_path / "neste" / path.name
    again.parent.mkdir()
    again.write_bytes(once[path.name])
    assert moved(again, sent) == once
