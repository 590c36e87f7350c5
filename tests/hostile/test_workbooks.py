"""A workbook is refused in one sentence that says what to do, whatever is wrong inside it."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tests.hostile.package import (
    BOOK,
    CANDIDATES,
    MAIN,
    RELATIONS,
    SAMPLE,
    STYLES,
    Edit,
    both,
    cell,
    gone,
    put,
    refused,
    replaced,
    sample_parts,
    value,
    write_parts,
)

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
