"""`alis study`, from rounds to the files that a region reads."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from html import unescape
from importlib.util import find_spec as real_find_spec
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import scheduler
from scheduler.input.writing import write_input
from scheduler.locale import Translator
from scheduler.samples.region import make_sample
from scheduler.studies.combinations import refuse_seeds_in_words
from scheduler.studies.executor import Local
from scheduler.support.errors import ClusterError
from scheduler.support.resources import data_folder
from tests.builders import a_round
from tests.quarter.command import Done, alis
from tests.studies.rounds import CANARY

SMALL = data_folder() / "samples" / "small"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two small rounds; the name of everybody in them says CANARY."""
    folder = tmp_path_factory.mktemp("rounds")
    paths = []
    for seed in (1, 2):
        facts = make_sample("nord", 12, 8, seed)
        people = [
            p.model_copy(update={"name": f"{CANARY} {n}", "email": f"{CANARY}{n}@example.no"})
            for n, p in enumerate(facts.rows["candidates"])
        ]
        facts = replace(facts, rows={**facts.rows, "candidates": people})
        paths.append(folder / f"{CANARY}-{seed}.xlsx")
        write_input(paths[-1], facts, Translator("nb"))
    return paths


@pytest.fixture(scope="module")
def made(rounds: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    out = tmp_path_factory.mktemp("made") / "study"
    return _study(rounds, out), out


def _study(rounds: list[Path], out: Path, *more: object) -> Done:
    orders = "municipal_order=placed,strict,off"
    return alis("study", *rounds, "--set", orders, "--workers", 1, "--out", out, *more)


def test_the_files_are_there_and_tell_the_same(made: tuple[Done, Path]) -> None:
    done, out = made
    assert done.exit_code == 0, done.stderr
    assert {p.name for p in out.iterdir()} == {
        *("study.json", "study.xlsx", "study.html", "study.parquet", "tasks")
    }
    told = pd.read_parquet(out / "study.parquet")
    assert len(told) == 6
    assert list(told["policy"].unique()) == ["placed", "strict", "off"]
    assert "strict: i gjennomsnitt" in done.stdout
    book = load_workbook(out / "study.xlsx", read_only=True)
    assert book.sheetnames == [
        *("Regelsett", "Forskjeller", "Gevinst og tap", "Hvem vinner, hvem taper", "Alle planer")
    ]
    head, *rows = book["Alle planer"].iter_rows(values_only=True)
    assert head[0] == "Runde"  # a pivot table takes it as it is
    assert [r[head.index("Plassert")] for r in rows] == list(told["placed"])
    assert all(len(r) == len(head) for r in rows)


def test_the_page_needs_nothing_from_anywhere(made: tuple[Done, Path]) -> None:
    page = (made[1] / "study.html").read_text(encoding="utf-8")
    assert "default-src 'none'; style-src 'sha256-" in unescape(page)
    assert page.count('<img src="data:image/svg+xml;base64,') == 2
    assert not re.search(r"<(link|image|iframe)\b|<script [^>]*src|url\((?!#)|@import", page)
    named = set(re.findall(r'(?:href|src)="([^"#][^"]*)"', page))
    assert all(name.startswith("data:image/svg+xml;base64,") for name in named)


def test_nothing_in_the_folder_names_anybody(made: tuple[Done, Path]) -> None:
    for path in made[1].rglob("*"):
        assert CANARY not in path.name
        if path.suffix in (".json", ".html", ".parquet"):
            assert CANARY.encode() not in path.read_bytes(), path
    for sheet in load_workbook(made[1] / "study.xlsx").worksheets:
        for line in sheet.iter_rows(values_only=True):
            assert not any(CANARY in str(cell) for cell in line), sheet.title


def test_a_second_call_does_nothing_again(rounds: list[Path], made: tuple[Done, Path]) -> None:
    before = {p: p.stat().st_mtime_ns for p in (made[1] / "tasks").rglob("*.json")}
    done = _study(rounds, made[1], "--json")
    assert done.exit_code == 0, done.stderr
    assert {p: p.stat().st_mtime_ns for p in (made[1] / "tasks").rglob("*.json")} == before
    assert not list(made[1].glob("study.2*"))  # what says the same is not kept twice
    told = json.loads(done.stdout)
    assert [r["policy"] for r in told["rows"]] == ["placed", "strict", "off"] * 2
    assert all(r["proof"] in ("certificate", "search") for r in told["rows"])


def test_further_positions_are_told_by_department_and_quarter(tmp_path: Path) -> None:
    done = alis(
        *("study", SMALL, "--add-positions", "--best", 1, "--workers", 2, "--lang", "en"),
        *("--out", tmp_path / "need"),
    )
    assert done.exit_code == 0, done.stderr
    assert re.search(r"R01: .+: 8 placed, 7 before\.", done.stdout)
    book = load_workbook(tmp_path / "need" / "positions.xlsx")
    assert book.sheetnames == ["The best together", "Each position alone"]
    rows = [r for r in book["Each position alone"].iter_rows(values_only=True) if r[0] == "R01"]
    gains = [int(str(r[5])) for r in rows]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] == 1
    assert all((tmp_path / "need" / name).is_file() for name in ("positions.html", "study.json"))
    again = alis(
        *("study", SMALL, "--add-positions", "--best", 1, "--workers", 2, "--lang", "en"),
        *("--out", tmp_path / "need", "--json"),
    )
    (told,) = json.loads(again.stdout)["rounds"]
    assert (told["placed"], told["best"][0]["placed"]) == (7, 8)
    assert len(told["single"]) == len(rows)
    assert len(list((tmp_path / "need").glob("positions*"))) == 2  # the same is not kept twice


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--set", "municipal_order"], "municipal_order=placed,strict,off"),
        (["--set", "municipal_order=loose"], "placed, strict, off"),
        (["--set", "nothing=1"], "nothing"),
        (["--policy", "nord-2024", "--policy", "nord-2024"], "nord-2024 er nevnt to ganger"),
        (["--set", "lead_months=2,2"], "2 er nevnt to ganger"),
        (["--set", "lead_months=2", "--set", " lead_months=3"], "lead_months er nevnt to ganger"),
        (["--set", "points.nothing.more=1"], "points.nothing.more"),
        (["--policy", "nowhere"], "nowhere"),
        (["--add-positions", "--set", "lead_months=1,2"], "ett regelsett"),
        (["--tls-ca", "ca.pem"], "--cluster"),
        (["--cluster", "tls://127.0.0.1:1"], "--tls-cert"),
        (["--cluster", "tls://127.0.0.1:1", "--tls-ca", "ca.pem"], "alle tre"),
        (["--cluster", "foo://x"], "Klyngen på foo://x kan ikke nås"),
        (["--cluster", "tcp://127.0.0.1:1"], "Klyngen på tcp://127.0.0.1:1 kan ikke nås"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_made(
    words: list[str], told: str, tmp_path: Path
) -> None:
    done = alis("study", SMALL, *words, "--out", tmp_path / "study")
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize(
    ("seed", "sent"),
    [
        *(("20260301", True), ("2026-Q1", True), ("7/b", True)),
        *(("trukket av Kari Nordmann", False), ("Kari", False), ("Kari7", False), ("1 2", False)),
    ],
)
def test_a_seed_in_words_is_not_sent_to_a_cluster(seed: str, sent: bool) -> None:
    rounds = [a_round([], [], seed=seed)]
    if sent:
        refuse_seeds_in_words(rounds)
    else:
        with pytest.raises(ClusterError, match=f"R01: the lot's seed is text .{seed}."):
            refuse_seeds_in_words(rounds)


class Elsewhere(Local):
    """Would send tasks to other machines."""

    elsewhere = True


def test_the_library_sends_no_seed_in_words_either() -> None:
    round = a_round([], [], seed="Kari")
    with pytest.raises(ClusterError, match="Kari"):
        scheduler.study([round], {"own": round.policy}, executor=Elsewhere(0))


def test_the_command_looks_at_the_seed_before_it_asks_a_cluster(tmp_path: Path) -> None:
    words = tmp_path / "round"
    shutil.copytree(data_folder() / "samples" / "vest", words)
    file = words / "round.csv"
    lines = file.read_text(encoding="utf-8-sig")
    lines = lines.replace("seed;", "seed;trukket av Kari Nordmann", 1)
    file.write_text(lines.replace("seed_reason;", "seed_reason;loddet", 1), encoding="utf-8")
    done = alis("study", words, "--cluster", "tcp://127.0.0.1:1", "--out", tmp_path / "study")
    assert done.exit_code == 2
    assert "bare id-er og tall kan forlate denne maskinen" in done.stderr


@pytest.mark.parametrize(
    ("package", "words"),
    [("matplotlib", []), ("distributed", ["--cluster", "tcp://x:1"])],
)
def test_what_is_not_installed_is_told_with_how_to_install_it(
    package: str,
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def find_spec(name: str) -> object:
        return None if name == package else real_find_spec(name)

    monkeypatch.setattr("scheduler.support.errors.find_spec", find_spec)
    done = alis("study", SMALL, *words, "--out", tmp_path / "study")
    assert done.exit_code == 2
    assert f"pipx inject alis-placement {package}\n" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--policy", "nowhere", "--policy", "nobody"], ["nowhere", "nobody"]),
        (
            ["--policy", "nowhere", "--policy", "vest-2023", "--policy", "vest-2023", "--set", "x"],
            ["nowhere", "vest-2023 er nevnt to ganger", "x: Skriv"],
        ),
        (["--set", "nothing=1", "--set", "lead_months=x,2"], ["nothing", "lead_months"]),
        (["--best", "3"], ["--add-positions"]),
        (["--add-positions", "--seeds", "2"], ["--seeds"]),
        (["no-such", "nor-this.xlsx"], ["no-such", "nor-this.xlsx"]),
    ],
)
def test_all_that_is_wrong_is_told_at_once(
    words: list[str], told: list[str], tmp_path: Path
) -> None:
    done = alis("study", SMALL, *words, "--out", tmp_path / "study")
    assert done.exit_code == 2
    lines = [line for line in done.stderr.splitlines() if not re.match(r"R\d\d: ", line)]
    assert len(lines) == len(told)
    assert all(any(word in line for line in lines) for word in told), lines
    assert not (tmp_path / "study").exists()


