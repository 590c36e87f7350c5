"""A CSV file of somebody's: lines that do not change stay as they are, to the byte."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from models.finding import N_, finding
from scheduler.quarter.own_files.sheet import Value
from scheduler.support.errors import CannotWriteError

_NO_LETTER = N_(
    "{file} is in Windows-1252, which has no sign for what is to be written; save it as UTF-8."
)
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class OwnCsv:
    """One CSV file, by the line that each row ends on and 1-based columns."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._mark, self._encoding = _encoding(data)
        text = data[len(self._mark) :].decode(self._encoding)
        raw = list(io.StringIO(text, newline=""))
        first = raw[0] if raw else "\n"
        self._end = "\r\n" if first.endswith("\r\n") else "\r" if first.endswith("\r") else "\n"
        self._delimiter = _delimiter(raw)
        self._text: dict[int, str] = {}  # the row that ends on a line, as it stands in the file
        self._cells: dict[int, list[str]] = {}
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter)
        done = 0
        for row in reader:
            self._text[reader.line_num] = "".join(raw[done : reader.line_num])
            self._cells[reader.line_num] = row
            done = reader.line_num

    @classmethod
    def like(cls, name: str, other: "OwnCsv", headers: Sequence[str]) -> "OwnCsv":
        """A new file, written as another is."""
        made = cls(name, other._mark + "\n".encode(other._encoding))
        made._delimiter, made._end = other._delimiter, other._end
        made._cells, made._text = {1: list(headers)}, {}
        return made

    def spot(self, line: int, column: int) -> str:
        """The place of a cell."""
        return f"{line}:{column}"

    def has_formula(self, line: int, column: int) -> bool:
        """A CSV file has no formulas."""
        return False

    def put(self, line: int, column: int, value: Value) -> None:
        """Give a cell a value."""
        row = self._cells.setdefault(line, [])
        row.extend([""] * (column - len(row)))
        row[column - 1] = _plain(value)
        self._text.pop(line, None)

    def clear(self, line: int) -> None:
        """Take a line out."""
        self._cells.pop(line)
        self._text.pop(line, None)

    def grey(self, line: int, columns: Iterable[int]) -> None:
        """A CSV file has no colours."""

    def add_row(self, above: int, header: int, values: dict[int, Value]) -> int:
        """Add a line at the end; returns its number."""
        line = max(self._cells) + 1
        width = max(len(self._cells[header]), *values)
        self._cells[line] = [_plain(values.get(n)) for n in range(1, width + 1)]
        return line

    def add_column(self, header: int, text: str) -> int:
        """Write a header beside the last one; returns the column."""
        column = len(self._cells[header]) + 1
        self.put(header, column, text)
        return column

    def to_bytes(self) -> bytes:
        """The file. Raises CannotWriteError if its encoding lacks a letter."""
        out: list[str] = []
        for line in sorted(self._cells):
            if out and not out[-1].endswith(("\n", "\r")):
                out.append(self._end)
            out.append(self._text.get(line) or self._joined(self._cells[line]))
        try:
            return self._mark + "".join(out).encode(self._encoding)
        except UnicodeEncodeError as error:
            raise CannotWriteError(finding(_NO_LETTER, file=self._name)) from error

    def _joined(self, cells: Sequence[str]) -> str:
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=self._delimiter, lineterminator=self._end).writerow(cells)
        return stream.getvalue()


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The mark that a file begins with, and how it is encoded, as it is read."""
    if data.startswith(codecs.BOM_UTF8):
        return codecs.BOM_UTF8, "utf-8"
    for mark, encoding in _UTF_16.items():
        if data.startswith(mark):
            return mark, encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "cp1252"
    return b"", "utf-8"


def _delimiter(lines: Sequence[str]) -> str:
    """What stands in most of the first lines."""
    return max((";", "\t", ","), key=lambda d: sum(d in line for line in lines[:15]))
