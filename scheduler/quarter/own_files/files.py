"""The files of an input: one workbook, or the files of a folder, each as it is until changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from scheduler.input.files.grid import Grid
from scheduler.quarter.own_files.book import OwnBook
from scheduler.quarter.own_files.csvfile import OwnCsv
from scheduler.quarter.own_files.sheet import OwnSheet

_BOOKS = (".xlsx", ".xlsm")


class OwnFiles:
    """What an input was read from, and its copy."""

    def __init__(self, read: Sequence[Path]) -> None:
        """`read` are the files that were read; of a folder all files are copied."""
        first = read[0]
        self._book: OwnBook | None = None
        self._tables: dict[str, OwnCsv] = {}
        folder = first.parent
        if first.suffix.lower() in _BOOKS:
            # A policy of one's own lies beside or below the workbook.
            paths = [p for p in read if p.resolve().is_relative_to(folder.resolve())]
            self._book = OwnBook(first.read_bytes())
        else:
            paths = sorted(p for p in folder.rglob("*") if p.is_file())
        self._name = first.name
        self._before = {
            p.resolve().relative_to(folder.resolve()).as_posix(): p.read_bytes() for p in paths
        }

    def sheet(self, grid: Grid) -> OwnSheet | OwnCsv:
        """The sheet that was read as this grid."""
        if self._book is not None:
            return self._book.sheet(grid.sheet)
        if grid.file not in self._tables:
            self._tables[grid.file] = OwnCsv(grid.file, self._before[grid.file])
        return self._tables[grid.file]

    def new_sheet(self, sheet: str, title: str, headers: Sequence[str]) -> OwnSheet | OwnCsv:
        """A sheet that was not there; a CSV file has the English name."""
        if self._book is not None:
            return self._book.new_sheet(title, headers)
        name = f"{sheet}.csv"
        like = self._tables.get(self._name) or OwnCsv(self._name, self._before[self._name])
        self._tables[name] = OwnCsv.like(name, like, headers)
        return self._tables[name]

    def contents(self) -> Mapping[str, bytes]:
        """The files of the copy, by their paths."""
        if self._book is not None:
            return {**self._before, self._name: self._book.to_bytes()}
        changed = {name: table.to_bytes() for name, table in self._tables.items()}
        return {**self._before, **changed}

    def untouched(self) -> Mapping[str, bytes]:
        """The files as they were."""
        return self._before
