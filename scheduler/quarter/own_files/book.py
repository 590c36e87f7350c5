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
        self._raw: dict[str, bytes] = {}
        self._new: list[str] = []
        self._gone: set[str] = set()
        root = self.part("_rels/.rels").root
        self._path = next(
            r.get("Target", "").lstrip("/")
            for r in root
            if r.get("Type", "").endswith("/officeDocument")
        )
        self._book = self.part(self._path).root
        self._targets = self.related(self._path)
        styles = next(p for kind, p in self._targets.values() if kind == "styles")
        self.styles = Styles(self.part(styles))
        self._sheets: dict[str, OwnSheet] = {}

    def part(self, path: str) -> Part:
        """The XML part at that path."""
        if path not in self._parts:
            self._parts[path] = Part(self._archive.read(path), path)
        return self._parts[path]

    def raw(self, path: str) -> bytes:
        """What is kept at that path, as it is."""
        return self._raw.get(path) or self._archive.read(path)

    def put_raw(self, path: str, data: bytes) -> None:
        """Keep these bytes at the path, in place of what was there."""
        if path not in self._archive.namelist() and path not in self._new:
            self._new.append(path)
        self._raw[path] = data

    def add(self, pattern: str, data: bytes, kind: str) -> str:
        """Keep a new XML part of that content type, at the first free path of a pattern such as
        `xl/comments{n}.xml`; returns the path.
        """
        path = self.free_path(pattern)
        self._parts[path] = Part(data, path)
        self._new.append(path)
        types = self.part("[Content_Types].xml").root
        SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{path}", ContentType=kind)
        return path

    def add_ending(self, ending: str, kind: str) -> None:
        """Say of what content type the files with that ending are, unless it is said."""
        types = self.part("[Content_Types].xml").root
        if not any(one.get("Extension", "").lower() == ending for one in types):
            default = types.makeelement(f"{{{_TYPES}}}Default", {"Extension": ending})
            default.set("ContentType", kind)
            types.insert(0, default)

    def free_path(self, pattern: str) -> str:
        """The first path of a pattern that nothing has."""
        taken = {name.lower() for name in (*self._archive.namelist(), *self._new)}
        names = (f"{self.folder}/{pattern}".lstrip("/").format(n=n) for n in range(1, 10_000))
        return next(name for name in names if name.lower() not in taken)

    @property
    def folder(self) -> str:
        """Where the workbook's own parts lie."""
        return posixpath.dirname(self._path)

    def relate(self, path: str, kind: str, target: str) -> str:
        """Say that a part refers to another; returns the id by which it does."""
        rels = _rels_of(path)
        if rels not in self._archive.namelist() and rels not in self._parts:
            self._parts[rels] = Part(f'<Relationships xmlns="{_RELS}"/>'.encode(), rels)
            self._new.append(rels)
        root = self.part(rels).root
        used = {one.get("Id") for one in root}
        name = next(i for i in (f"rId{n}" for n in range(1, 100_000)) if i not in used)
        whole = f"{_DOCS}/{kind}"
        SubElement(root, f"{{{_RELS}}}Relationship", Id=name, Type=whole, Target=f"/{target}")
        return name

    def path_of(self, title: str) -> str:
        """The path of the sheet of that name, which must be there."""
        sheets = self._book.find(tag("sheets"))
        assert sheets is not None
        one = next(s for s in sheets if s.get("name") == title)
        return self._targets[one.get(f"{{{_DOCS}}}id", "")][1]

    @property
    def titles(self) -> list[str]:
        """The names of all sheets, in their order."""
        return [s.get("name", "") for s in self._book.iterfind(f"{tag('sheets')}/{tag('sheet')}")]

    def move_first(self, title: str) -> None:
        """Put the last sheet before all others, and open the workbook at it."""
        sheets = self._book.find(tag("sheets"))
        assert sheets is not None
        entry = sheets[-1]
        sheets.remove(entry)
        sheets.insert(0, entry)
        for one in self._book.iterfind(f"{tag('definedNames')}/{tag('definedName')}"):
            if "localSheetId" in one.attrib:
                one.set("localSheetId", str(int(one.attrib["localSheetId"]) + 1))
        for view in self._book.iterfind(f"{tag('bookViews')}/{tag('workbookView')}"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        for kind, path in self._targets.values():
            if kind == "worksheet" and path not in self._new and b"tabSelected" in self.raw(path):
                for view in self.part(path).root.iter(tag("sheetView")):
                    view.attrib.pop("tabSelected", None)
        for view in self.part(self.path_of(title)).root.iter(tag("sheetView")):
            view.set("tabSelected", "1")

    def drop(self, title: str) -> None:
        """Leave out a sheet, and the parts that it refers to."""
        sheets = self._book.find(tag("sheets"))
        assert sheets is not None
        number = self.titles.index(title)
        name = sheets[number].get(f"{{{_DOCS}}}id", "")
        sheets.remove(sheets[number])
        _, path = self._targets.pop(name)
        self._gone |= {path, _rels_of(path), *(p for _, p in self.related(path).values())}
        for root, attribute, left_out in (
            (self.part(_rels_of(self._path)).root, "Id", {name}),
            (self.part("[Content_Types].xml").root, "PartName", {f"/{p}" for p in self._gone}),
        ):
            for one in [one for one in root if one.get(attribute) in left_out]:
                root.remove(one)
        for names in self._book.iterfind(tag("definedNames")):
            for one in list(names):
                own = int(one.get("localSheetId", "-1"))
                if own == number:
                    names.remove(one)
                elif own > number:
                    one.set("localSheetId", str(own - 1))

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: id → kind and path."""
        rels = _rels_of(path)
        if rels not in self._archive.namelist() and rels not in self._parts:
            return {}
        found = {}
        for one in self.part(rels).root:
            if one.get("TargetMode") != "External":
                target = one.get("Target", "")
                whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                target = target.lstrip("/") if target.startswith("/") else whole
                found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def sheet(self, title: str) -> OwnSheet:
        """The sheet of that name, which must be there."""
        if title not in self._sheets:
            path = self.path_of(title)
            tables = [self.part(p) for kind, p in self.related(path).values() if kind == "table"]
            settings = self._book.find(tag("workbookPr"))
            mac = settings is not None and settings.get("date1904") in ("1", "true")
            self._sheets[title] = OwnSheet(self.part(path), tables, self.styles, days_shifted(mac))
        return self._sheets[title]

    def new_sheet(
        self, title: str, headers: Sequence[str], wide: Sequence[int] | None = None
    ) -> OwnSheet:
        """A sheet after all others, with a line of headers; `wide` are the widths of its columns,
        which otherwise follow from the headers.
        """
        sheets = self._book.find(tag("sheets"))
        assert sheets is not None
        path = self.add("worksheets/sheet{n}.xml", _EMPTY.encode(), _SHEET_TYPE)
        widths = self._parts[path].root.find(tag("cols"))
        assert widths is not None
        for n, header in enumerate(headers, 1):
            width = str(wide[n - 1] if wide else max(14, len(header) + 3))
            SubElement(widths, tag("col"), min=str(n), max=str(n), width=width, customWidth="1")
        name = self.relate(self._path, "worksheet", path)
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
                if info.filename in self._gone:
                    continue
                part = self._parts.get(info.filename)
                data = (part and part.new_bytes()) or self.raw(info.filename)
                archive.writestr(_entry(info.filename), data)
            for path in self._new:
                part = self._parts.get(path)
                archive.writestr(_entry(path), part.to_bytes() if part else self.raw(path))
        return out.getvalue()

    def _name_filters(self) -> None:
        """Excel keeps the range of a filter in a hidden name too."""
        titles = self.titles
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
