"""The one door to workbooks: whatever is wrong with the file is said in one sentence."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter

from openpyxl import Workbook, load_workbook

from models.finding import N_, finding
from scheduler.input.files.archive import Refusals, open_archive
from scheduler.input.files.part import TOO_LARGE, outline
from scheduler.input.files.regular import FileContent, read_file
from scheduler.support.errors import AlisError, UnreadableError

_MAX_MEGABYTES = 25
# Of parts that a reader takes into memory as a whole; a sheet and its texts are read bit by bit.
_MAX_PART = 8 << 20
# openpyxl compares each with all others.
_NAMED_STYLE = "styleSheet/cellStyles/cellStyle"
_MAX_NAMED_STYLES = 1_000

NOT_A_WORKBOOK = N_("The file is not a workbook that can be read; save it as .xlsx in Excel.")
_PASSWORD = N_(
    "The workbook is protected with a password; open it in Excel, remove the password (File, Info, "
    "Protect Workbook, Encrypt with Password), and save it."
)
_OLD_EXCEL = N_(
    "This is a workbook of an old kind (.xls); open it in Excel and save it as an Excel workbook "
    "(.xlsx)."
)
_BINARY_EXCEL = N_(
    "This is a binary workbook (.xlsb); open it in Excel and save it as an Excel workbook (.xlsx)."
)
_OPEN_DOCUMENT = N_(
    "This is a workbook of LibreOffice (.ods); open it and save it as an Excel workbook (.xlsx)."
)

_REFUSALS = Refusals(
    password=finding(_PASSWORD),
    old=finding(_OLD_EXCEL),
    too_large=finding(TOO_LARGE),
    damaged=finding(NOT_A_WORKBOOK),
)


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook that passed: its content, and its parts."""

    content: FileContent
    archive: zipfile.ZipFile

    def load(self) -> Workbook:
        """All of it as openpyxl has it: formats, drawings and comments too, formulas as formulas.

        Every part is taken into memory as a whole, so none may be large. Raises UnreadableError.
        """
        for info in self.archive.infolist():
            if info.filename.endswith((".xml", ".rels", ".vml")):
                if info.file_size > _MAX_PART:
                    raise UnreadableError(finding(TOO_LARGE))
                with self.archive.open(info) as stream:
                    if len(outline(stream, (_NAMED_STYLE,))) > _MAX_NAMED_STYLES:
                        raise UnreadableError(finding(TOO_LARGE))
        return load_workbook(BytesIO(self.content.data))


@contextmanager
def open_workbook(path: Path) -> Iterator[Package]:
    """Open a workbook, to be read inside the `with`.

    Raises UnreadableError, also for whatever reading inside the `with` stumbles over.
    """
    content = read_file(path, _MAX_MEGABYTES)
    try:
        with catch_warnings(), _archive(content.data) as archive:
            simplefilter("ignore")  # openpyxl tells of things in a workbook that it leaves out
            yield Package(content, archive)
    except AlisError:
        raise
    except Exception as error:
        # Zip, XML and openpyxl raise nearly everything where a file is not as they take it to be.
        raise UnreadableError(finding(NOT_A_WORKBOOK)) from error


def _archive(data: bytes) -> zipfile.ZipFile:
    archive = open_archive(data, _REFUSALS)
    names = {info.filename for info in archive.infolist()}
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableError(finding(_OPEN_DOCUMENT))
    if "xl/workbook.bin" in names:
        raise UnreadableError(finding(_BINARY_EXCEL))
    return archive
