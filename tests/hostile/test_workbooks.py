"""A workbook is refused in one sentence that says what to do, whatever is wrong inside it."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from scheduler.input.files.door import open_workbook
from scheduler.input.files.workbook import read_workbook
from scheduler.support.errors import UnreadableError
from tests.hostile.package import (
    CANDIDATES,
    MAIN,
    SAMPLE,
    Parts,
    cell,
    judged,
    refused,
    replaced,
    sample_parts,
    write_parts,
)

Edit = Callable[[Parts], None]


def put(part: str, content: bytes) -> Edit:
    """An edit: the whole part is this."""
    return lambda parts: parts.update({part: content})


def gone(part: str) -> Edit:
    """An edit: the part is missing."""
    return lambda parts: parts.update({BAD: parts.pop(part)})


def both(one: Edit, other: Edit) -> Edit:
    """Two edits, one after the other."""

    def edit(parts: Parts) -> None:
        one(parts)
        other(parts)

    return edit


def value(text: str, kind: str = "n") -> Edit:
    """An edit: the first cell stores this, of this type."""
    return cell('<c r="A1" s="1" t="inlineStr">', f'<c r="A1" t="{kind}"><v>{text}</v>')


BAD = "nobody/looks/here.xml"
BOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
REPAIR, SAVE, CELL = "let Excel repair it", "save it as .xlsx", "sheet Kandidater, cell"

DAMAGED: dict[str, tuple[Edit, str]] = {
    "empty sheet": (put(CANDIDATES, b""), SAVE),
    "sheet that is no XML": (put(CANDIDATES, b"\x00\x01\x02 no xml"), SAVE),
    "sheet cut short": (lambda p: p.update({CANDIDATES: p[CANDIDATES][:900]}), SAVE),
    "sheet with a document type": (
        put(CANDIDATES, b'<!DOCTYPE x [<!ENTITY a "aa">]><worksheet>&a;</worksheet>'),
        REPAIR,
    ),
    "sheet with an external entity": (
        put(CANDIDATES, b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'),
        REPAIR,
    ),
    "entities that grow": (
        put(STYLES, b'<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
        REPAIR,
    ),
    "unknown encoding": (put(CANDIDATES, b'<?xml version="1.0" encoding="ebcdic-x"?><a/>'), SAVE),
    "not UTF-8": (
        lambda p: p.update({CANDIDATES: p[CANDIDATES].replace(b"kandidat", b"k\xff", 1)}),
        SAVE,
    ),
    "null character reference": (cell("kandidat-id", "&#0;"), SAVE),
    "undefined entity": (cell("kandidat-id", "&nbsp;"), SAVE),
    "sheet missing": (gone(CANDIDATES), SAVE),
    "workbook missing": (gone(BOOK), SAVE),
    "workbook empty": (put(BOOK, b""), SAVE),
    "workbook without sheets": (put(BOOK, f'<workbook xmlns="{MAIN}"/>'.encode()), SAVE),
    "relations missing": (gone(RELATIONS), SAVE),
    "relations of the file missing": (gone("_rels/.rels"), SAVE),
    "relations of nothing": (put("_rels/.rels", b"<Relationships/>"), SAVE),
    "relation out of the file": (
        replaced(RELATIONS, "/xl/worksheets/sheet2.xml", "../../../etc/passwd"),
        SAVE,
    ),
    "relation to the network": (
        replaced(RELATIONS, "/xl/worksheets/sheet2.xml", "http://example.org/sheet.xml"),
        SAVE,
    ),
    "sheet without a relation": (replaced(BOOK, 'r:id="rId2"', 'r:id="rId999"'), SAVE),
    "sheet without a name": (replaced(BOOK, 'name="Kandidater" ', ""), SAVE),
    "styles that are no XML": (put(STYLES, b"<styleSheet"), SAVE),
    "styles with a font of nothing": (replaced(STYLES, 'fontId="1"', 'fontId="one"'), SAVE),
    "format without a code": (replaced(STYLES, 'formatCode="yyyy-mm-dd"', ""), SAVE),
    "strict form": (
        replaced(BOOK, MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        "save it in Excel",
    ),
    "styles missing": (
        both(gone(STYLES), replaced(RELATIONS, "relationships/styles", "x")),
        "sheet Tildelingsrunde, cell A1",
    ),
    "style that is not there": (cell('s="1"', 's="999"'), f"{CELL} A1"),
    "style of minus one": (cell('s="1"', 's="-1"'), f"{CELL} A1"),
    "style of a word": (cell('s="1"', 's="x"'), f"{CELL} A1"),
    "cell without letters": (cell('r="A1"', 'r="1"'), CELL),
    "cell of punctuation": (cell('r="A1"', 'r="!!"'), CELL),
    "cell of another row": (cell('r="B1"', 'r="B2"'), CELL),
    "cell beyond the last column": (cell('r="A1"', 'r="XFE1"'), CELL),
    "cell with four letters": (cell('r="A1"', 'r="AAAA1"'), CELL),
    "cell in small letters": (cell('r="A1"', 'r="a1"'), CELL),
    "two cells in one place": (cell('r="B1"', 'r="A1"'), CELL),
    "cells from right to left": (cell('r="A1"', 'r="C1"'), CELL),
    "row of minus one": (cell('row r="1"', 'row r="-1"'), CELL),
    "row nought": (cell('row r="1"', 'row r="0"'), CELL),
    "row of a word": (cell('row r="1"', 'row r="one"'), CELL),
    "row beyond the last": (cell('row r="13"', 'row r="1048577"'), CELL),
    "row of many digits": (cell('row r="13"', f'row r="{"9" * 5000}"'), CELL),
    "rows upside down": (cell('row r="2"', 'row r="13"'), CELL),
    "row of other digits": (cell('row r="2"', 'row r="٢"'), CELL),
    "unknown type": (value("1", "zz"), CELL),
    "number that is none": (value("x"), CELL),
    "not a number": (value("NaN"), CELL),
    "endless number": (value("1e999"), CELL),
    "number of blanks": (value(" "), CELL),
    "truth of seven": (value("7", "b"), CELL),
    "day that is none": (value("2026-02-30", "d"), CELL),
    "text that is not there": (value("0", "s"), CELL),
    "text minus one": (value("-1", "s"), CELL),
    "text of a word": (value("x", "s"), CELL),
    "text too long for Excel": (cell("kandidat-id", "x" * 40_000), "shorten it"),
    "elements in elements": (
        put(CANDIDATES, f'<worksheet xmlns="{MAIN}">'.encode() + b"<a>" * 5_000),
        "far too large",
    ),
    "a name without end": (put(CANDIDATES, b"<worksheet " + b"x" * 3_000_000), "far too large"),
    "rows without number or end": (
        put(CANDIDATES, f'<worksheet xmlns="{MAIN}">'.encode() + b"<row/>" * 1_100_000),
        "far too large",
    ),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_what_is_damaged_inside_is_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    edit, advice = DAMAGED[kind]
    parts = sample_parts()
    edit(parts)
    errors = refused(write_parts(tmp_path / "input.xlsx", parts), advice)
    assert len(errors) == 1


def flipped(data: bytes, find: bytes, at: int, value: bytes) -> bytes:
    """A file with bytes changed at a distance from the first place where something stands."""
    place = data.index(find) + at
    return data[:place] + value + data[place + len(value) :]


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", SAVE),
    "one byte": (lambda: b"P", SAVE),
    "text": (lambda: b"kandidat;kommune\n", SAVE),
    "a web page": (lambda: b"<html><table></table></html>", SAVE),
    "an empty zip": (lambda: zipped(), SAVE),
    "a zip of something else": (lambda: zipped(("a.txt", b"a")), SAVE),
    "a zip cut short": (lambda: SAMPLE.read_bytes()[:9000], SAVE),
    "the end only": (lambda: SAMPLE.read_bytes()[-500:], SAVE),
    "a password": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old Excel": (lambda: OLE + b"\0" * 2000, "(.xls)"),
    "LibreOffice": (
        lambda: zipped(("mimetype", b"application/vnd.oasis"), ("content.xml", b"<a/>")),
        "LibreOffice",
    ),
    "binary workbook": (lambda: zipped(("xl/workbook.bin", b"")), ".xlsb"),
    "encrypted members": (lambda: flipped(SAMPLE.read_bytes(), CENTRAL, 8, b"\1"), "password"),
    "unknown compression": (lambda: flipped(SAMPLE.read_bytes(), CENTRAL, 10, b"\x63"), SAVE),
    "bzip2": (lambda: zipped(("xl/workbook.xml", b"<a/>"), method=zipfile.ZIP_BZIP2), SAVE),
    "lzma": (lambda: zipped(("xl/workbook.xml", b"<a/>"), method=zipfile.ZIP_LZMA), SAVE),
    "a part of another name inside": (
        lambda: flipped(SAMPLE.read_bytes(), b"xl/workbook.xml", 0, b"xl/workbooc.xml"),
        SAVE,
    ),
    "wrong checksum": (lambda: wrong_checksum(), SAVE),
    "six thousand members": (
        lambda: zipped(*((f"x{n}.xml", b"") for n in range(6_000))),
        "far too large",
    ),
}


def wrong_checksum() -> bytes:
    data = SAMPLE.read_bytes()
    place = data.rindex(CENTRAL, 0, data.rindex(b"xl/workbook.xml"))
    return data[: place + 16] + b"\1\2\3\4" + data[place + 20 :]


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_workbook_says_how_to_save_it(tmp_path: Path, kind: str) -> None:
    make, advice = FILES[kind]
    path = tmp_path / "input.xlsx"
    path.write_bytes(make())
    assert len(refused(path, advice)) == 1


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "input.xlsx"
    path.write_bytes(SAMPLE.read_bytes())
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(path, "a") as archive,
    ):
        archive.writestr(CANDIDATES, sample_parts()[CANDIDATES])
    assert len(refused(path, SAVE)) == 1


@pytest.mark.parametrize("name", ["input.xls", "input.ods", "input.xlsb"])
def test_a_workbook_of_another_kind_says_how_to_save_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(OLE + b"\0" * 2000)
    assert len(refused(tmp_path / name, "save it as an Excel workbook")) == 1
    assert len(refused(tmp_path, "save it as an Excel workbook")) == 1


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
        replaced(BOOK, "</sheets>", '<sheet name="Diagram" sheetId="99" r:id="rId99"/></sheets>'),
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
