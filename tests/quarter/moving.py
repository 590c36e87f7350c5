"""A workbook as a coordinator has it, and the next one made of it."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.table import Table

from models.plan import Plan
from scheduler.input import read_round
from scheduler.locale import Translator
from scheduler.quarter.answers.gathering import gather
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.next import next_round
from scheduler.quarter.next_round.options import NextOptions
from scheduler.quarter.own_files.applying import Applied
from scheduler.quarter.own_files.reading import check_applied, read_history
from scheduler.support.resources import data_folder
from tests.plain_book import small_plain
from tests.quarter.helpers import no, yes

SAMPLES = data_folder() / "samples"
SMALL = small_plain()
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


def patched(path: Path, part: Callable[[str], bool], change: Callable[[str], str]) -> None:
    """Change the text of parts of a workbook, as only Excel itself would write them."""
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, change(data.decode()) if part(name) else data)
