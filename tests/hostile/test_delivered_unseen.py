"""Colours that mean something, and what is hidden in a delivered workbook, are checked too."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from tests.delivery import plan_in
from tests.hostile.test_delivered import Made, delivered_in

Change = Callable[[Any], None]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return delivered_in(tmp_path / "plan")


def _months(sheet: Any) -> list[Any]:
    """The coloured cells of a calendar: the legend's, then those of its rows."""
    wanted = [c for row in sheet for c in row if c.fill.fill_type == "solid"]
    return [c for c in wanted if c.fill.fgColor.rgb[-6:] != "1F4E79"]  # the header


@pytest.mark.parametrize("which", [0, -1])
@pytest.mark.parametrize("colour", [None, "FFFFFF", "BFE3C6"])
def test_another_colour_in_a_calendar_or_its_legend_is_found(
    made: Made, which: int, colour: str | None
) -> None:
    path = made.folder / made.department
    book = load_workbook(path)
    cell = _months(book["Kalender"])[which]
    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()
    book.save(path)
    assert made.wrong(made.folder) == [
        f"{made.department}, sheet Kalender, cell {cell.coordinate}: "
        "the colour is not as it was written."
    ]


def test_colours_beside_a_calendar_are_the_readers_own(made: Made) -> None:
    path = made.folder / made.department
    book = load_workbook(path)
    for name in ("Kalender", "Kandidater som kommer"):
        for cell in ("A1", "A60", "AZ8"):
            book[name][cell].fill = PatternFill("solid", fgColor="FFFBD1")
    book.save(path)
    assert made.wrong(made.folder) == []


STORED_OTHERWISE: dict[str, Change] = {
    "a name beside it": lambda sheet: sheet.__setitem__("B7", "Kari Nordmann"),
    "a name below it": lambda sheet: sheet.append(["Kari Nordmann"]),
    "other text": lambda sheet: sheet.__setitem__("A1", str(sheet["A1"].value) + " "),
    "the sheet removed": lambda sheet: sheet.parent.remove(sheet),
    "the sheet renamed": lambda sheet: setattr(sheet, "title", "mer"),
}


@pytest.mark.parametrize("name", STORED_OTHERWISE)
def test_what_a_workbook_keeps_for_programs_is_checked_too(made: Made, name: str) -> None:
    for file in (made.department, made.municipality):
        book = load_workbook(made.folder / file)
        STORED_OTHERWISE[name](book["alis"])
        book.save(made.folder / file)
    texts = made.wrong(made.folder)
    assert {text.split(":")[0].split(", sheet")[0] for text in texts} == {
        made.department,
        made.municipality,
    }
    assert all("sheet alis" in text or "sheet mer" in text for text in texts)


def test_nothing_stands_beside_the_plan_that_a_workbook_keeps(made: Made) -> None:
    path = plan_in(made.folder)
    book = load_workbook(path)
    book["alis"]["C2"] = "Kari Nordmann"
    book.save(path)
    assert made.wrong(made.folder) == [
        f"{path.name}: what the hidden sheet alis keeps is not as it was written."
    ]
