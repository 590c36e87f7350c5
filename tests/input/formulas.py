"""The formulas of the form, worked out as Excel does: as much of it as the form uses."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

_TOKENS = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?(?![\w!]))
    |(?P<ref>(?:(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?\$?[A-Z]{1,3}(?:\$?\d+)?(?::\$?[A-Z]{1,3}(?:\$?\d+)?)?
      (?![\w(]))
    |(?P<name>[A-Za-z_][\w.]*)|(?P<sign><=|>=|<>|[-+*&=<>(),]))""",
    re.VERBOSE,
)
_CELL = re.compile(r"\$?([A-Z]+)\$?(\d*)")


class ExcelError(Exception):
    """What a cell shows as #N/A or the like."""


@dataclass(frozen=True)
class Area:
    """Cells that stand together."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int


class Formulas:
    """The formulas of a workbook and what they come to. Cells are known by sheet, row, column."""

    def __init__(self, book: Workbook) -> None:
        self.cells = {s.title: list(s.iter_rows(values_only=True)) for s in book.worksheets}
        self.names = {name: str(own.attr_text) for name, own in book.defined_names.items()}
        self.known: dict[tuple[str, int, int], Any] = {}

    def cell(self, sheet: str, row: int, column: int) -> Any:
        """What a cell comes to; None if it is blank."""
        rows = self.cells[sheet]
        within = row <= len(rows) and column <= len(rows[row - 1])
        value: Any = rows[row - 1][column - 1] if within else None
        if not isinstance(value, str) or not value.startswith("="):
            return value
        key = (sheet, row, column)
        if key not in self.known:
            self.known[key] = self.scalar(_Reading(self, value[1:], sheet, row).whole())
        return self.known[key]

    def refresh(self, book: Workbook, sheet: str) -> None:
        """Take over what stands in a sheet now. What formulas came to is kept."""
        self.cells[sheet] = list(book[sheet].iter_rows(values_only=True))

    def values(self, found: Any) -> list[Any]:
        """The values of an area, or of one value, in the order of rows."""
        if not isinstance(found, Area):
            return [found]
        rows = range(found.top, found.bottom + 1)
        columns = range(found.left, found.right + 1)
        return [self.cell(found.sheet, r, c) for r in rows for c in columns]

    def scalar(self, found: Any) -> Any:
        """The one value."""
        if not isinstance(found, Area):
            return found
        (value,) = self.values(found)
        return value

    def offered(self, formula: str, sheet: str) -> list[str]:
        """The entries of a drop-down, as they are shown."""
        found = self.values(_Reading(self, formula, sheet, 2).whole())
        if formula.startswith('"'):
            found = str(found[0]).split(",")
        return ["" if value is None else str(value) for value in found]


class _Reading:
    """One formula, read from left to right."""

    def __init__(self, formulas: Formulas, text: str, sheet: str, row: int) -> None:
        self.all, self.sheet, self.row = formulas, sheet, row
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            match = _TOKENS.match(text, at)
            assert match, text[at:]
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind]))
            at = match.end()
        self.at = 0

    def whole(self) -> Any:
        found = self.compared()()
        assert self.at == len(self.tokens)
        return found

    def sign(self, *signs: str) -> str:
        """The next token if it is one of these signs."""
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind != "sign" or text not in signs:
            return ""
        self.at += 1
        return text

    # Each of these gives a function, so that IF works out only what it chooses.
    def compared(self) -> Callable[[], Any]:
        left = self.joined()
        sign = self.sign("=", ">", "<")
        if not sign:
            return left
        right = self.joined()

        def compare() -> bool:
            one, other = (self.comparable(side()) for side in (left, right))
            if sign == "=":
                return bool(one == other)
            return bool(one > other if sign == ">" else one < other)

        return compare

    def comparable(self, found: Any) -> Any:
        value = self.all.scalar(found)
        return "" if value is None else value.casefold() if isinstance(value, str) else value

    def joined(self) -> Callable[[], Any]:
        left = self.added()
        while self.sign("&"):
            one, other = left, self.added()
            left = lambda a=one, b=other: self.text(a()) + self.text(b())  # type: ignore[misc]  # noqa: E731
        return left

    def text(self, found: Any) -> str:
        value = self.all.scalar(found)
        return "" if value is None else str(value)

    def added(self) -> Callable[[], Any]:
        left = self.product()
        while sign := self.sign("+", "-"):
            one, other, factor = left, self.product(), 1 if sign == "+" else -1
            left = lambda a=one, b=other, f=factor: self.number(a()) + f * self.number(b())  # type: ignore[misc]  # noqa: E731
        return left

    def product(self) -> Callable[[], Any]:
        left = self.single()
        while self.sign("*"):
            one, other = left, self.single()
            left = lambda a=one, b=other: self.number(a()) * self.number(b())  # type: ignore[misc]  # noqa: E731
        return left

    def number(self, found: Any) -> int:
        value = self.all.scalar(found)
        return 0 if value is None else int(value)

    def single(self) -> Callable[[], Any]:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "text":
            return lambda: text[1:-1].replace('""', '"')
        if kind == "number":
            return lambda: int(text)
        if kind == "ref":
            return lambda: self.area(text)
        if kind == "name" and self.sign("("):
            arguments = []
            while not self.sign(")"):
                arguments.append(self.compared())
                self.sign(",")
            return lambda: getattr(self, f"do_{text.lower()}")(*arguments)
        assert kind == "name", text
        formula = self.all.names[text]
        return lambda: _Reading(self.all, formula, self.sheet, self.row).whole()

    def area(self, text: str) -> Area:
        sheet, _, cells = text.rpartition("!")
        name = sheet.strip("'").replace("''", "'") or self.sheet
        ends = [_CELL.fullmatch(end) for end in cells.split(":")]
        assert all(ends)
        (left, top), (right, bottom) = [(m[1], m[2]) for m in (ends[0], ends[-1]) if m]
        last = len(self.all.cells[name])
        return Area(
            name,
            column_index_from_string(left),
            int(top or 1),
            column_index_from_string(right),
            int(bottom or last),
        )

    def numbers(self, *arguments: Callable[[], Any]) -> list[int]:
        found = [v for a in arguments for v in self.all.values(a())]
        return [v for v in found if isinstance(v, int) and not isinstance(v, bool)]

    def do_if(self, test: Any, yes: Any, no: Any) -> Any:
        return yes() if test() else no()

    def do_or(self, *tests: Any) -> bool:
        return any(test() for test in tests)

    def do_row(self) -> int:
        return self.row

    def do_max(self, *arguments: Any) -> int:
        return max(self.numbers(*arguments), default=0)

    def do_count(self, cells: Any) -> int:
        return len(self.numbers(cells))

    def do_counta(self, cells: Any) -> int:
        return sum(v is not None for v in self.all.values(cells()))

    def do_small(self, cells: Any, place: Any) -> int:
        return sorted(self.numbers(cells))[self.number(place()) - 1]

    def do_countif(self, cells: Any, wanted: Any) -> int:
        value = self.comparable(wanted())
        return [self.comparable(v) for v in self.all.values(cells())].count(value)

    def do_match(self, wanted: Any, cells: Any, kind: Any) -> int:
        assert kind() == 0
        value = self.comparable(wanted())
        found = [self.comparable(v) for v in self.all.values(cells())]
        if value not in found:
            raise ExcelError(value)
        return found.index(value) + 1

    def do_index(self, cells: Any, place: Any) -> Any:
        found, number = cells(), self.number(place())
        return Area(
            found.sheet, found.left, found.top + number - 1, found.left, found.top + number - 1
        )

    def do_offset(self, start: Any, down: Any, right: Any, height: Any, width: Any) -> Area:
        found = start()
        top, left = found.top + self.number(down()), found.left + self.number(right())
        high, wide = self.number(height()), self.number(width())
        return Area(found.sheet, left, top, left + wide - 1, top + high - 1)
