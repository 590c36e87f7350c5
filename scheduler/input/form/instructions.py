"""The first sheet of the form: what to do, in ten lines, with links to the sheets."""

from openpyxl.styles import Alignment, Font
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from models.candidate import Candidate
from models.department import Department
from models.finding import N_
from models.lock import Decline, Lock
from models.municipality import Agreement, Municipality, Priority
from models.settings import RoundSettings
from models.vacancy import Vacancy
from models.waiver import Pair, Waiver
from models.wish import Wish
from scheduler.input.form.choices import EXAMPLE
from scheduler.locale import Translator
from scheduler.support.excel import print_on_a4, put

_TITLE = N_("How to fill in this workbook")
# The sheet that a line is about (blank: all of them), and what it says.
_LINES: tuple[tuple[str, str], ...] = (
    (
        "",
        N_(
            "Columns with a dark blue header must be filled in; light blue ones may stay blank. "
            "Yellow cells are still to be filled in. Point at a header, or choose a cell, to see "
            "what belongs there. Many cells have a drop-down list."
        ),
    ),
    (RoundSettings.sheet, N_("Give the round a name, and the day on which it is run.")),
    (
        Department.sheet,
        N_(
            "The departments that can take somebody, each with trust, site and whether it is "
            "approved. The lists of places in the other sheets come from here."
        ),
    ),
    (
        Municipality.sheet,
        N_("The municipalities, and whether or from which day each is registered."),
    ),
    (
        Agreement.sheet,
        N_(
            "A line for each municipality and trust with an agreement. If the policy asks for "
            "agreements, nobody gets a place without one."
        ),
    ),
    (
        Vacancy.sheet,
        N_("A line for each vacancy, with a short id such as V01, and its first and last day."),
    ),
    (
        Candidate.sheet,
        N_(
            "A line for each doctor. Give each a short id such as K01, which says nothing of who "
            "it is; the other sheets name people by it."
        ),
    ),
    (
        Wish.sheet,
        N_(
            "A line for each wish; 1 is the first. Choose trust, then site, then department: each "
            "list depends on the one before. Blank means any."
        ),
    ),
    (
        Priority.sheet,
        N_(
            "The order of a municipality that has several candidates. Use {locks}, {waivers}, "
            "{declines} and {pairs} where there is something to tell."
        ),
    ),
    (
        "",
        N_(
            "Write days like {example}. A line written directly below a table belongs to it. Save "
            "the workbook; alis check FILE --marked COPY shows in the cells what is wrong or "
            "missing, and alis plan FILE --out FOLDER makes the plan."
        ),
    ),
)
_WIDTHS = (22, 100)


def instructions_sheet(sheet: Worksheet, translator: Translator) -> None:
    """Fill the sheet."""
    title = put(sheet, 1, 1, translator.text(_TITLE))
    title.font = Font(name="Calibri", size=15, bold=True, color="1F4E79")
    sheet.row_dimensions[1].height = 28
    others = {noun.sheet: translator.sheet(noun.sheet) for noun in (Lock, Waiver, Decline, Pair)}
    for line, (about, template) in enumerate(_LINES, 2):
        names = {name: shown for name, shown in others.items() if f"{{{name}}}" in template}
        if "{example}" in template:
            text = translator.text(template, example=EXAMPLE)
        else:
            text = translator.text(template, **names)
        cell = put(sheet, line, 2, text)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[line].height = 15.0 * -(-len(text) // (_WIDTHS[1] - 6)) + 6
        if about:
            _link(sheet, line, translator.sheet(about))
    for letter, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    print_on_a4(sheet, 1, 1)


def _link(sheet: Worksheet, line: int, name: str) -> None:
    """The name of a sheet, which leads there."""
    cell = put(sheet, line, 1, name)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(name)}!A1")
    cell.font = Font(name="Calibri", underline="single", color="1F4E79")
    cell.alignment = Alignment(vertical="top")
