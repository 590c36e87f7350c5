"""Somebody's workbook: every part as it is, but for the sheets that are changed."""

import posixpath
import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import SubElement

from openpyxl.utils import absolute_coordinate, get_column_letter

from scheduler.quarter.own_files.part import MAIN, Part, tag
from scheduler.quarter.own_files.sheet import OwnSheet, days_shifted
from scheduler.quarter.own_files.styles import Styles

_DOCS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a file that does not say when it was written is always the same
_EMPTY = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
    'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    "<cols/><sheetData/></worksheet>"
)


class OwnBook:
    """A workbook by its parts; sheets are read when they are first asked for."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._parts: dict[str, Part] = {}
        self._new: list[str] = []
        root = self._part("_rels/.rels").root
        self._path = next(
            r.get("Target", "").lstrip("/")
            for r in root
            if r.get("Type", "").endswith("/officeDocument")
        )
        self._book = self._part(self._path).root
        self._targets = self._related(self._path)
        styles = next(p for kind, p in self._targets.values() if kind == "styles")
        self.styles = Styles(self._part(styles))
        self._sheets: dict[str, OwnSheet] = {}

    def _part(self, path: str) -> Part:
        if path not in self._parts:
            self._parts[path] = Part(self._archive.read(path), path)
        return self._parts[path]

    def _related(self, path: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: id → kind and path."""
        rels = _rels_of(path)
        if rels not in self._archive.namelist() and rels not in self._parts:
            return {}
        found = {}
        for one in self._part(rels).root:
            if one.get("TargetMode") != "External":
                target = one.get("Target", "")
                whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                target = target.lstrip("/") if target.startswith("/") else whole
                found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def sheet(self, title: str) -> OwnSheet:
        """The sheet of that name, which must be there."""
        if title not in self._sheets:
            sheets = self._book.find(tag("sheets"))
            assert sheets is not None
            one = next(s for s in sheets if s.get("name") == title)
            _, path = self._targets[one.get(f"{{{_DOCS}}}id", "")]
            tables = [self._part(p) for kind, p in self._related(path).values() if kind == "table"]
            settings = self._book.find(tag("workbookPr"))
            mac = settings is not None and settings.get("date1904") in ("1", "true")
            self._sheets[title] = OwnSheet(self._part(path), tables, self.styles, days_shifted(mac))
        return self._sheets[title]

    def new_sheet(self, title: str, headers: Sequence[str]) -> OwnSheet:
        """A sheet after all others, with a line of headers."""
        sheets = self._book.find(tag("sheets"))
        assert sheets is not None
        taken = {*self._archive.namelist(), *self._new}
        folder = posixpath.dirname(self._path)
        names = (f"{folder}/worksheets/sheet{n}.xml".lstrip("/") for n in range(1, 10_000))
        path = next(n for n in names if n not in taken)
        self._parts[path] = Part(_EMPTY.encode(), path)
        self._new.append(path)
        widths = self._parts[path].root.find(tag("cols"))
        assert widths is not None
        for n, header in enumerate(headers, 1):
            width = str(max(14, len(header) + 3))
            SubElement(widths, tag("col"), min=str(n), max=str(n), width=width, customWidth="1")
        types = self._part("[Content_Types].xml").root
        SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{path}", ContentType=_SHEET_TYPE)
        rels = self._part(_rels_of(self._path)).root
        used = {r.get("Id") for r in rels}
        name = next(i for i in (f"rId{n}" for n in range(1, 10_000)) if i not in used)
        kind = f"{_DOCS}/worksheet"
        SubElement(rels, f"{{{_RELS}}}Relationship", Id=name, Type=kind, Target=f"/{path}")
        self._targets[name] = ("worksheet", path)
        number = max(int(s.get("sheetId", "0")) for s in sheets) + 1
        entry = SubElement(sheets, tag("sheet"), name=title, sheetId=str(number))
        entry.set(f"{{{_DOCS}}}id", name)
        sheet = self.sheet(title)
        for column, header in enumerate(headers, 1):
            sheet.put(1, column, header, self.styles.bold())
        last = get_column_letter(len(headers))
        SubElement(self._parts[path].root, tag("autoFilter"), ref=f"A1:{last}1")
        return sheet

    def to_bytes(self) -> bytes:
        """The workbook; Excel works its formulas out again when it opens it."""
        self._recalculate()
        for sheet in self._sheets.values():
            sheet.measure()
        self._name_filters()
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._archive.infolist():
                part = self._parts.get(info.filename)
                data = (part and part.new_bytes()) or self._archive.read(info)
                archive.writestr(_entry(info.filename), data)
            for path in self._new:
                archive.writestr(_entry(path), self._parts[path].to_bytes())
        return out.getvalue()

    def _name_filters(self) -> None:
        """Excel keeps the range of a filter in a hidden name too."""
        titles = [s.get("name", "") for s in self._book.iterfind(f"{tag('sheets')}/{tag('sheet')}")]
        for one in self._book.iterfind(f"{tag('definedNames')}/{tag('definedName')}"):
            number = int(one.get("localSheetId", "-1"))
            sheet = self._sheets.get(titles[number]) if number >= 0 else None
            if one.get("name") == "_xlnm._FilterDatabase" and sheet and sheet.filtered and one.text:
                place = one.text.rpartition("!")[0]
                one.text = f"{place}!{absolute_coordinate(sheet.filtered)}"

    def _recalculate(self) -> None:
        found = self._book.find(tag("calcPr"))
        if found is None:
            later = ("oleSize", "customWorkbookViews", "pivotCaches", "extLst")
            after = [n for n, e in enumerate(self._book) if e.tag in {tag(x) for x in later}]
            found = self._book.makeelement(tag("calcPr"), {})
            self._book.insert(after[0] if after else len(self._book), found)
        found.set("fullCalcOnLoad", "1")


def _rels_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
