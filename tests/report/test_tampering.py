"""verify catches any change to a delivered plan, and names the cell of a workbook."""

import hashlib
import itertools
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.plan import Plan
from models.round import Round
from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.delivered.checking import DeliveredPlan, check_delivered, read_plan
from scheduler.report.files import write_plan
from scheduler.report.names import names_of
from scheduler.report.texts import Delivery
from scheduler.solver.solve import solve
from scheduler.support.errors import NotAPlanError, RefusedError
from scheduler.support.resources import data_folder
from scheduler.verification.plan import verify
from tests.delivery import plan_in

SAMPLES = data_folder() / "samples"


@pytest.fixture(scope="module", params=["small", "vest"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    read = read_round(SAMPLES / request.param, "nb")
    assert read.round is not None
    plan = make_plan(make_case(read.round), origin=read.origin).plan
    folder = tmp_path_factory.mktemp("plan") / "plan"
    write_plan(Delivery(plan, read.round, Translator("nb")), folder)
    return plan, read.round, folder


def test_the_plan_as_it_is_has_nothing_wrong(made: Any) -> None:
    _, round, folder = made
    for name in ("plan.json", plan_in(folder).name):
        assert check_delivered(read_plan(folder / name), make_case(round)) == []


def _changed(value: object) -> Iterator[object]:
    """Other values of the same kind."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif value is None:
        yield from (0, 1)
    elif isinstance(value, str):
        try:
            day = date.fromisoformat(value)
            yield from ((day + timedelta(days=n)).isoformat() for n in (1, -1, 30))
        except ValueError:
            yield from (f"{value}X", "six" if value != "six" else "split")


def _alterations(placements: list[Any]) -> Iterator[list[Any]]:
    """Every single change to a value of a placement; placements gone, doubled or exchanged."""
    for n, entry in enumerate(placements):
        yield placements[:n] + placements[n + 1 :]
        yield [*placements, entry]
        for key in ("candidate_id", "shape", "points"):
            for value in _changed(entry[key]):
                yield [*placements[:n], {**entry, key: value}, *placements[n + 1 :]]
        for s, segment in enumerate(entry["segments"]):
            for key in segment:
                for value in _changed(segment[key]):
                    new = [*entry["segments"]]
                    new[s] = {**segment, key: value}
                    yield [*placements[:n], {**entry, "segments": new}, *placements[n + 1 :]]
    for a, b in itertools.combinations(range(len(placements)), 2):
        changed = [dict(p) for p in placements]
        changed[a]["candidate_id"], changed[b]["candidate_id"] = (
            placements[b]["candidate_id"],
            placements[a]["candidate_id"],
        )
        yield changed


def test_any_change_to_a_placement_in_plan_json_is_caught(made: Any) -> None:
    plan, round, _ = made
    data = json.loads(plan.to_json())
    case = make_case(round)
    altogether = list(_alterations(data["placements"]))
    tried = altogether[:: max(1, len(altogether) // 500)]  # some of every kind, over all of them
    for placements in tried:
        text = json.dumps({**data, "placements": placements})
        try:
            altered = Plan.from_json(text)
        except ValueError:
            continue  # not even a plan
        assert verify(altered, case), placements
    assert len(tried) > 100


@pytest.mark.parametrize("key", ["goals", "unplaced", "locks", "policy", "round", "status"])
def test_other_changes_to_plan_json_are_caught(made: Any, key: str) -> None:
    plan, round, _ = made
    data = json.loads(plan.to_json())
    changes: dict[str, Any] = {
        "goals": [{**g, "value": g["value"] + 1, "bound": g["value"] + 1} for g in data["goals"]],
        "unplaced": data["unplaced"][1:],
        "locks": [{**k, "end": "2030-01-01"} for k in data["locks"]],
        "policy": {**data["policy"], "max_late_months": 9},
        "round": {**data["round"], "run_date": "2026-03-02"},
        "status": "feasible",
    }
    altered = Plan.from_json(json.dumps({**data, key: changes[key]}))
    assert verify(altered, make_case(round))


def test_a_goal_called_proved_needs_its_bound(made: Any) -> None:
    plan, round, _ = made
    data = json.loads(plan.to_json())
    for goal in data["goals"]:
        goal["bound"] = goal["value"] + 1
    assert verify(Plan.from_json(json.dumps(data)), make_case(round))


def test_any_changed_cell_of_the_placements_is_named(made: Any, tmp_path: Path) -> None:
    _, round, folder = made
    book = load_workbook(plan_in(folder))
    sheet = book["Plasseringer"]
    spots = [c.coordinate for row in sheet.iter_rows(min_row=6) for c in row if c.value is not None]
    for spot in spots[:: max(1, len(spots) // 12)]:
        cell = sheet[spot]
        before = cell.value
        if isinstance(before, datetime):
            cell.value = before + timedelta(days=1)
        elif isinstance(before, int):
            cell.value = before + 1
        else:
            cell.value = f"{before}X"
        book.save(tmp_path / "plan.xlsx")
        cell.value = before
        found = check_delivered(read_plan(tmp_path / "plan.xlsx"), make_case(round))
        assert ("Plasseringer", spot) in {
            (dict(f.values).get("sheet"), dict(f.values).get("cell")) for f in found
        }, spot


def test_changes_on_every_other_sheet_are_named_too(made: Any, tmp_path: Path) -> None:
    _, round, folder = made
    names = [s.title for s in load_workbook(plan_in(folder)).worksheets]
    for name in names[:-1]:
        book = load_workbook(plan_in(folder))
        sheet = book[name]
        sheet["A1"] = "noe annet"
        book.save(tmp_path / "plan.xlsx")
        found = check_delivered(read_plan(tmp_path / "plan.xlsx"), make_case(round))
        assert {dict(f.values).get("cell") for f in found} == {"A1"}, name


def test_rows_added_or_deleted_are_named(made: Any, tmp_path: Path) -> None:
    _, round, folder = made
    book = load_workbook(plan_in(folder))
    book["Plasseringer"].delete_rows(8)
    book.save(tmp_path / "plan.xlsx")
    assert check_delivered(read_plan(tmp_path / "plan.xlsx"), make_case(round))
    book = load_workbook(plan_in(folder))
    book["Plasseringer"].append(["K99", 1, "Kandidat 99"])
    book.save(tmp_path / "plan.xlsx")
    assert check_delivered(read_plan(tmp_path / "plan.xlsx"), make_case(round))


def test_sorting_a_sheet_changes_nothing(made: Any, tmp_path: Path) -> None:
    _, round, folder = made
    book = load_workbook(plan_in(folder))
    sheet = book["Plasseringer"]
    rows = itertools.takewhile(lambda row: row[0].value, sheet.iter_rows(min_row=6))
    values = [[(c.value, c.number_format) for c in row] for row in rows]
    assert len(values) > 5
    for line, row in enumerate(reversed(values), 6):
        for column, (value, shown_as) in enumerate(row, 1):
            sheet.cell(line, column).value = value
            sheet.cell(line, column).number_format = shown_as
    book.save(tmp_path / "plan.xlsx")
    assert check_delivered(read_plan(tmp_path / "plan.xlsx"), make_case(round)) == []


def test_a_plan_that_fails_its_check_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_round(SAMPLES / "small")
    assert read.round is not None

    def corrupt(*args: Any, **more: Any) -> Any:
        solution = solve(*args, **more)
        first = replace(solution.placements[0], points=solution.placements[0].points + 2)
        return replace(solution, placements=(first, *solution.placements[1:]))

    monkeypatch.setattr("scheduler.planning.solve", corrupt)
    with pytest.raises(RefusedError):
        make_plan(make_case(read.round), origin=read.origin)


def test_files_that_are_no_plan(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "b.xlsx").write_bytes(b"nothing")
    for name in ("a.json", "b.xlsx", "missing.json"):
        with pytest.raises(NotAPlanError):
            read_plan(tmp_path / name)
    with pytest.raises(NotAPlanError):
        read_plan(SAMPLES / "small" / "input.xlsx")


def test_a_forged_plan_of_which_no_workbook_can_be_made_is_told_as_wrong(
    made: Any, tmp_path: Path
) -> None:
    plan, round, folder = made
    copied = tmp_path / "plan"
    shutil.copytree(folder, copied)
    nobody = {"candidate_id": "X"}
    forged = {
        "explanations": [plan.explanations[0].model_copy(update={"rank": 0})],
        "unplaced": [plan.unplaced[0].model_copy(update=nobody)],
        "goals": [plan.goals[0].model_copy(update={"id": "x"})],
        "help": [plan.help[0].model_copy(update=nobody)],
    }
    for name, first in forged.items():
        whole = [*first, *getattr(plan, name)[1:]]
        text = plan.model_copy(update={name: whole}).to_json()
        (copied / "plan.json").write_text(text, encoding="utf-8")
        found = check_delivered(read_plan(copied), make_case(round))
        assert len(found) > 1, name
        assert found[0].message == "The plan kept in {file} is not the plan in {plan}."
    nowhere = plan.placements[0].model_copy(update={"segments": []})
    text = plan.model_copy(update={"placements": [nowhere]}).to_json()
    (copied / "plan.json").write_text(text, encoding="utf-8")
    with pytest.raises(NotAPlanError):
        read_plan(copied)


def test_why_a_plan_cannot_be_read_is_told_in_words(made: Any, tmp_path: Path) -> None:
    data = json.loads(made[0].to_json())
    data["goals"][0]["value"] = "many"
    texts = {"wrong.json": json.dumps(data), "cut.json": '{"schema":', "no.json": "{}"}
    told = {}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(NotAPlanError) as raised:
            read_plan(tmp_path / name)
        told[name] = Translator("en").finding(raised.value.finding).split(": ", 1)[1]
    assert told == {
        "wrong.json": "goals.0.value.int is missing, or is not what should stand there.",
        "cut.json": "The text in it is not JSON.",
        "no.json": "schema is missing, or is not what should stand there.",
    }


def test_the_wrong_round_is_told(made: Any) -> None:
    plan, _, _ = made
    other: Round | None = read_round(SAMPLES / "conflict").round
    assert other is not None
    assert check_delivered(DeliveredPlan(plan), make_case(other))


def test_a_folder_or_a_file_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    told = {}
    for path in (tmp_path, tmp_path / "plan.json"):
        with pytest.raises(NotAPlanError) as raised:
            read_plan(path)
        told[path] = Translator("nb").finding(raised.value.finding)
    assert told == {
        tmp_path: f"Mappen {tmp_path.name} har ingen plan.json; oppgi mappen som alis plan skrev.",
        tmp_path / "plan.json": f"Filen {tmp_path / 'plan.json'} finnes ikke.",
    }


def test_of_the_files_every_name_and_the_sum_of_what_is_no_workbook_are_checked(
    made: Any, tmp_path: Path
) -> None:
    plan, round, folder = made
    book = names_of(plan).plan
    copied = tmp_path / "plan"
    shutil.copytree(folder, copied)
    (copied / "proof.json").write_text("{}")
    data = json.loads((copied / "plan.json").read_text(encoding="utf-8"))
    sums = data["files"] | {"proof.json": hashlib.sha256(b"{}").hexdigest()}
    case = make_case(round)

    def wrong(files: dict[str, str]) -> list[object]:
        text = json.dumps({**data, "files": files}, ensure_ascii=False)
        (copied / "plan.json").write_text(text, encoding="utf-8")
        return [dict(f.values)["file"] for f in check_delivered(read_plan(copied), case)]

    assert wrong(sums) == []
    # Sorting changes the sum of a workbook; its cells are compared.
    assert wrong(sums | {book: "0"}) == []
    assert wrong(sums | {"proof.json": "0"}) == ["proof.json"]
    assert wrong(sums | {"more.json": "0"}) == ["more.json"]
    for name in ("proof.json", book):
        assert wrong({key: sum for key, sum in sums.items() if key != name}) == [name]
    (copied / "proof.json").unlink()
    assert wrong(sums) == ["proof.json"]
