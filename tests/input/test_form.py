"""The form: what it offers and minds while somebody types, and that Excel can take it."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Color
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from models.finding import Finding
from models.settings import RoundSettings
from models.waiver import WAIVABLE
from scheduler.input.form.names import INSTRUCTIONS, LISTS
from scheduler.input.form.template import make_template
from scheduler.input.sheets import NOUNS, SETTINGS
from scheduler.input.values.cells import reader_of
from scheduler.locale import LANGUAGES, Translator
from scheduler.support.resources import shipped_policies
from tests.input.coordinator import check_of, table_of, written
from tests.input.formulas import Formulas

NB = Translator("nb")


def pages(book: Workbook, translator: Translator) -> list[Worksheet]:
    """The sheets with a table each."""
    return [book[translator.sheet(sheet)] for sheet in NOUNS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_offered_is_one_that_is_read(language: str) -> None:
    translator = Translator(language)
    formulas = Formulas(make_template("nord", translator))
    book = make_template("nord", translator)
    read = 0
    for sheet, noun in NOUNS.items():
        page = book[translator.sheet(sheet)]
        for column, field in enumerate(noun.model_fields, 1):
            check = check_of(page, column)
            if check.type == "list" and str(check.formula1).startswith(('"', "list_muni")):
                for word in formulas.offered(str(check.formula1), page.title):
                    value = reader_of(noun, field)(word, translator)
                    assert not isinstance(value, Finding), (sheet, field, word)
                    read += 1
    assert read > 250
    for line, field in enumerate(RoundSettings.model_fields, 2):
        check = check_of(book[translator.sheet(SETTINGS)], 2, line)
        words = formulas.offered(str(check.formula1), "") if check.type == "list" else []
        assert words == {
            "language": ["nb", "nn", "en"],
            "policy": list(shipped_policies()),
        }.get(field, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("region", ["nord", "vest"])
def test_excel_can_take_the_form(region: str, language: str, tmp_path: Path) -> None:
    translator = Translator(language)
    unsaved = make_template(region, translator)
    book = load_workbook(written(tmp_path, region, language))
    assert book.sheetnames[0] == translator.sheet(INSTRUCTIONS)
    assert book[LISTS].sheet_state == "hidden"
    names = [table_of(page).displayName for page in pages(book, translator)]
    everything = [n.casefold() for n in (*names, *book.defined_names)]
    assert len(set(everything)) == len(everything)
    assert all(len(name) <= 31 for name in book.sheetnames)
    for sheet in (SETTINGS, *NOUNS):
        for check in book[translator.sheet(sheet)].data_validations.dataValidation:
            assert len(str(check.formula1 or "")) <= 255
            assert 0 < len(str(check.prompt)) <= 255
            assert 0 < len(str(check.promptTitle)) <= 32
            assert len(str(check.errorTitle or "")) <= 32
            assert len(str(check.error or "")) <= 225
            assert check.prompt != check.promptTitle
    for page in pages(book, translator):
        table = table_of(page)
        headers = [str(cell.value) for cell in page[1]]
        assert [c.name for c in table.tableColumns] == headers
        assert len({h.casefold() for h in headers}) == len(headers)
        assert not page.auto_filter.ref  # Excel calls a sheet with both damaged
        _, _, right, bottom = range_boundaries(table.ref)
        assert (right, bottom) == (len(headers), max(2, page.max_row))
        for column in range(1, len(headers) + 1):
            check = check_of(page, column)
            assert f"{get_column_letter(column)}1001" in check.sqref
            # Sizes are not read back, so they are looked at before the file is written.
            note = unsaved[page.title].cell(1, column).comment
            assert note
            assert note.text.startswith(str(check.prompt))
            assert note.height >= 17 * sum(len(line) // 60 + 1 for line in note.text.split("\n"))


def test_whoever_chooses_the_rule_of_a_waiver_is_told_what_each_means() -> None:
    for language in LANGUAGES:
        translator = Translator(language)
        page = make_template("nord", translator)[translator.sheet("waivers")]
        (head,) = [c for c in page[1] if c.value == translator.column("rule")]
        assert head.comment
        lines = [line.split(": ")[0] for line in head.comment.text.split("\n")]
        assert lines[-len(WAIVABLE) :] == [f"«{rule}»" for rule in WAIVABLE]


def test_dates_numbers_and_required_cells_are_minded_while_typing(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path))
    seen = set()
    for sheet, noun in NOUNS.items():
        page = book[NB.sheet(sheet)]
        yellow = " ".join(str(rule.sqref) for rule in page.conditional_formatting)
        for column, (field, info) in enumerate(noun.model_fields.items(), 1):
            check = check_of(page, column)
            letter = get_column_letter(column)
            if info.annotation in (date, date | None):
                # A day that is written in words Excel does not know can be kept: it may be read.
                assert (check.type, check.errorStyle) == ("date", "warning")
                assert "1.9.2026" in str(check.error)
                assert page.column_dimensions[letter].number_format == "d.m.yyyy"
            if info.annotation in (int, int | None):
                assert (check.type, check.errorStyle) == ("whole", "stop")
            if info.annotation is str:
                assert page.column_dimensions[letter].number_format == "@"
            if noun.required(field):
                assert f"{letter}2:{letter}" in yellow
                fill = page.cell(1, column).fill.fgColor
                assert isinstance(fill, Color)
                assert fill.rgb == "001F4E79"
            seen.add(check.type)
    assert {"list", "date", "whole", "decimal"} <= seen
