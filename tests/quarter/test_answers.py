"""Returned workbooks are known by what is hidden in them; what is wrong in them is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.answer import Answer, CandidateAnswer, DepartmentAnswer
from models.plan import Plan
from scheduler.input.message import message_line
from scheduler.locale import Translator
from scheduler.quarter.answers.gathering import Gathered, counted, difference_finding, gather
from scheduler.report.answers_file import answers_bytes
from scheduler.report.names import names_of
from scheduler.support.resources import data_folder
from tests.delivery import answers_in, departments_in, municipalities_in
from tests.quarter.helpers import deliver, fill, header_line, no, yes

SMALL = data_folder() / "samples" / "small" / "input.xlsx"
NB = Translator("nb")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    folder = tmp_path_factory.mktemp("plan") / "plan"
    return deliver(SMALL, folder), folder


def gathered(sent: tuple[Plan, Path], *paths: Path) -> Gathered:
    plan, folder = sent
    return gather([answers_in(folder), *paths], plan, NB)


def said(found: Gathered) -> dict[tuple[str, str], Any]:
    return {(r.candidate_id, r.vacancies): r.candidate_answer for r in found.rows}


def told(found: Gathered) -> list[str]:
    return [message_line(m, NB) for m in found.messages]


def town(folder: Path, start: str) -> Path:
    return next(p for p in municipalities_in(folder) if p.name.startswith(start))


def ward(folder: Path, part: str) -> Path:
    return next(p for p in departments_in(folder) if part in p.name)


def test_a_plan_comes_with_a_row_for_every_offer(sent: tuple[Plan, Path]) -> None:
    found = gathered(sent)
    assert found.messages == ()
    assert {(r.candidate_id, r.vacancies, r.first_day, r.last_day) for r in found.rows} == {
        ("K01", "V02", date(2027, 3, 1), date(2027, 8, 31)),
        ("K02", "V01", date(2026, 9, 1), date(2027, 2, 28)),
        ("K03", "V03", date(2026, 8, 1), date(2027, 1, 31)),
        ("K04", "V04", date(2026, 8, 15), date(2027, 2, 14)),
        ("K05", "V04", date(2027, 2, 15), date(2027, 8, 14)),
        ("K06", "V05", date(2026, 9, 1), date(2026, 11, 30)),
        ("K06", "V09", date(2027, 1, 1), date(2027, 3, 31)),
        ("K07", "V07, V08", date(2026, 9, 1), date(2027, 2, 28)),
    }
    assert {r.reply_by for r in found.rows} == {date(2026, 3, 15)}
    assert {r.candidate_answer for r in found.rows} == {None}


def test_the_cells_for_answers_offer_the_words_that_are_read(sent: tuple[Plan, Path]) -> None:
    _, folder = sent
    for path in (answers_in(folder), town(folder, "1804"), ward(folder, "Barnemedisin")):
        sheet = load_workbook(path).worksheets[0]
        lists = [v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"]
        assert set(lists) <= {'"ja,nei,trukket"', '"ja,nei"'}
        assert lists, path


def test_files_are_known_whatever_they_are_called_and_however_sorted(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    _, folder = sent
    back = fill(
        town(folder, "1865"), tmp_path / "Kopi av svar (3).xlsx", {"K01": no(), "K02": yes()}
    )
    book = load_workbook(back)
    sheet = book.worksheets[0]
    sheet.title = "Ferdig"
    head = header_line(sheet)
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=head + 1)]
    for line, row in enumerate(reversed(rows), head + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(line, column).value = value
    book.save(back)
    found = gathered(sent, back)
    assert told(found) == []
    assert said(found)["K01", "V02"] is CandidateAnswer.NO
    assert said(found)["K02", "V01"] is CandidateAnswer.YES
    assert said(found)["K03", "V03"] is None  # half filled in is no error


def test_both_halves_of_an_offer_have_one_answer(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    _, folder = sent
    back = fill(town(folder, "1866"), tmp_path / "a.xlsx", {"K06": yes()})
    book = load_workbook(back)
    sheet = book.worksheets[0]
    head = header_line(sheet)
    column = next(c.column for c in sheet[head] if c.value == "Kandidatens svar")
    sheet.cell(head + 2, column).value = None
    book.save(back)
    found = gathered(sent, back)
    assert said(found)["K06", "V05"] is said(found)["K06", "V09"] is CandidateAnswer.YES
    sheet.cell(head + 2, column).value = "nei"
    book.save(back)
    found = gathered(sent, back)
    assert said(found)["K06", "V05"] is said(found)["K06", "V09"] is None
    assert [d.field for d in found.differences] == ["candidate_answer"]


def test_a_department_answers_for_its_own_stretch(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    _, folder = sent
    ortho = fill(
        ward(folder, "Ortopedi"),
        tmp_path / "a.xlsx",
        {"K06": {"department_answer": "Nei", "comment": "ombygging"}},
    )
    rows = {r.vacancies: r for r in gathered(sent, ortho).rows}
    assert rows["V05"].department_answer is DepartmentAnswer.NO
    assert rows["V05"].comment == "ombygging"
    assert rows["V09"].department_answer is None


def test_a_file_returned_twice_counts_once_and_two_that_differ_are_told(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    _, folder = sent
    one = fill(town(folder, "1860"), tmp_path / "en.xlsx", {"K04": yes()})
    again = fill(town(folder, "1860"), tmp_path / "to.xlsx", {"K04": yes()})
    assert said(gathered(sent, one, again))["K04", "V04"] is CandidateAnswer.YES
    other = fill(town(folder, "1860"), tmp_path / "tre.xlsx", {"K04": no()})
    found = gathered(sent, one, again, other)
    assert said(found)["K04", "V04"] is None
    (difference,) = found.differences
    text = NB.finding(difference_finding(difference, NB))
    assert "K04" in text
    assert text.count("en.xlsx") == text.count("tre.xlsx") == 1
    assert "ja (" in text
    assert "nei (" in text
    row = next(r for r in found.rows if r.candidate_id == "K04")
    assert "tre.xlsx" in row.comment


def test_what_was_gathered_can_be_gathered_again(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    plan, folder = sent
    ward_says = {"K06": {"department_answer": "ja", "comment": "hyggelig"}}
    town_says = {"K06": {**yes(), "comment": "gleder seg"}}
    one = fill(ward(folder, "Ortopedi"), tmp_path / "a.xlsx", ward_says)
    two = fill(town(folder, "1866"), tmp_path / "b.xlsx", town_says)
    once = gathered(sent, one, two)
    (tmp_path / "samlet.xlsx").write_bytes(answers_bytes(plan, once.rows, NB))
    again = gathered(sent, tmp_path / "samlet.xlsx", two, one)
    assert again.messages == ()
    assert again.rows == once.rows


def test_changed_days_and_places_are_told_cell_by_cell(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    _, folder = sent
    back = fill(town(folder, "1860"), tmp_path / "a.xlsx", {"K04": yes()})
    book = load_workbook(back)
    sheet = book.worksheets[0]
    head = header_line(sheet)
    columns = {str(c.value): n for n, c in enumerate(sheet[head], 1)}
    sheet.cell(head + 1, columns["Første dag"]).value = date(2026, 9, 1)
    sheet.cell(head + 1, columns["Vikariater"]).value = "V99"
    book.save(back)
    texts = told(gathered(sent, back))
    assert len(texts) == 2
    for name, old in (("Første dag", "15.8.2026"), ("Vikariater", "V04")):
        cell = sheet.cell(head + 1, columns[name]).coordinate
        assert any(f"celle {cell}" in text and old in text for text in texts), texts


def test_an_answer_where_none_is_asked_for_is_told(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    _, folder = sent
    back = fill(town(folder, "1841"), tmp_path / "a.xlsx", {"K08": {"candidate_answer": "ja"}})
    (text,) = told(gathered(sent, back))
    assert "Denne raden skal ikke besvares" in text


def test_what_cannot_be_read_is_told_with_its_cell(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    _, folder = sent
    back = fill(
        answers_in(folder),
        tmp_path / "a.xlsx",
        {
            "K01": {"candidate_answer": "kanskje", "answered_on": date(2026, 3, 10)},
            "K02": {"candidate_answer": "ja", "answered_on": date(2025, 3, 10)},
            "K03": {"answered_on": date(2026, 3, 10)},
        },
    )
    texts = told(gathered(sent, back))
    assert len(texts) == 3
    assert all("a.xlsx" in text and "celle " in text for text in texts)


def test_a_formula_without_a_stored_result_is_told_and_does_not_count_as_blank(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    folder = sent[1]
    book = load_workbook(folder / names_of(sent[0]).answers)
    sheet = book.worksheets[0]
    head = header_line(sheet)
    columns = {str(c.value).lower(): n for n, c in enumerate(sheet[head], 1)}
    cell = sheet.cell(head + 1, columns["kandidatens svar"])
    cell.value = '=IF(1=1,"ja","nei")'
    book.save(tmp_path / "svar.xlsx")
    (line,) = told(gathered(sent, tmp_path / "svar.xlsx"))
    assert f"svar.xlsx, ark {sheet.title}, celle {cell.coordinate}" in line
    assert "Formelen" in line


def test_answers_to_another_plan_are_refused_by_name(
    sent: tuple[Plan, Path], tmp_path: Path
) -> None:
    other = deliver(data_folder() / "samples" / "conflict" / "input.xlsx", tmp_path / "other")
    path = municipalities_in(tmp_path / "other")[0]
    (text,) = told(gathered(sent, path))
    assert other.round.name in text
    assert sent[0].round.name in text
    assert "1.3.2026" in text


def test_files_that_are_no_answers_are_refused(sent: tuple[Plan, Path], tmp_path: Path) -> None:
    (tmp_path / "tom.xlsx").write_bytes(b"")
    paths = (SMALL, tmp_path / "tom.xlsx", tmp_path / "borte.xlsx")
    found = gathered(sent, *paths)
    assert [m.place.file for m in found.messages] == [str(p) for p in paths]


def test_without_the_plans_own_workbook_nothing_is_gathered(sent: tuple[Plan, Path]) -> None:
    plan, folder = sent
    found = gather([town(folder, "1860")], plan, NB)
    assert found.rows == ()
    assert len(found.messages) == 1


def test_no_names_are_hidden_in_what_departments_get(sent: tuple[Plan, Path]) -> None:
    _, folder = sent
    for path in departments_in(folder):
        sheet = load_workbook(path)["alis"]
        text = "".join(str(row[0]) for row in sheet.iter_rows(values_only=True))
        assert "Kandidat 0" not in text


def test_every_offer_is_counted_in_one_way_only() -> None:
    no = DepartmentAnswer.NO
    said = [
        (CandidateAnswer.YES, None),
        (CandidateAnswer.YES, no),
        (CandidateAnswer.NO, no),
        (CandidateAnswer.WITHDRAWN, None),
        (None, no),
        (None, None),
    ]
    rows = [Answer(candidate_id="A", candidate_answer=a, department_answer=b) for a, b in said]
    ways = {"yes": 1, "no": 1, "withdrawn": 1, "department_no": 2, "blank": 1}
    assert counted(rows) == {"offers": 6, **ways}


def test_an_offer_shows_the_name_of_the_candidates_municipality(sent: tuple[Plan, Path]) -> None:
    _, folder = sent
    sheet = load_workbook(answers_in(folder)).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "1865 Vågan" in cells
    assert "1865" not in cells
