"""The command as a coordinator meets it: exit codes, streams, files."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduler.input.writing import InputFacts, write_input
from scheduler.locale import Translator
from scheduler.samples.region import make_sample
from scheduler.support.resources import data_folder
from tests.delivery import departments_in, plan_in
from tools.hand_samples import small_facts

SAMPLES = data_folder() / "samples"
ROOT = Path(__file__).parent.parent


def alis(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **env},
        check=False,
    )


def test_plan_writes_and_says_where(tmp_path: Path) -> None:
    done = alis("plan", SAMPLES / "small", "--out", tmp_path / "plan")
    assert done.returncode == 0, done.stderr
    assert "Det er bevist at planen er den best mulige" in done.stdout
    assert str(tmp_path / "plan") in done.stdout
    assert "\x1b" not in done.stdout + done.stderr  # no colour when not a terminal
    assert plan_in(tmp_path / "plan").is_file()
    assert str(tmp_path / "plan" / "proof.json") in done.stdout
    books = departments_in(tmp_path / "plan")
    assert f"hver av {len(books)} avdelinger" in done.stdout


def test_broken_input_is_told_in_full_and_nothing_is_written(tmp_path: Path) -> None:
    done = alis("plan", SAMPLES / "broken", "--out", tmp_path / "plan")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "celle E2" in done.stderr
    assert list(tmp_path.iterdir()) == []
    checked = alis("check", SAMPLES / "broken")
    assert checked.returncode == 3
    assert checked.stdout.count("Feil:") > 35


def test_another_policy_is_compared_with(tmp_path: Path) -> None:
    call = ("plan", SAMPLES / "small", "--out", tmp_path / "p", "--thorough", "--json")
    done = json.loads(alis(*call, "--compare-policy", "vest-2023").stdout)
    assert done["comparison"]["policy"] == "vest-2023"
    assert done["comparison"]["figures"]["placed"] > 0
    assert done["one_fewer"]["placed"] == done["placed"] - 1
    assert done["lot"]["examined"]


def test_conflicts_leave_with_4(tmp_path: Path) -> None:
    done = alis("plan", SAMPLES / "conflict", "--out", tmp_path / "plan")
    assert done.returncode == 4
    assert (tmp_path / "plan" / "plan.json").is_file()


def test_out_of_time_leaves_with_5_even_with_conflicts(tmp_path: Path) -> None:
    for name in ("nord", "conflict"):
        done = alis("plan", SAMPLES / name, "--out", tmp_path / name, "--time-limit", "0", "--json")
        assert done.returncode == 5, done.stderr
        assert json.loads(done.stdout)["status"] == "feasible"
        plan = json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8"))
        assert any(g["proof"] == "none" for g in plan["goals"])
        assert alis("verify", plan_in(tmp_path / name), SAMPLES / name).returncode == 0


def test_wrong_usage_leaves_with_2(tmp_path: Path) -> None:
    assert alis("plan").returncode == 2
    assert alis("plan", tmp_path / "missing", "--out", tmp_path / "x").returncode == 2
    assert alis("policy", "ukjent").returncode == 2
    unknown = ("plan", SAMPLES / "small", "--out", tmp_path / "x", "--compare-policy", "ukjent")
    assert alis(*unknown).returncode == 2
    assert alis("sample", "--out", tmp_path / "x.xlsx", "--region", "mars").returncode == 2


def test_what_cannot_be_written_leaves_with_7(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("x")
    done = alis("plan", SAMPLES / "small", "--out", tmp_path / "plan")
    assert done.returncode == 7
    assert (tmp_path / "plan").read_text() == "x"


def test_verify_refuses_with_6_and_names_the_cell(tmp_path: Path) -> None:
    alis("plan", SAMPLES / "small", "--out", tmp_path / "plan")
    book = load_workbook(plan_in(tmp_path / "plan"))
    book["Plasseringer"]["H6"] = "V01"
    book.save(tmp_path / "changed.xlsx")
    done = alis("verify", tmp_path / "changed.xlsx", SAMPLES / "small")
    assert done.returncode == 6
    assert "H6" in done.stdout
    as_json = alis("verify", tmp_path / "changed.xlsx", SAMPLES / "small", "--json")
    assert json.loads(as_json.stdout)["ok"] is False


def test_check_marks_a_copy(tmp_path: Path) -> None:
    done = alis("check", SAMPLES / "broken", "--marked", tmp_path / "marked.xlsx")
    assert done.stdout.splitlines()[-1] == str(tmp_path / "marked.xlsx")
    sheet = load_workbook(tmp_path / "marked.xlsx")["Kandidater"]
    assert sheet["E2"].value == "høst 2026"
    assert "1.8.2026" in sheet["E2"].comment.text


def test_json_and_languages() -> None:
    done = alis("check", SAMPLES / "broken", "--json", "--lang", "nn")
    data = json.loads(done.stdout)
    assert data["errors"] > 35
    assert {"severity", "sheet", "cell", "value", "text", "file"} <= set(data["messages"][0])
    assert any("ikkje" in m["text"] for m in data["messages"])
    assert "the region's choice" in alis("policy", "vest-2023", "--lang", "en").stdout
    assert "regionens valg" in alis("policy", "vest-2023").stdout
    assert "valet til regionen" in alis("policy", "vest-2023", ALIS_LANG="nn").stdout
    assert "nord-2024" in alis("policy").stdout
    rules = json.loads(alis("policy", "turn-2024", "--json").stdout)
    assert [g["id"] for g in rules["goals"]] == ["last-chance", "order", "unchanged", "lot"]


def test_sample_makes_input_that_can_be_planned(tmp_path: Path) -> None:
    for out in ("a.xlsx", "folder"):
        done = alis(
            "sample", "--out", tmp_path / out, "--candidates", 15, "--vacancies", 12, "--seed", 3
        )
        assert done.returncode == 0, done.stderr
        assert alis("check", tmp_path / out).returncode == 0


def _shuffled(facts: InputFacts, seed: int) -> InputFacts:
    r = random.Random(seed)
    rows = {sheet: r.sample(own, len(own)) for sheet, own in facts.rows.items()}
    return InputFacts(facts.settings, rows)


def _plan_of(path: Path, out: Path, *more: object) -> dict[str, Any]:
    assert alis("plan", path, "--out", out, *more).returncode in (0, 4)
    plan: dict[str, Any] = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    plan["solver"].pop("seconds")
    plan.pop("input")
    plan.pop("files")
    return plan


def test_shuffled_rows_and_other_workers_give_the_same_plan_json(tmp_path: Path) -> None:
    rounds = {"small": small_facts(), "vest": make_sample("vest", 40, 33, 5)}
    for name, facts in rounds.items():
        plans = []
        for n in range(3):
            path = tmp_path / f"{name}{n}" / "input.xlsx"
            write_input(path, _shuffled(facts, n) if n else facts, Translator("nb"))
            plans.append(_plan_of(path, tmp_path / f"{name}{n}" / "out", "--workers", n + 1))
        assert plans[0] == plans[1] == plans[2]


def test_a_plan_before_is_kept_where_nothing_is_lost(tmp_path: Path) -> None:
    before = _plan_of(SAMPLES / "small", tmp_path / "one")
    again = _plan_of(SAMPLES / "small", tmp_path / "two", "--previous", plan_in(tmp_path / "one"))
    assert again["placements"] == before["placements"]
    goals = {g["id"]: g["value"] for g in again["goals"]}
    assert goals["unchanged"] == len(before["placements"])
    plan = tmp_path / "two" / "plan.json"
    assert alis("verify", plan, SAMPLES / "small").returncode == 6
    previous = ("--previous", tmp_path / "one" / "plan.json")
    assert alis("verify", plan, SAMPLES / "small", *previous).returncode == 0
    none = alis("verify", plan, SAMPLES / "small", "--previous", tmp_path, "--lang", "nb")
    assert none.returncode == 2
    assert "Planen før denne, oppgitt med --previous, kan ikke leses." in none.stderr


def test_set_aside_plans_the_others(tmp_path: Path) -> None:
    write_input(tmp_path / "in.xlsx", small_facts(), Translator("en"))
    book = load_workbook(tmp_path / "in.xlsx")
    book["candidates"]["E5"] = "snart"
    book.save(tmp_path / "in.xlsx")
    assert alis("plan", tmp_path / "in.xlsx", "--out", tmp_path / "out").returncode == 3
    done = alis("plan", tmp_path / "in.xlsx", "--out", tmp_path / "out", "--set-aside")
    assert done.returncode == 0, done.stderr
    assert "K04" in done.stdout
    verified = alis("verify", plan_in(tmp_path / "out"), tmp_path / "in.xlsx")
    assert verified.returncode == 0, verified.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child on Windows")
def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "plan", str(SAMPLES / "nord"), "--out", str(tmp_path / "p")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert process.stderr.readline()  # warnings are told just before the search begins
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert b"Traceback" not in errors
    assert list(tmp_path.iterdir()) == []


def test_the_samples_are_what_the_tool_builds(tmp_path: Path) -> None:
    from tools.build_samples import build

    build(tmp_path)
    for path in sorted(SAMPLES.rglob("*")):
        built = tmp_path / path.relative_to(SAMPLES)
        if path.suffix == ".xlsx":
            assert _values(path) == _values(built), path
        elif path.suffix in (".csv", ".txt"):
            assert path.read_bytes() == built.read_bytes(), path


def _values(path: Path) -> list[list[tuple[object, ...]]]:
    book = load_workbook(path)
    return [[tuple(row) for row in s.iter_rows(values_only=True)] for s in book.worksheets]


def test_the_readme_commands_work(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [
        line.strip().removeprefix("alis ")
        for line in text.splitlines()
        if line.strip().startswith("alis ")
    ]
    assert len(commands) >= 5
    for command in commands:
        words = [str(tmp_path / w) if w.startswith("min") else w for w in command.split()]
        done = alis(*words)
        assert done.returncode in (0, 3, 4), (command, done.stderr)
