"""The sheet of the round's own facts: a key, its value, and what it is for."""

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.settings import RoundSettings
from scheduler.input.form.choices import validation
from scheduler.input.form.help import help_text
from scheduler.input.form.tables import Values, head, is_blank, mark_missing, number_format
from scheduler.input.form.values import cell_value
from scheduler.input.sheets import KEY, VALUE
from scheduler.locale import Translator
from scheduler.support.excel import print_on_a4, put

_WIDTHS = (22, 34, 80)


def settings_sheet(sheet: Worksheet, settings: Values, translator: Translator) -> None:
    """Fill the sheet: a line for each key."""
    head(sheet, 1, 1, translator.column(KEY), needed=True)
    head(sheet, 1, 2, translator.column(VALUE), needed=True)
    cells = {field: f"B{line}" for line, field in enumerate(RoundSettings.model_fields, 2)}
    for line, (field, cell) in enumerate(cells.items(), 2):
        put(sheet, line, 1, translator.column(RoundSettings.header(field)))
        value = settings.get(field)
        written = str(value) if field == "language" else cell_value(value, translator)
        put(sheet, line, 2, written).number_format = number_format(RoundSettings, field, translator)
        put(sheet, line, 3, help_text(RoundSettings, field, translator).replace("\n", " "))
        sheet.cell(line, 1).font = Font(name="Calibri", bold=RoundSettings.required(field))
        sheet.cell(line, 2).alignment = Alignment(horizontal="left", vertical="top")
        sheet.cell(line, 3).font = Font(name="Calibri", italic=True, color="666666")
        sheet.cell(line, 3).alignment = Alignment(vertical="top", wrap_text=True)
        check = validation(RoundSettings, field, cells, translator)
        check.add(cell)
        sheet.add_data_validation(check)
        if RoundSettings.required(field):
            mark_missing(sheet, cell, is_blank(cell))
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    print_on_a4(sheet, 1, 1)
