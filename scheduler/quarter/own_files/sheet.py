"""A sheet of somebody's workbook: cells set, rows added, and what reaches over rows with them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement

from openpyxl.utils import coordinate_to_tuple

from scheduler.input.message import column_letters
from scheduler.quarter.own_files.part import Part, tag
from scheduler.quarter.own_files.styles import Styles

Value = str | int | float | date | None
_EPOCH = date(1899, 12, 30)
_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)")


class OwnSheet:
    """One sheet of a workbook, by 1-based lines and columns."""

    def __init__(self, part: Part, tables: list[Part], styles: Styles, shift: int) -> None:
        """`shift` are the days by which the workbook counts dates otherwise (Excel for Mac)."""
        self._root, self._tables, self._styles, self._shift = part.root, tables, styles, shift
        data = self._root.find(tag("sheetData"))
        assert data is not None
        self._data = data
        self._rows: dict[int, Element] = {}
        for row in data:
            line = int(row.get("r") or len(self._rows) + 1)
            row.set("r", str(line))
            self._rows[line] = row
            for number, cell in enumerate(row, 1):
                if cell.get("r") is None:
                    cell.set("r", f"{column_letters(number)}{line}")

    def spot(self, line: int, column: int) -> str:
        """The name of a cell."""
        return f"{column_letters(column)}{line}"

    def has_formula(self, line: int, column: int) -> bool:
        """Whether the cell is worked out by Excel."""
        cell = self._find(line, column)
        return cell is not None and cell.find(tag("f")) is not None

    def _find(self, line: int, column: int) -> Element | None:
        row = self._rows.get(line)
        name = self.spot(line, column)
        return None if row is None else next((c for c in row if c.get("r") == name), None)

    def _row(self, line: int) -> Element:
        if line not in self._rows:
            row = self._data.makeelement(tag("row"), {"r": str(line)})
            self._data.insert(sum(n < line for n in self._rows), row)
            self._rows[line] = row
        return self._rows[line]

    def _cell(self, line: int, column: int) -> Element:
        found = self._find(line, column)
        if found is not None:
            return found
        row = self._row(line)
        row.attrib.pop("spans", None)
        before = sum(coordinate_to_tuple(c.get("r", "A1"))[1] < column for c in row)
        cell = row.makeelement(tag("c"), {"r": self.spot(line, column)})
        style = self._default_style(line, column)
        if style:
            cell.set("s", str(style))
        row.insert(before, cell)
        return cell

    def _default_style(self, line: int, column: int) -> int:
        """What a cell that was never touched looks like: its row, else its column."""
        row = self._rows.get(line)
        if row is not None and row.get("customFormat") in ("1", "true"):
            return int(row.get("s", "0"))
        for one in self._root.iterfind(f"{tag('cols')}/{tag('col')}"):
            if int(one.get("min", "0")) <= column <= int(one.get("max", "0")):
                return int(one.get("style", "0"))
        return 0

    def style(self, line: int, column: int) -> int:
        """The number of the cell's style."""
        cell = self._find(line, column)
        return self._default_style(line, column) if cell is None else int(cell.get("s", "0"))

    def put(self, line: int, column: int, value: Value, style: int | None = None) -> None:
        """Give a cell a value; a text stays a text, whatever it begins with."""
        cell = self._cell(line, column)
        if style is not None:
            cell.set("s", str(style))
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        for gone in ("cm", "vm"):
            cell.attrib.pop(gone, None)
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = SubElement(SubElement(cell, tag("is")), tag("t"))
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = value
        elif isinstance(value, date):
            cell.set("s", str(self._styles.dated(int(cell.get("s", "0")))))
            SubElement(cell, tag("v")).text = str((value - _EPOCH).days - self._shift)
        elif value is not None:
            SubElement(cell, tag("v")).text = str(value)

    def print_wide(self) -> None:
        """Print a new sheet on landscape A4, as wide as the page."""
        settings = self._root.makeelement(tag("sheetPr"), {})
        SubElement(settings, tag("pageSetUpPr"), fitToPage="1")
        self._root.insert(0, settings)
        page = {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
        SubElement(self._root, tag("pageSetup"), page)

    def high(self, line: int, points: float) -> None:
        """Make a line so high."""
        row = self._row(line)
        row.set("ht", f"{points:g}")
        row.set("customHeight", "1")

    def link(self, line: int, column: int, sheet: str, spot: str) -> None:
        """Make a cell lead to one in a sheet of the same workbook; only of a new sheet, which has
        nothing after its cells but a filter.
        """
        links = self._root.find(tag("hyperlinks"))
        if links is None:
            links = SubElement(self._root, tag("hyperlinks"))
        place = "'{}'!{}".format(sheet.replace("'", "''"), spot)
        SubElement(links, tag("hyperlink"), ref=self.spot(line, column), location=place)

    def clear(self, line: int) -> None:
        """Empty the cells of a line; formulas stay, and all looks as it did."""
        for cell in self._rows.get(line, ()):
            if cell.find(tag("f")) is None:
                self.put(line, coordinate_to_tuple(cell.get("r", "A1"))[1], None)

    def grey(self, line: int, columns: Iterable[int]) -> None:
        """Give the cells of a line a grey ground."""
        for column in columns:
            self._cell(line, column).set("s", str(self._styles.greyed(self.style(line, column))))

    def add_row(self, above: int, header: int, values: dict[int, Value]) -> int:
        """Fill the first line below `above`, in the style of that line; returns its number."""
        line = above + 1
        row, like = self._row(line), self._rows.get(above)
        if above > header and like is not None:
            for name in ("ht", "customHeight", "s", "customFormat"):
                if name in like.attrib and name not in row.attrib:
                    row.set(name, like.attrib[name])
            for cell in list(like):
                column = coordinate_to_tuple(cell.get("r", "A1"))[1]
                self._cell(line, column).set("s", cell.get("s", "0"))
        for column, value in values.items():
            self.put(line, column, value)
        self._reach(above, line, header)
        return line

    def add_column(self, header: int, text: str) -> int:
        """Write a header beside the last one, in its style; returns the column."""
        filled = [coordinate_to_tuple(c.get("r", "A1"))[1] for c in self._rows[header] if len(c)]
        last = max(filled, default=0)
        column = last + 1
        self.put(header, column, text, self.style(header, last) if last else None)
        for ranges in self._spans():
            found = _RANGE.fullmatch(ranges.get("ref", ""))
            if found and int(found[2]) == header and _number(found[3]) == last:
                end = column_letters(column)
                ranges.set("ref", f"{found[1]}{found[2]}:{end}{found[4]}")
        for table in self._tables:
            columns = table.root.find(tag("tableColumns"))
            found = _RANGE.fullmatch(table.root.get("ref", ""))
            if columns is not None and found and found[3] == column_letters(column):
                number = max((int(c.get("id", "0")) for c in columns), default=0) + 1
                SubElement(columns, tag("tableColumn"), id=str(number), name=text)
                columns.set("count", str(len(columns)))
        return column

    def _spans(self) -> Iterator[Element]:
        """What has one range: filters, and Tables with theirs."""
        yield from self._root.iterfind(tag("autoFilter"))
        for table in self._tables:
            yield table.root
            yield from table.root.iterfind(tag("autoFilter"))

    def _reach(self, above: int, line: int, header: int) -> None:
        """Checks, colours, filters and Tables that reach to the line above reach to the new one."""
        outside = [e for child in self._root if child is not self._data for e in child.iter()]
        for element in outside:
            if "sqref" in element.attrib and not element.tag.endswith("}selection"):
                text = element.attrib["sqref"]
                element.set("sqref", _longer(text, above, line, header))
            elif element.tag.endswith("}sqref") and element.text:
                element.text = _longer(element.text, above, line, header)
        for element in self._spans():
            element.set("ref", _longer(element.get("ref", ""), above, line, header - 1))

    @property
    def filtered(self) -> str:
        """The range of the sheet's own filter; empty if it has none."""
        found = self._root.find(tag("autoFilter"))
        return "" if found is None else found.get("ref", "")

    def measure(self) -> None:
        """Write down how far the cells reach, once all are written."""
        size = self._root.find(tag("dimension"))
        spots = [coordinate_to_tuple(c.get("r", "A1")) for row in self._data for c in row]
        if size is not None and spots:
            lines, columns = zip(*spots, strict=True)
            first = f"{column_letters(min(columns))}{min(lines)}"
            size.set("ref", f"{first}:{column_letters(max(columns))}{max(lines)}")


def _number(letters: str) -> int:
    return coordinate_to_tuple(f"{letters}1")[1]


def _longer(ranges: str, above: int, line: int, header: int) -> str:
    """Ranges that end in the line above, and begin below the header, end in the new line."""
    longer = []
    for one in ranges.split():
        found = _RANGE.fullmatch(one) or re.fullmatch(r"([A-Z]+)(\d+)()()", one)
        if found and header < int(found[2]) and int(found[4] or found[2]) == above:
            one = f"{found[1]}{found[2]}:{found[3] or found[1]}{line}"
        longer.append(one)
    return " ".join(longer)


def days_shifted(mac: bool) -> int:
    """The days by which a workbook that counts from 1904 is behind the others."""
    return (date(1904, 1, 1) - _EPOCH) // timedelta(days=1) if mac else 0
