"""Writing an input: a workbook with drop-downs and help texts, or a folder of CSV files."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from models.finding import Finding
from models.settings import RoundSettings
from scheduler.input.form.book import make_book
from scheduler.input.form.values import cell_value
from scheduler.input.sheets import KEY, NOUNS, SETTINGS, VALUE
from scheduler.locale import Translator
from scheduler.support.excel import workbook_bytes
from scheduler.support.safe_write import write_file, write_new_folder


@dataclass
class InputFacts:
    """What an input says: the settings and the nouns of each sheet."""

    settings: RoundSettings
    rows: dict[str, list[Any]] = field(default_factory=dict)


def write_input(
    path: Path, facts: InputFacts, translator: Translator, *, overwrite: bool = False
) -> list[Finding]:
    """Write a workbook if the path ends in .xlsx, else a new folder of CSV files (English headers).

    A workbook that is there already is replaced only if `overwrite` says so. Returns what the user
    should know. Raises CannotWriteError; then nothing is changed.
    """
    if path.suffix.lower() == ".xlsx":
        rows = {sheet: [dict(row) for row in nouns] for sheet, nouns in facts.rows.items()}
        book = make_book(dict(facts.settings), rows, translator)
        return write_file(path, workbook_bytes(book), overwrite=overwrite)
    return write_new_folder(path, _csv_files(facts))


def _csv_files(facts: InputFacts) -> dict[str, bytes]:
    english = Translator("en")
    settings = [
        (name, _plain(getattr(facts.settings, name), english))
        for name in RoundSettings.model_fields
    ]
    files = {f"{SETTINGS}.csv": _csv([(KEY, VALUE), *settings])}
    for sheet, noun in NOUNS.items():
        header = [noun.header(name) for name in noun.model_fields]
        rows = [
            [_plain(getattr(row, name), english) for name in noun.model_fields]
            for row in facts.rows.get(sheet, ())
        ]
        files[f"{sheet}.csv"] = _csv([header, *rows])
    return files


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _plain(value: object, translator: Translator) -> str:
    cell = cell_value(value, translator)
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
