"""Finding the files of an input and opening them as grids."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.finding import N_, finding
from scheduler.input.files.csvfolder import read_csv
from scheduler.input.files.grid import Grid
from scheduler.input.files.workbook import read_workbook
from scheduler.input.message import Message, Place, Severity
from scheduler.support.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class Source:
    """The files of an input: one workbook, or the CSV files of a folder."""

    folder: Path
    files: tuple[Path, ...]


def find_source(path: Path) -> Source:
    """The files of the input; raises UnreadableError if there is nothing to read.

    A folder holds either CSV files or exactly one workbook.
    """
    if path.is_file():
        if path.suffix.lower() not in (".xlsx", ".xlsm"):
            raise UnreadableError(
                finding(N_("The input must be a workbook (.xlsx) or a folder of CSV files."))
            )
        return Source(path.parent, (path,))
    if not path.is_dir():
        raise UnreadableError(finding(N_("There is no such file or folder.")))
    tables = tuple(sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv"))
    # Excel keeps a lock file that begins with ~$ beside an open workbook.
    books = [p for p in sorted(path.glob("*.xlsx")) if not p.name.startswith("~$")]
    if tables and books:
        raise UnreadableError(
            finding(N_("The folder holds both CSV files and a workbook; name the workbook itself."))
        )
    if not tables and len(books) != 1:
        raise UnreadableError(
            finding(N_("The folder holds no CSV files and not exactly one workbook."))
        )
    return Source(path, tables or tuple(books))


def open_grids(source: Source) -> Iterator[Grid | Message]:
    """Every sheet of the input, or a message about a file that cannot be read."""
    for path in source.files:
        try:
            if path.suffix.lower() == ".csv":
                yield read_csv(path)
            else:
                yield from read_workbook(path)
        except UnreadableError as error:
            yield Message(Severity.ERROR, Place(path.name, ""), "", error.finding)
