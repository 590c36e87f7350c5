"""docs/nb/kvartalet.md as it is told: the commands are run in order; people answer in between."""

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import cli
from scheduler.support.resources import data_folder
from tests.quarter.helpers import fill, no, yes

ROOT = Path(__file__).parent.parent.parent
SMALL = data_folder() / "samples" / "small" / "input.xlsx"


def alis(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, without a process of its own: that is most of the time."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.argv, Path.cwd()
    sys.argv = ["alis", *words]
    os.chdir(folder)
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
            cli.in_language("nb")()
    finally:
        sys.argv = before[0]
        os.chdir(before[1])
    code = left.value.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def commands() -> list[list[str]]:
    text = (ROOT / "docs" / "nb" / "kvartalet.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("$ alis ")]
    return [shlex.split(line)[2:] for line in lines]


def reply(folder: Path, plan: str, to: str, day: date, answers: dict[str, str]) -> None:
    """The municipalities answer, each in its own workbook."""
    for n, path in enumerate(sorted((folder / plan / "municipalities").iterdir())):
        said = {
            who: {"candidate_answer": answer, "answered_on": day} for who, answer in answers.items()
        }
        fill(path, folder / to / f"svar {n}.xlsx", said)


def test_the_story_of_a_quarter(tmp_path: Path) -> None:
    shutil.copy(SMALL, tmp_path / "runde.xlsx")
    first = {"K01": "ja", "K02": "ja", "K03": "nei", "K04": "trukket", "K05": "ja"}
    for words in commands():
        if words[:2] == ["answers", "plan"]:
            reply(tmp_path, "plan", "svar", date(2026, 3, 10), first)
        elif words[:2] == ["answers", "plan-april"]:
            reply(tmp_path, "plan-april", "svar-mai", date(2026, 5, 4), {"K06": "ja", "K07": "ja"})
        done = alis(tmp_path, *words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    places = {
        (p["candidate_id"], s["vacancy_id"], s["start"])
        for p in plan["placements"]
        for s in p["segments"]
        if p["candidate_id"] in ("K01", "K02", "K05", "K06", "K07")
    }
    book = load_workbook(tmp_path / "runde-juni.xlsx")
    rows = list(book["Låste plasser"].iter_rows(min_row=2, values_only=True))
    held = {(r[0], r[1], f"{r[2]:%Y-%m-%d}") for r in rows}
    assert places == {h for h in held if h[0] != "K12"}
    assert {r[4] for r in rows if r[0] != "K12"} == {"takket ja"}
    rounds = {r[1] for r in book["Historikk"].iter_rows(min_row=2, values_only=True)}
    assert len(rounds) == 2


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kvartal")
    shutil.copy(SMALL, folder / "runde.xlsx")
    done = alis(folder, "plan", "runde.xlsx", "--out", "plan")
    assert done.returncode == 0
    fill(folder / "plan" / "answers.xlsx", folder / "alle.xlsx", {"*": yes()})
    fill(folder / "plan" / "answers.xlsx", folder / "noen.xlsx", {"K01": yes()})
    return folder


def call(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return alis(folder, "next", "runde.xlsx", "--plan", "plan", *more)


def test_what_is_missing_is_listed_and_nothing_is_written(sent: Path) -> None:
    before = sorted(sent.iterdir())
    done = call(sent, "--answers", "noen.xlsx", "--out", "neste.xlsx")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("har ikke svart") == 7
    assert "Ingenting ble skrevet" in done.stderr
    assert sorted(sent.iterdir()) == before


def test_nothing_is_written_over(sent: Path, tmp_path: Path) -> None:
    own = (sent / "runde.xlsx").read_bytes()
    done = call(sent, "--answers", "alle.xlsx", "--out", "runde.xlsx", "--overwrite")
    assert done.returncode == 2
    out = str(tmp_path / "neste.xlsx")
    assert call(sent, "--answers", "alle.xlsx", "--out", out).returncode == 0
    once = Path(out).read_bytes()
    assert call(sent, "--answers", "alle.xlsx", "--out", out).returncode == 7
    assert call(sent, "--answers", "alle.xlsx", "--out", out, "--overwrite").returncode == 0
    assert Path(out).read_bytes() == once
    assert (sent / "runde.xlsx").read_bytes() == own


def test_answers_of_another_kind_and_plan_are_refused(sent: Path, tmp_path: Path) -> None:
    other = data_folder() / "samples" / "conflict"
    assert alis(tmp_path, "plan", str(other), "--out", "annen").returncode == 4
    own = str(tmp_path / "annen" / "answers.xlsx")
    done = call(sent, "--answers", own, "--out", "neste.xlsx")
    assert done.returncode == 3
    assert "Runde med konflikter" in done.stderr
    assert "Liten runde" in done.stderr
    town = next((sent / "plan" / "municipalities").iterdir())
    assert call(sent, "--answers", str(town), "--out", "neste.xlsx").returncode == 3


def test_programs_get_the_changes_as_json(sent: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "neste.xlsx")
    done = call(sent, "--answers", "alle.xlsx", "--out", out, "--json", "--lang", "en")
    changes = json.loads(done.stdout)["changes"]
    assert {c["where"] for c in changes} == {"Tildelingsrunde", "Kandidater", "Låste plasser"}
    assert all(c["why"] for c in changes)


def test_answers_that_differ_need_a_decision(sent: Path, tmp_path: Path) -> None:
    town = next((sent / "plan" / "municipalities").glob("1860*"))
    fill(town, tmp_path / "svar" / "a.xlsx", {"K04": yes()})
    fill(town, tmp_path / "svar" / "b.xlsx", {"K04": no()})
    (tmp_path / "svar" / "~$a.xlsx").write_bytes(b"Excel")
    out = str(tmp_path / "samlet.xlsx")
    done = alis(sent, "answers", "plan", str(tmp_path / "svar"), "--out", out)
    assert done.returncode == 4, done.stderr
    assert "a.xlsx" in done.stdout
    assert "b.xlsx" in done.stdout
    assert "Ingenting er valgt" in done.stdout
    as_json = alis(sent, "answers", "plan", str(tmp_path / "svar"), "--out", out, "--json")
    assert as_json.returncode == 7  # it is there already
    again = [out, "--overwrite", "--json"]
    told = alis(sent, "answers", "plan", str(tmp_path / "svar"), "--out", *again)
    assert json.loads(told.stdout)["blank"] == 8
    # Nor does one of them become a no because the time is up.
    declined = ("--unanswered", "declined", "--out", str(tmp_path / "neste.xlsx"))
    done = call(sent, "--answers", out, *declined)
    assert done.returncode == 3
    assert "det står en merknad" in done.stderr


def test_answers_and_a_plan_are_never_written_over(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "alle.xlsx").write_bytes((sent / "alle.xlsx").read_bytes())
    for out in (
        tmp_path / "alle.xlsx",
        sent / "plan" / "plan.xlsx",
        sent / "plan" / "answers.xlsx",
    ):
        before = out.read_bytes()
        own = ("--answers", str(tmp_path / "alle.xlsx"), "--out", str(out), "--overwrite")
        assert call(sent, *own).returncode == 2
        gathered = ("answers", "plan", str(tmp_path / "alle.xlsx"), "--out", str(out))
        assert alis(sent, *gathered, "--overwrite").returncode == 2
        assert out.read_bytes() == before


def test_what_came_back_is_found_whatever_its_name_and_what_is_no_workbook_is_told(
    sent: Path, tmp_path: Path
) -> None:
    town = next((sent / "plan" / "municipalities").glob("1860*"))
    fill(town, tmp_path / "svar" / "b.xlsx", {"K04": yes()})
    (tmp_path / "svar" / "fra Vestvågøy").mkdir()
    (tmp_path / "svar" / "b.xlsx").rename(tmp_path / "svar" / "fra Vestvågøy" / "B.XLSX")
    (tmp_path / "svar" / "svar.pdf").write_bytes(b"%PDF")
    gathered = ("answers", "plan", str(tmp_path / "svar"), "--out")
    done = alis(sent, *gathered, str(tmp_path / "a.xlsx"), "--json")
    assert json.loads(done.stdout)["yes"] == 1
    assert "svar.pdf er ikke en arbeidsbok" in done.stderr
    (tmp_path / "tom").mkdir()
    for nothing in ("tom", "ingen"):
        call_ = ("answers", "plan", str(tmp_path / nothing), "--out", str(tmp_path / "b.xlsx"))
        assert alis(sent, *call_).returncode == 2


def test_days_and_names_of_files_that_make_no_sense_are_usage_errors(sent: Path) -> None:
    for more in (
        ("--out", "neste.xlsx", "--run-date", "i morgen"),
        ("--out", "neste.xlsx", "--refill"),
        ("--out", "neste.csv"),
    ):
        assert call(sent, "--answers", "alle.xlsx", *more).returncode == 2, more
