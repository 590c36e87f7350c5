"""`alis compare` as a coordinator meets it."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler.input import read_round
from scheduler.input.writing import write_input
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.page.frame import tables_page
from scheduler.report.table import Column, Table
from tests.quarter.command import alis
from tools.hand_samples import small_facts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two inputs and their plans; in the second, every vacancy has three positions."""
    here = tmp_path_factory.mktemp("compare")
    for name in ("one", "two"):
        facts = small_facts()
        if name == "two":
            facts.rows["vacancies"] = [
                v.model_copy(update={"positions": 3}) for v in facts.rows["vacancies"]
            ]
        write_input(here / f"{name}.xlsx", facts, Translator("nb"))
        read = read_round(here / f"{name}.xlsx")
        assert read.round is not None
        (here / name).mkdir()
        plan = make_plan(make_case(read.round), origin=read.origin).plan
        (here / name / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    return here


def test_what_differs_is_told_and_the_rest_counted(folder: Path) -> None:
    done = alis("compare", folder / "one", folder / "two", "--lang", "nb")
    assert done.exit_code == 0, done.stderr
    assert "Har fått en annen plass eller andre dager: 1" in done.stdout
    assert "Målene side om side" in done.stdout
    assert "--input-before" in done.stdout  # what cannot be known says so
    inputs = ("--input-before", folder / "one.xlsx", "--input-after", folder / "two.xlsx")
    known = alis("compare", folder / "one", folder / "two", *inputs, "--lang", "nb")
    assert "--input-before" not in known.stdout
    assert "plasser var 1 og er nå 3." in known.stdout


def test_of_different_rounds_the_goals_come_with_a_warning_and_the_rounds_as_heads(
    folder: Path, tmp_path: Path
) -> None:
    data = json.loads((folder / "two" / "plan.json").read_text(encoding="utf-8"))
    data["round"]["name"], data["round"]["run_date"] = "Neste", "2026-06-01"
    (tmp_path / "plan.json").write_text(json.dumps(data), encoding="utf-8")
    out = tmp_path / "out.xlsx"
    done = alis("compare", folder / "one", tmp_path / "plan.json", "--out", out, "--lang", "nb")
    warning = "Planene gjelder ulike runder, så målene kan ikke sammenlignes én til én."
    assert warning in done.stdout
    book = load_workbook(out)
    for sheet in (book["Sammenligning"], book["Mål"]):
        heads = {cell.value for row in sheet.iter_rows() for cell in row}
        assert "Neste, kjøredato 1.6.2026" in heads
        assert "Før" not in heads
    same = alis("compare", folder / "one", folder / "two", "--lang", "nb")
    assert warning not in same.stdout


def test_programs_get_everybody(folder: Path) -> None:
    done = alis("compare", folder / "one", folder / "two" / "plan.json", "--json")
    data = json.loads(done.stdout)
    kinds = {p["candidate_id"]: p["kind"] for p in data["people"]}
    assert "moved" in kinds.values()
    plan = json.loads((folder / "two" / "plan.json").read_text(encoding="utf-8"))
    assert {p["candidate_id"] for p in plan["placements"]} <= kinds.keys()
    assert data["after"]["goals"]["placed"] == len(plan["placements"])


def test_a_workbook_and_a_page_hold_everybody_and_nothing_is_written_over(
    folder: Path, tmp_path: Path
) -> None:
    call = ("compare", folder / "one", folder / "two", "--lang", "nb")
    for name in ("out.xlsx", "out.html"):
        assert alis(*call, "--out", tmp_path / name).exit_code == 0
        again = alis(*call, "--out", tmp_path / name)
        assert again.exit_code == 7
        assert "--overwrite" in again.stderr
        assert alis(*call, "--out", tmp_path / name, "--overwrite").exit_code == 0
    sheet = load_workbook(tmp_path / "out.xlsx")["Sammenligning"]
    people = {row[0].value for row in sheet.iter_rows(min_row=2)}
    data = json.loads(alis(*call, "--json").stdout)
    assert {p["candidate_id"] for p in data["people"]} <= people
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert all(f">{p['candidate_id']}</th>" in text for p in data["people"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.html", "out.xlsx"]
    wrong = alis(*call, "--out", tmp_path / "out.docx")
    assert wrong.exit_code == 2
    own = ("--input-before", folder / "one.xlsx", "--overwrite", "--out", folder / "one.xlsx")
    before = (folder / "one.xlsx").read_bytes()
    assert alis(*call, *own).exit_code == 2  # that cannot be meant
    assert (folder / "one.xlsx").read_bytes() == before


def test_what_is_no_plan_and_what_is_not_its_input_are_refused(
    folder: Path, tmp_path: Path
) -> None:
    assert alis("compare", folder / "one", tmp_path / "none").exit_code == 2
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    assert alis("compare", folder / "one", tmp_path).exit_code == 2
    facts = small_facts()
    facts.rows = {
        sheet: [
            row.model_copy(
                update={
                    name: f"X{value}"
                    for name in ("candidate_id", "candidate_a", "candidate_b")
                    if isinstance(value := getattr(row, name, None), str)
                }
            )
            for row in rows
        ]
        for sheet, rows in facts.rows.items()
    }
    write_input(tmp_path / "other.xlsx", facts, Translator("nb"))
    call = ("compare", folder / "one", folder / "two", "--input-before", tmp_path / "other.xlsx")
    done = alis(*call, "--lang", "nb")
    assert done.exit_code == 2
    assert "er ikke inndataene til planen" in done.stderr


def test_a_page_says_what_a_table_says_and_runs_nothing() -> None:
    evil = "<script>alert('x')</script>&\"'"
    table = Table("N", evil, (Column(evil),), ((evil,), (None,), (3,)), notes=(evil,))
    text = tables_page([table], Translator("nb"), evil).decode()
    assert "<script>alert" not in text
    assert text.count("<script") == 1  # ours, which the policy names by its hash
    seen: list[str] = []

    class Texts(HTMLParser):
        def handle_data(self, data: str) -> None:
            seen.append(data)

    reader = Texts(convert_charrefs=True)
    reader.feed(text)
    assert (
        seen.count(evil) == 5
    )  # in title, heading (the table's title too, once), note, header, cell
    assert "http" not in text.replace("http-equiv", "")
