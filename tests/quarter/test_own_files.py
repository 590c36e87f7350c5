"""The next input is the coordinator's own workbook, with the changes in it and nothing else new."""

import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.table import Table

from models.plan import Plan
from scheduler.input import read_round
from scheduler.input.sheets import SHEETS
from scheduler.locale import Translator
from scheduler.quarter.answers.gathering import gather
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.next import next_round
from scheduler.quarter.next_round.options import NextOptions
from scheduler.quarter.own_files.applying import Applied
from scheduler.quarter.own_files.reading import check_applied, read_history
from scheduler.report.answers_file import ANSWERS_XLSX
from scheduler.support.errors import CannotWriteError, NotApplicableError
from scheduler.support.resources import data_folder
from tests.quarter.helpers import deliver, fill, no, yes

SAMPLES = data_folder() / "samples"
SMALL = SAMPLES / "small" / "input.xlsx"
NB = Translator("nb")
KEEP = NextOptions(name="Neste", unanswered=Unanswered.KEEP)
ANSWERS = {
    "K01": yes(),
    "K02": yes(),
    "K03": no(),
    "K04": {"candidate_answer": "trukket"},
    "K05": {"department_answer": "nei"},
    "K06": yes(),
}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    folder = tmp_path_factory.mktemp("plan") / "plan"
    plan = deliver(SMALL, folder)
    return plan, fill(folder / ANSWERS_XLSX, folder.parent / "svar.xlsx", ANSWERS)


def moved(path: Path, sent: tuple[Plan, Path], options: NextOptions = KEEP) -> dict[str, bytes]:
    plan, answers = sent
    read = read_round(path, "nb")
    assert read.round is not None, [NB.finding(m.finding) for m in read.errors]
    recorded, _ = read_history(read)
    made = next_round(read.round, plan, gather([answers], plan, NB).rows, options, recorded)
    applied = Applied(read, made)
    check_applied(applied.contents, read, made)
    return dict(applied.contents)


def book_after(path: Path, sent: tuple[Plan, Path]) -> Path:
    out = path.with_name(f"next-{path.name}")
    out.write_bytes(moved(path, sent)[path.name])
    return out


def lived_in(path: Path) -> Path:
    """The sample after years of use: titles, colours, notes, Tables, a chart, further columns."""
    book = load_workbook(SMALL)
    people, locks, declines = book["Kandidater"], book["Låste plasser"], book["Takket nei"]
    people.insert_rows(1, 2)
    people["A1"] = "Kandidater i nord"
    people["A1"].font = Font(size=18, italic=True)
    people["X3"], people["Y3"] = "ringt", "alder"
    for line in range(4, 16):
        people.cell(line, 24).value = f"notat {line}"
        people.cell(line, 25).value = f"=2026-{1980 + line}"
        people.cell(line, 1).fill = PatternFill("solid", fgColor="FFEECC")
    people["B5"].comment = Comment("ring etter kl. 12", "Kari")
    people.column_dimensions["B"].width = 33
    people.row_dimensions[6].height = 40
    people.auto_filter.ref = None
    red = PatternFill("solid", bgColor="FFC7CE")
    people.conditional_formatting.add(
        "M4:M15",
        Rule(type="cellIs", operator="greaterThan", formula=["3"], dxf=DifferentialStyle(fill=red)),
    )
    locks.auto_filter.ref = None
    locks.add_table(Table(displayName="Plasser", ref="A1:I2"))
    locks["A2"].font = Font(bold=True, color="FF0000")
    declines["F1"] = "hvorfor"
    own = book.create_sheet("Møtenotater", 0)
    own["A1"], own["B1"] = "Antall", 3
    chart = BarChart()
    chart.add_data(Reference(own, min_col=2, min_row=1))
    own.add_chart(chart, "D2")
    book.save(path)
    return path


def look(cell: Any) -> list[str]:
    """All that can be seen of a cell but its value."""
    parts = ("font", "fill", "border", "alignment", "protection", "number_format")
    return [repr(getattr(cell, part)) for part in parts]


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


def patched(path: Path, part: Callable[[str], bool], change: Callable[[str], str]) -> None:
    """Change the text of parts of a workbook, as only Excel itself would write them."""
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, change(data.decode()) if part(name) else data)


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
    assert "C:/x" in str(was)
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