def test_a_round_with_errors_ends_it(tmp_path: Path) -> None:
    broken = data_folder() / "samples" / "broken"
    other = shutil.copytree(broken, tmp_path / "other")
    done = alis("study", broken, SMALL, other, "--out", tmp_path / "study")
    assert done.exit_code == 3
    assert all(f"{path} har feil" in done.stderr for path in (broken, other))


@pytest.mark.skipif(sys.platform == "win32", reason="sends what Ctrl-C sends")
def test_a_study_that_is_stopped_keeps_what_is_done(rounds: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "study"
    call = [
        *(sys.executable, "cli.py", "study", *map(str, rounds), "--seeds", "200"),
        *("--workers", "1", "--out", str(out), "--lang", "en"),
    ]
    running = subprocess.Popen(call, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    while len(list((out / "tasks").rglob("*.json"))) < 5:
        assert running.poll() is None
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130, told
    kept = list((out / "tasks").rglob("*.json"))
    stopped = re.search(r"Stopped\. (\d+) of 400 plans are kept", told)
    assert stopped, told
    # One may have been put there without having been counted yet.
    assert int(stopped[1]) in (len(kept) - 1, len(kept))
    # The fifth may have been seen on its way, in the folder that it is written in first.
    assert 4 <= len(kept) < 400
    assert not [p for p in out.rglob("*") if p.name.startswith(".")]
    assert alis("study", *rounds, "--seeds", 2, "--workers", 1, "--out", out).exit_code == 0
