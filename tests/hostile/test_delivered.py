"""Whatever changes what a delivered workbook says or shows is found; what a reader does is not."""

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Color, Font, PatternFill

from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.problem.case import Case
from scheduler.report.delivered.checking import check_delivered, read_plan
from scheduler.report.files import write_plan
from scheduler.report.texts import Delivery
from scheduler.support.errors import NotAPlanError
from scheduler.support.resources import data_folder
from tests.delivery import plan_in
from tests.hostile.package import write_parts


@dataclass(frozen=True)
class Made:
    """A plan of the small sample, delivered in a folder; a department's and a municipality's
    workbook in it.
    """

    case: Case
    folder: Path
    department: str
    municipality: str

    def wrong(self, path: Path) -> list[str]:
        """What is found wrong, in English."""
        return [Translator("en").finding(f) for f in check_delivered(read_plan(path), self.case)]


def delivered_in(folder: Path) -> Made:
    """Plan the small sample and deliver it into the folder."""
    read = read_round(data_folder() / "samples" / "small", "nb")
    assert read.round is not None
    made = make_plan(make_case(read.round), origin=read.origin)
    write_plan(Delivery(made.plan, read.round, Translator("nb"), made.proof), folder)
    names = [f"{p.parent.name}/{p.name}" for p in sorted(folder.glob("*/*.xlsx"))]
    arrivals = [n for n in names if n.startswith("avd") and _days(folder / n)]
    towns = [n for n in names if n.startswith("kom")]
    return Made(make_case(read.round), folder, arrivals[0], towns[0])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return delivered_in(tmp_path_factory.mktemp("plan") / "plan")


@pytest.fixture
def made(original: Made, tmp_path: Path) -> Made:
    folder = tmp_path / "plan"
    shutil.copytree(original.folder, folder)
    return Made(original.case, folder, original.department, original.municipality)


def _days(path: Path) -> list[Any]:
    """The cells of a workbook's first sheet that hold a day."""
    return _dated(load_workbook(path).worksheets[0])


def _dated(sheet: Any) -> list[Any]:
    return [cell for row in sheet for cell in row if cell.value is not None and cell.is_date]


Change = Callable[[Any], None]


def _a_day(sheet: Any) -> Any:
    return _dated(sheet)[0]


def _on(change: Change) -> Change:
    """A change of the first cell that holds a day."""
    return lambda sheet: change(_a_day(sheet))


def _set(**values: Any) -> Change:
    def change(thing: Any) -> None:
        for name, value in values.items():
            setattr(thing, name, value)

    return change


def _far(sheet: Any) -> None:
    sheet["AZ900"] = "K02 har takket nei"


def _chart(sheet: Any) -> None:
    sheet.add_chart(BarChart(), "A1")


SHOWN_OTHERWISE: dict[str, Change] = {
    "another day": _on(lambda cell: setattr(cell, "value", cell.value.replace(day=2))),
    "a formula": _on(_set(value="=DATE(2026,9,1)")),
    "a format that shows another year": _on(_set(number_format='d.m."2031"')),
    "a format that shows nothing": _on(_set(number_format=";;;")),
    "white text": _on(_set(font=Font(color="FFFFFF"))),
    "text in the colour of its ground": _on(
        _set(font=Font(color="1F4E79"), fill=PatternFill("solid", fgColor="1F4E79"))
    ),
    "text of the theme's ground": _on(_set(font=Font(color=Color(theme=0)))),
    "struck through": _on(_set(font=Font(strike=True))),
    "too small to read": _on(_set(font=Font(sz=1))),
    "raised": _on(_set(font=Font(vertAlign="superscript"))),
    "merged over": lambda sheet: sheet.merge_cells(
        start_row=_a_day(sheet).row, end_row=_a_day(sheet).row, start_column=1, end_column=5
    ),
    "a hidden line": lambda sheet: _set(hidden=True)(sheet.row_dimensions[_a_day(sheet).row]),
    "a hidden column": lambda sheet: _set(hidden=True)(
        sheet.column_dimensions[_a_day(sheet).column_letter]
    ),
    "the sheet hidden": lambda sheet: (
        sheet.parent.create_sheet("Mer"),
        _set(sheet_state="hidden")(sheet),
    )[0],
    "another sheet": lambda sheet: sheet.parent.create_sheet("Nytt"),
    "a hidden sheet": lambda sheet: _set(sheet_state="hidden")(sheet.parent.create_sheet("x")),
    "a chart sheet": lambda sheet: sheet.parent.create_chartsheet("Diagram").add_chart(BarChart()),
    "text far outside": _far,
    "text beside": lambda sheet: sheet.__setitem__("Z6", "nei"),
    "a row added": lambda sheet: sheet.append(["K99", "1865 Vågan"]),
    "a row deleted": lambda sheet: sheet.delete_rows(_a_day(sheet).row),
    "a text at the head of the page": lambda sheet: _set(text="Utkast")(sheet.oddHeader.center),
    "another foot": lambda sheet: _set(text="Gjelder ikke")(sheet.oddFooter.left),
    "a rule that colours": lambda sheet: sheet.conditional_formatting.add(
        "A1:Z99", Rule("expression", formula=["TRUE"])
    ),
    "a chart over the table": _chart,
    "a title": lambda sheet: sheet.__setitem__("A1", "noe annet"),
}

