"""The sample `broken`: the small round with one of each input error, and the list of them."""

import csv
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from scheduler.input.writing import InputFacts, write_input
from scheduler.locale import Translator

# Sheet, line, header (English) and what is written there. The line counts the header as 1.
PLANTED: tuple[tuple[str, int, str, object], ...] = (
    ("candidates", 2, "wished_start", "høst 2026"),
    ("candidates", 3, "remaining_months", "seks"),
    ("candidates", 4, "scheme", "nyy"),
    ("candidates", 14, "candidate_id", "K11"),
    ("candidates", 6, "municipality", "1899"),
    ("candidates", 7, "municipality", "5401"),
    ("candidates", 8, "wished_start_latest", "1.8.2026"),
    ("candidates", 9, "practice_start", None),
    ("candidates", 10, "fte", 1),
    ("candidates", 11, "plan_rest", "kanskje"),
    ("candidates", 12, "unavailable", "hele mai"),
    ("candidates", 13, "registered_on", None),
    ("wishes", 2, "department", "Generell indremedsin"),
    ("wishes", 3, "site", "Nordlandssykehuset Lofotn"),
    ("wishes", 4, "trust", "Nordlandsykehuset HF"),
    ("wishes", 5, "candidate_id", "K99"),
    ("wishes", 8, "rank", 1),
    ("wishes", 10, "rank", "første"),
    ("priority", 3, "priority", 1),
    ("priority", 4, "candidate_id", "K08"),
    ("priority", 5, "priority", 0),
    ("vacancies", 2, "end", "2026-08-31"),
    ("vacancies", 3, "start", "31.2.2027"),
    ("vacancies", 4, "positions", -1),
    ("vacancies", 5, "vacancy_id", "V03"),
    ("vacancies", 6, "department", "Ortoped"),
    ("vacancies", 7, "certainty", "sikker"),
    ("departments", 11, "department", "Psykiatri"),
    ("municipalities", 11, "municipality", "Narvik"),
    ("municipalities", 4, "registered_from", "snart"),
    ("agreements", 3, "trust", "Nordlandsykehuset HF"),
    ("agreements", 4, "municipality", "1842"),
    ("locks", 2, "end", "2026-05-31"),
    ("waivers", 2, "rule", "capacity"),
    ("waivers", 3, "approved_by", None),
    ("declines", 2, "vacancy_id", "V77"),
    ("pairs", 2, "candidate_b", "K01"),
    ("round", 4, "value", "2026-02-01"),
    ("round", 7, "value", "tretten"),
)
# Lines added at the end, twice each, to have something to plant errors in.
_ROWS: dict[str, tuple[str, ...]] = {
    "waivers": ("K02", "deviation", "Regional koordinator", "2026-02-16", "Eksempel"),
    "declines": ("K02", "V01", "2026-02-01", "kandidat"),
    "pairs": ("K01", "K02", "ikke samtidig", "ja"),
}


def write_broken(folder: Path, facts: InputFacts, translator: Translator) -> None:
    """Write input.xlsx and expected.txt: the cells in which errors must be told."""
    path = folder / "input.xlsx"
    write_input(path, facts, translator)
    book = load_workbook(path)
    for sheet, line in (("candidates", 12), ("departments", 9), ("municipalities", 3)):
        page = book[translator.sheet(sheet)]
        page.append([c.value for c in page[line]])
    for sheet, row in _ROWS.items():
        book[translator.sheet(sheet)].append(list(row))
        book[translator.sheet(sheet)].append(list(row))
    expected = [_plant(book, translator, *planted) for planted in PLANTED]
    settings = book[translator.sheet("round")]
    settings.append((translator.column("name"), "Samme nøkkel igjen"))
    expected.append((settings.title, f"A{settings.max_row}"))
    book.save(path)
    with (folder / "expected.txt").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([("sheet", "cell"), *expected])


def _plant(
    book: Workbook, translator: Translator, sheet: str, line: int, header: str, value: object
) -> tuple[str, str]:
    """Write one error; returns sheet and cell."""
    page = book[translator.sheet(sheet)]
    headers = [str(c.value) for c in page[1]]
    cell = page.cell(line, headers.index(translator.column(header)) + 1)
    cell.value = value  # type: ignore[assignment]
    return page.title, cell.coordinate
