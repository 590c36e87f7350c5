"""Every workbook of a plan can be handed in, answered or not."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.answer import DepartmentAnswer
from models.plan import Plan
from scheduler.input.message import Severity, message_line
from scheduler.locale import LANGUAGES, Translator
from scheduler.quarter.answers.gathering import Gathered, gather
from scheduler.quarter.answers.returned import read_returned
from scheduler.report.files import write_plan
from scheduler.report.texts import Delivery
from tests.delivery import answers_in, departments_in, plan_in, trusts_in
from tests.quarter.helpers import fill, header_line
from tests.report.test_workbooks import sample

NB = Translator("nb")


def deliver(folder: Path, language: str = "nb") -> Plan:
    small = sample("small")
    plan = small.plan.model_copy(
        update={"round": small.plan.round.model_copy(update={"language": language})}
    )
    write_plan(Delivery(plan, small.round, Translator(language), small.proof), folder)
    return Plan.from_json((folder / "plan.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    folder = tmp_path_factory.mktemp("plan") / "plan"
    return deliver(folder), folder


def both_tables(folder: Path) -> Path:
    """The workbook of a department with an arrival and unused time."""
    return next(p for p in departments_in(folder) if "Barnemedisin" in p.name)


def unused_title(sheet: Worksheet) -> int:
    """The line of the title of the unused time."""
    return next(n for n in range(9, 99) if "Ledig tid" in str(sheet.cell(n, 1).value))


def handed_in(sent: tuple[Plan, Path], path: Path) -> Gathered:
    plan, folder = sent
    return gather([answers_in(folder), path], plan, NB)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_plan_with_nothing_answered_is_handed_in_without_an_error(
    language: str, tmp_path: Path
) -> None:
    folder = tmp_path / "plan"
    plan = deliver(folder, language)
    found = gather(sorted(folder.rglob("*.xlsx")), plan, Translator(language))
    assert {m.severity for m in found.messages} == {Severity.NOTICE}
    # The coordinator's own and the trusts', in which nothing is asked.
    silent = {str(p) for p in (plan_in(folder), *trusts_in(folder))}
    assert {m.place.file for m in found.messages} == silent
    assert len(found.rows) == 8
    assert {r.department_answer for r in found.rows} == {None}


def test_a_department_with_only_unused_time_has_no_answers(sent: tuple[Plan, Path]) -> None:
    plan, folder = sent
    read = {p.name: read_returned(p, plan, NB) for p in departments_in(folder)}
    bare = [r for r in read.values() if r.stamp is not None and not r.stamp.offers]
    assert bare
    assert all((r.given, r.messages) == ((), ()) for r in bare)


def test_an_answer_above_the_unused_time_counts(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    back = fill(
        both_tables(sent[1]),
        tmp_path / "a.xlsx",
        {c: {"department_answer": "nei"} for c in ("K01", "K02", "K03", "K04", "K05", "K07")},
    )
    found = handed_in(sent, back)
    assert [r.department_answer for r in found.rows].count(DepartmentAnswer.NO) == 1
    assert found.messages == ()


@pytest.mark.parametrize("blank_lines", [0, 1, 2])
def test_a_row_added_above_the_unused_time_is_told(
    sent: tuple[Plan, Path], tmp_path: Path, blank_lines: int
) -> None:
    book = load_workbook(both_tables(sent[1]))
    sheet = book.worksheets[0]
    head = header_line(sheet)
    columns = {str(c.value): n for n, c in enumerate(sheet[head], 1)}
    sheet.insert_rows(unused_title(sheet), 2)
    line = unused_title(sheet) - 3 + blank_lines
    assert line > head + 1
    sheet.cell(line, 1).value = "K09"
    sheet.cell(line, columns["Avdelingens svar"]).value = "ja"
    book.save(tmp_path / "a.xlsx")
    (message,) = handed_in(sent, tmp_path / "a.xlsx").messages
    assert f"celle {sheet.cell(line, columns['Avdelingens svar']).coordinate}" in message_line(
        message, NB
    )
