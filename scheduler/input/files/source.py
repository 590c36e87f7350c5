"""Finding the files of an input and opening them as grids."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.finding import N_, finding
from scheduler.input.files.csvfolder import read_csv
from scheduler.input.files.grid import Grid
from scheduler.input.files.regular import NO_SUCH_FILE, NOT_OPENED, file_mode
from scheduler.input.files.workbook import read_workbook
from scheduler.input.message import Message, Place, Severity
from scheduler.support.errors import UnreadableError

_BOOKS = (".xlsx", ".xlsm")
# Of these the reader of workbooks says how to save them.
_OTHER_BOOKS = (".xls", ".xlsb", ".ods")


@dataclass(frozen=True, slots=True)
class Source:
    """The files of an input: one workbook, or the CSV files of a folder."""

    folder: Path
    files: tuple[Path, ...]


def find_source(path: Path) -> Source:
    """The files of the input; raises UnreadableError if there is nothing to read.

    A folder holds either CSV files or exactly one workbook.
    """
    mode = file_mode(path)
    if not mode:
        raise UnreadableError(finding(NO_SUCH_FILE, file=str(path)))
    if not stat.S_ISDIR(mode):
        if _kind(path) not in (*_BOOKS, *_OTHER_BOOKS):
            raise UnreadableError(
                finding(N_("The input must be a workbook (.xlsx) or a folder of CSV files."))
            )
        return Source(path.parent, (path,))
    try:
        # Programs that have a file open keep one beside it whose name begins with ~$ or a point.
        inside = [p for p in sorted(path.iterdir()) if not p.name.startswith(("~$", "."))]
    except OSError as error:
        raise UnreadableError(finding(NOT_OPENED, file=path.name)) from error
    tables = tuple(p for p in inside if _kind(p) == ".csv")
    books = [p for p in inside if _kind(p) in _BOOKS]
    if tables and books:
        raise UnreadableError(
            finding(N_("The folder holds both CSV files and a workbook; name the workbook itself."))
        )
    if not tables and not books:
        books = [p for p in inside if _kind(p) in _OTHER_BOOKS]
    if not tables and len(books) != 1:
        raise UnreadableError(
            finding(N_("The folder holds no CSV files and not exactly one workbook."))
        )
    return Source(path, tables or tuple(books))


def _kind(path: Path) -> str:
    return path.suffix.lower()


def open_grids(source: Source) -> Iterator[Grid | Message]:
    """Every sheet of the input, and messages: a file that cannot be read, a guessed encoding."""
    for path in source.files:
        place = Place(path.name, "")
        try:
            if _kind(path) == ".csv":
                grid, notices = read_csv(path)
                yield from (Message(Severity.NOTICE, place, "", found) for found in notices)
                yield grid
            else:
                yield from read_workbook(path)
        except UnreadableError as error:
            yield Message(Severity.ERROR, place, "", error.finding)