HARMLESS: dict[str, Change] = {
    "saved by another program": lambda _: None,
    "wider columns": lambda sheet: _set(width=60)(sheet.column_dimensions["A"]),
    "higher lines": lambda sheet: _set(height=60)(sheet.row_dimensions[6]),
    "a note": _on(lambda cell: setattr(cell, "comment", Comment("Ring K02", "Avdelingen"))),
    "a yellow ground": _on(_set(fill=PatternFill("solid", fgColor="FFFF00"))),
    "bold text": _on(_set(font=Font(bold=True))),
    "in the middle": _on(_set(alignment=Alignment(horizontal="center"))),
    "filtered": lambda sheet: (
        sheet.auto_filter.add_filter_column(0, ["K01"]),
        _set(hidden=True)(sheet.row_dimensions[_a_day(sheet).row]),
    )[0],
}


def _changed(path: Path, change: Change) -> None:
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


@pytest.mark.parametrize("name", SHOWN_OTHERWISE)
def test_what_a_department_is_shown_otherwise_is_found(made: Made, name: str) -> None:
    path = made.folder / made.department
    _changed(path, SHOWN_OTHERWISE[name])
    (first, *_) = made.wrong(made.folder)
    assert first.startswith(made.department)
    assert made.wrong(path)  # also when that workbook alone is named


@pytest.mark.parametrize("name", HARMLESS)
def test_what_a_reader_does_for_themselves_is_no_fault(made: Made, name: str) -> None:
    for file in (made.department, plan_in(made.folder).name):
        book = load_workbook(made.folder / file)
        sheets = (s for s in book.worksheets if s.auto_filter.ref and _dated(s))
        HARMLESS[name](next(sheets))
        book.save(made.folder / file)
    assert made.wrong(made.folder) == []


def test_a_changed_day_is_told_with_its_cell_and_both_days(made: Made) -> None:
    path = made.folder / made.department
    cell = _days(path)[0]
    _changed(path, SHOWN_OTHERWISE["another day"])
    (first, *_) = made.wrong(made.folder)
    day = cell.value.date()
    assert first == (
        f"{made.department}, sheet Kandidater som kommer, cell {cell.coordinate}: "
        f"“{day.replace(day=2)}” stands there, but the plan says “{day}”."
    )


def test_a_municipalitys_workbook_is_checked_too(made: Made) -> None:
    path = made.folder / made.municipality
    _changed(path, lambda sheet: sheet.__setitem__("A6", "K99"))
    assert all(text.startswith(made.municipality) for text in made.wrong(made.folder))
    assert made.wrong(path)


def _with_drawing(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts["xl/drawings/drawing1.xml"] = content
    write_parts(path, parts)


@pytest.mark.parametrize("inside", [b"<twoCellAnchor><sp/></twoCellAnchor>", b"text"])
def test_a_text_box_is_found(made: Made, inside: bytes) -> None:
    # What a program makes of it differs; that it is in the file is enough.
    _with_drawing(made.folder / made.department, b"<wsDr>" + inside + b"</wsDr>")
    assert any("text box" in text for text in made.wrong(made.folder))


@pytest.mark.parametrize(
    "content",
    [
        b"<wsDr/>",
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
        b'spreadsheetDrawing"></xdr:wsDr>',
    ],
)
def test_a_drawing_with_nothing_in_it_is_no_fault(made: Made, content: bytes) -> None:
    _with_drawing(made.folder / made.department, content)
    assert made.wrong(made.folder) == []


def test_files_missing_added_changed_or_exchanged_are_told(made: Made) -> None:
    folder = made.folder
    (folder / "avdelinger" / "Ny.xlsx").write_bytes((folder / made.department).read_bytes())
    (folder / "notes.txt").write_text("K01: syk")
    (folder / made.municipality).unlink()
    proof = folder / "proof.json"
    proof.write_text(proof.read_text() + "\n")
    assert sorted(made.wrong(folder)) == [
        "The file avdelinger/Ny.xlsx is not in the plan.",
        f"The file {made.municipality} is missing.",
        "The file notes.txt is not in the plan.",
        "The file proof.json was changed after it was written.",
    ]


def test_files_of_the_system_are_nobodys(made: Made) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$plan.xlsx"):
        (made.folder / name).write_bytes(b"x")
    assert made.wrong(made.folder) == []


def test_the_plan_that_the_workbook_keeps_must_be_the_one_beside_it(made: Made) -> None:
    path = made.folder / "plan.json"
    data = json.loads(path.read_text("utf-8"))
    data["solver"]["seconds"] += 1
    path.write_text(json.dumps(data), "utf-8")
    assert (
        f"The plan kept in {plan_in(made.folder).name} is not the plan in plan.json."
        in made.wrong(made.folder)
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "nonsense", "{}", "[" * 100_000])
def test_nonsense_in_the_hidden_sheet_is_told_in_a_sentence(made: Made, text: str) -> None:
    path = plan_in(made.folder)
    book = load_workbook(path)
    sheet = book["alis"]
    sheet.delete_rows(1, sheet.max_row)
    for line in range(0, len(text), 30_000):
        sheet.append([text[line : line + 30_000]])
    book.save(path)
    with pytest.raises(NotAPlanError) as raised:
        read_plan(path)
    assert path.name in str(raised.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": "alis-plan/1"}', "[" * 10**6])
def test_nonsense_in_plan_json_is_told_in_a_sentence(made: Made, text: str) -> None:
    path = made.folder / "plan.json"
    path.write_text(text)
    for place in (path, made.folder, made.folder / made.department):
        with pytest.raises(NotAPlanError) as raised:
            read_plan(place)
        assert "plan.json" in str(raised.value)
