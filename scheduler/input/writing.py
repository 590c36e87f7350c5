"""Writing an input: a workbook with drop-downs and help texts, or a folder of CSV files."""

import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from models.settings import RoundSettings
from scheduler.input.form.book import make_book
from scheduler.input.form.values import cell_value
from scheduler.input.sheets import KEY, NOUNS, SETTINGS, VALUE
from scheduler.locale import Translator


@dataclass
class InputFacts:
    """What an input says: the settings and the nouns of each sheet."""

    settings: RoundSettings
    rows: dict[str, list[Any]] = field(default_factory=dict)


def write_input(path: Path, facts: InputFacts, translator: Translator) -> None:
    """Write a workbook if the path ends in .xlsx, else a folder of CSV files (English headers).

    Raises OSError if it cannot be written.
    """
    if path.suffix.lower() == ".xlsx":
        rows = {sheet: [dict(row) for row in nouns] for sheet, nouns in facts.rows.items()}
        save_book(make_book(dict(facts.settings), rows, translator), path)
    else:
        _csv_folder(path, facts)


def save_book(book: Workbook, path: Path) -> None:
    """Write a workbook beside its place, then move it there. Raises OSError if it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        book.save(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _csv_folder(path: Path, facts: InputFacts) -> None:
    path.mkdir(parents=True, exist_ok=True)
    english = Translator("en")
    settings = [
        (name, _plain(getattr(facts.settings, name), english))
        for name in RoundSettings.model_fields
    ]
    _csv(path / f"{SETTINGS}.csv", [(KEY, VALUE), *settings])
    for sheet, noun in NOUNS.items():
        header = [noun.header(name) for name in noun.model_fields]
        rows = [
            [_plain(getattr(row, name), english) for name in noun.model_fields]
            for row in facts.rows.get(sheet, ())
        ]
        _csv(path / f"{sheet}.csv", [header, *rows])


def _csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows)


def _plain(value: object, translator: Translator) -> str:
    cell = cell_value(value, translator)
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
