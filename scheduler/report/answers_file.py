"""The workbook of answers as it is written: delivered with a plan, or gathered later."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from models.answer import ANSWER_CELLS, Answer
from models.plan import Plan
from models.stamp import Stamp
from scheduler.locale import Translator
from scheduler.report.sheets.answers import answers_table
from scheduler.report.workbook import write_workbook

ANSWERS_XLSX = "answers.xlsx"


def write_answers(path: Path, plan: Plan, rows: Sequence[Answer], translator: Translator) -> None:
    """Write the workbook; its stamp tells what was offered, whatever was answered."""
    nothing = dict.fromkeys(ANSWER_CELLS) | {"comment": ""}
    stamp = Stamp.of(plan, "answers", [row.model_copy(update=nothing) for row in rows])
    table = answers_table(translator, plan.round.name, rows)
    write_workbook(path, [table], translator, table.title, stored=stamp.to_json())


def answers_bytes(plan: Plan, rows: Sequence[Answer], translator: Translator) -> bytes:
    """The workbook as a file holds it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ANSWERS_XLSX
        write_answers(path, plan, rows, translator)
        return path.read_bytes()
