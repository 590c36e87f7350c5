"""The cells of a sheet are read as they are shown, whatever else is in the file."""

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from scheduler.input.files.door import open_workbook
from scheduler.input.files.workbook import read_workbook
from scheduler.support.errors import UnreadableError
from tests.hostile.package import (
    BOOK,
    CANDIDATES,
    MAIN,
    RELATIONS,
    SAMPLE,
    STYLES,
    Edit,
    Parts,
    both,
    cell,
    judged,
    put,
    refused,
    replaced,
    sample_parts,
    write_parts,
)

REPAIR, SAVE, CELL = "let Excel repair it", "save it as .xlsx", "sheet Kandidater, cell"


HARMLESS: dict[str, Edit] = {
    "one formatted cell in the last row": cell(
        "</sheetData>", '<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    ),
    "a dimension that leaves rows out": cell('ref="A1:W13"', 'ref="A1"'),
    "a dimension of everything": cell('ref="A1:W13"', 'ref="A1:XFD1048576"'),
    "a dimension that is none": cell('ref="A1:W13"', 'ref="!!"'),
    "a picture that is none": put("xl/media/image1.png", b"\x00" * 100),
    "a comment part that is no XML": put("xl/comments/comment1.xml", b"<"),
    "properties that are no XML": put("docProps/core.xml", b"\xff"),
    "a theme that is no XML": put("xl/theme/theme1.xml", b"<a"),
    "content types that are no XML": put("[Content_Types].xml", b""),
    "cells without names": lambda p: p.update(
        {CANDIDATES: re.sub(rb'<c r="[A-Z]+1"', b"<c", p[CANDIDATES])}
    ),
    "a chart sheet": both(
        replaced(
            BOOK,
            "</sheets>",
            '<sheet name="Diagram" sheetId="99" r:id="rId99" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
            "</sheets>",
        ),
        replaced(
            RELATIONS,
            "</Relationships>",
            '<Relationship Id="rId99" Type="http://x/relationships/chartsheet" '
            'Target="/xl/chartsheets/sheet1.xml"/></Relationships>',
        ),
    ),
    "a prefix for every name": lambda p: p.update(
        {
            CANDIDATES: p[CANDIDATES]
            .replace(b"<", b"<x:")
            .replace(b"<x:/", b"</x:")
            .replace(b"xmlns=", b"xmlns:x=")
        }
    ),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_does_not_touch_the_cells_changes_nothing(tmp_path: Path, kind: str) -> None:
    parts = sample_parts()
    HARMLESS[kind](parts)
    read = judged(write_parts(tmp_path / "input.xlsx", parts))
    assert read.round == judged(SAMPLE).round
    assert read.round is not None


def shared(parts: Parts, texts: str, number: int) -> None:
    """The first header becomes a text that stands among the shared ones."""
    first = '<c r="A1" s="1" t="inlineStr"><is><t>kandidat-id</t></is>'
    cell(first, f'<c r="A1" t="s"><v>{number}</v>')(parts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'.encode()
    replaced(
        RELATIONS,
        "</Relationships>",
        '<Relationship Id="rId98" Type="http://x/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
    )(parts)


@pytest.mark.parametrize(
    "texts",
    [
        "<si><t>x</t></si><si><t>kandidat-id</t></si>",
        "<si/><si><r><t>kandidat</t></r><r><t>-id</t></r></si>",
        "<si/><si><t>kandidat-id</t><rPh><t>lydskrift</t></rPh></si>",
        "<si/><si><t>kandidat_x002D_id</t></si>",
    ],
)
def test_shared_texts_are_read_as_they_are_shown(tmp_path: Path, texts: str) -> None:
    parts = sample_parts()
    shared(parts, texts, 1)
    assert judged(write_parts(tmp_path / "input.xlsx", parts)).round == judged(SAMPLE).round


def test_rows_out_of_order_are_never_left_out_silently(tmp_path: Path) -> None:
    parts = sample_parts()
    text = parts[CANDIDATES].decode()
    rows = text.split("<row ")
    parts[CANDIDATES] = "<row ".join([rows[0], rows[1], rows[3], rows[2], *rows[4:]]).encode()
    assert len(refused(write_parts(tmp_path / "input.xlsx", parts), CELL)) == 1


def test_cells_far_outside_the_table_are_told_a_few_at_a_time(tmp_path: Path) -> None:
    far = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(200_000, 200_500))
    parts = sample_parts()
    cell("</sheetData>", f"{far}</sheetData>")(parts)
    errors = refused(write_parts(tmp_path / "input.xlsx", parts), "delete it")
    assert 1 <= len(errors) <= 20


def test_struck_and_hidden_lines_are_seen(tmp_path: Path) -> None:
    parts = sample_parts()
    cell('<row r="3"', '<row hidden="1" r="3"')(parts)
    replaced(STYLES, "<font><name", "<font><strike/><name")(parts)
    grids = {g.sheet: g for g in read_workbook(write_parts(tmp_path / "i.xlsx", parts))}
    assert grids["Kandidater"].hidden_lines == {3}
    assert grids["Kandidater"].struck_lines


def test_the_door_opens_a_workbook_for_openpyxl_only_where_all_parts_are_small(
    tmp_path: Path,
) -> None:
    with open_workbook(SAMPLE) as package:
        assert "Kandidater" in package.load().sheetnames
    parts = sample_parts()
    parts["xl/comments/comment1.xml"] = b"<a>" + b" " * (9 << 20) + b"</a>"
    path = write_parts(tmp_path / "input.xlsx", parts)
    with pytest.raises(UnreadableError, match="far too large"), open_workbook(path) as package:
        package.load()


def test_what_openpyxl_stumbles_over_is_one_sentence(tmp_path: Path) -> None:
    parts = sample_parts()
    cell('s="1"', 's="999"')(parts)
    path = write_parts(tmp_path / "input.xlsx", parts)
    with pytest.raises(UnreadableError, match="save it as"), open_workbook(path) as package:
        package.load()


def test_an_empty_stored_text_of_a_formula_is_blank(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    book.save(tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].decode()
    new = '<c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><f>1+1</f></c></row>'
    parts[name] = text.replace("</row>", new).encode()
    (grid,) = read_workbook(write_parts(tmp_path / "c.xlsx", parts))
    assert grid.empty_formulas == {(1, 3)}
