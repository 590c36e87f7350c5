"""CSV: what ends a row, what stands between cells, and which letters the bytes stand for."""

import csv
from pathlib import Path

import pytest

from scheduler.input.files.csvfolder import read_csv
from scheduler.input.writing import write_input
from scheduler.locale import Translator
from scheduler.support.errors import UnreadableError
from tests.hostile.package import SAMPLE, judged, refused
from tools.hand_samples import small_facts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_input(tmp_path / "input", small_facts(), Translator("nb"))
    return tmp_path / "input"


def rewritten(path: Path, encoding: str, delimiter: str = ";", end: str = "\r\n") -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)


def rows_of(folder: Path, data: bytes) -> list[list[str]]:
    (folder / "x.csv").write_bytes(data)
    return [list(map(str, row)) for row in read_csv(folder / "x.csv")[0].rows]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\v", "\f", "\x1c", "\x1d", "\x1e"])
def test_only_line_feeds_and_returns_end_a_row(tmp_path: Path, mark: str) -> None:
    data = f"a;b{mark}c;d\n1;2;3\n".encode()
    assert rows_of(tmp_path, data) == [["a", f"b{mark}c", "d"], ["1", "2", "3"]]


@pytest.mark.parametrize("mark", ["\u2028", "\u0085", "\v", "\f"])
def test_a_note_never_becomes_a_row(folder: Path, mark: str) -> None:
    path = folder / "vacancies.csv"
    before = judged(folder).round
    assert before is not None
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines[0] += ";notat"
    lines[1] += f";se her{mark}{lines[1]}".replace("V01", "V99")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    after = judged(folder).round
    assert after is None or after == before


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_gives_the_same_round(folder: Path, end: str) -> None:
    for path in folder.iterdir():
        rewritten(path, "utf-8", end=end)
    assert judged(folder).round == judged(SAMPLE).round


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "cp1252"]
)
def test_every_encoding_and_delimiter_gives_the_same_round(
    folder: Path, encoding: str, delimiter: str
) -> None:
    plain = encoding.removesuffix("-bom")
    for path in folder.iterdir():
        rewritten(path, plain, delimiter)
        if encoding.endswith("bom"):
            path.write_bytes("\ufeff".encode(plain) + path.read_bytes())
    read = judged(folder)
    assert read.round == judged(SAMPLE).round
    notices = [m for m in read.messages if "Windows-1252" in m.finding.message]
    assert bool(notices) == (encoding == "cp1252")


def test_what_stands_in_a_title_or_a_note_is_not_between_cells(tmp_path: Path) -> None:
    data = "Kandidater, høst 2026\nid;navn\n1;Nordmann, Ola\n2;Dal, Eli\n".encode()
    assert rows_of(tmp_path, data)[1] == ["id", "navn"]
    data = b"id,notat\n1,a;b\n2,c\n3,d\n"
    assert rows_of(tmp_path, data)[1] == ["1", "a;b"]


BAD = {
    "null characters": (b"a;b\n1;\0\n", "save it in Excel"),
    "UTF-16 without a mark": ("a;b\n1;2\n".encode("utf-16-le"), "save it in Excel"),
    "half a UTF-16 character": (b"\xff\xfea\0;\0b", "save it in Excel"),
    "lone surrogate in UTF-16": (b"\xff\xfe\x00\xd8a\0", "save it in Excel"),
    "undefined in Windows-1252": (b"a;b\n1;\x81\x8d\n", "save it in Excel"),
    "an open quotation mark": (b'a;b\n1;"2\n3;4\n', "quotation mark"),
    "a quotation mark within": (b'a;b\n1;"2"3\n', "quotation mark"),
    "one cell of megabytes": (b"a;b\n1;" + b"x" * 2_000_000, "quotation mark"),
    "eleven megabytes": (b"a;b\n" + b"1;2\n" * 2_900_000, "larger than 10 megabytes"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_says_what_to_do(folder: Path, kind: str) -> None:
    data, advice = BAD[kind]
    (folder / "wishes.csv").write_bytes(data)
    refused(folder, advice, "wishes.csv")


def test_a_file_without_any_row_is_told(folder: Path) -> None:
    (folder / "wishes.csv").write_bytes(b"")
    refused(folder)


def test_lines_far_below_the_table_are_told_a_few_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"a;b\n" + b"\n" * 150_000 + b"x\n" * 100)
    grid, _ = read_csv(tmp_path / "x.csv")
    assert len(grid.rows) == 100_000
    assert 1 <= len(grid.beyond) <= 20


def test_millions_of_empty_lines_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"a;b\n" + b"\n" * 3_000_000)
    with pytest.raises(UnreadableError, match="delete the empty ones"):
        read_csv(tmp_path / "x.csv")


def test_a_hundred_megabytes_on_one_line_are_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "x.csv").open("wb") as stream:
        stream.truncate(100 << 20)
    with pytest.raises(UnreadableError, match="larger than"):
        read_csv(tmp_path / "x.csv")
