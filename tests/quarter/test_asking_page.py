"""docs/nb/sporsmal.md: every command in it works on the small sample."""

import re
import shlex
from pathlib import Path

import pytest

from scheduler.support.resources import data_folder
from tests.delivery import answers_in
from tests.quarter.command import alis

ROOT = Path(__file__).parent.parent.parent


def test_the_commands_of_the_page_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "nb" / "sporsmal.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ alis (.+)$", page, flags=re.MULTILINE)
    assert {c.split()[0] for c in commands} == {"compare", "what-if", "who", "ledger"}
    small = (data_folder() / "samples" / "small" / "input.xlsx").read_bytes()
    monkeypatch.chdir(tmp_path)
    Path("runde.xlsx").write_bytes(small)
    assert alis("plan", "runde.xlsx", "--out", "plan").exit_code == 0
    answers = str(answers_in(Path("plan")))
    files = ("runde.xlsx", "--plan", "plan", "--answers", answers, "--out", "runde-april.xlsx")
    refill = ("--refill", "--run-date", "2026-04-15", "--unanswered", "keep")
    assert alis("next", *files, *refill).exit_code == 0
    assert alis("plan", "runde-april.xlsx", "--out", "plan-april").exit_code == 0
    said = []
    for command in commands:
        done = alis(*shlex.split(command))
        assert done.exit_code == 0, (command, done.stderr)
        said.append(done.stdout)
    assert "K08: ikke plassert → V06: 1.9.2026 til 28.2.2027" in said[1]
    assert "Planen ville blitt den samme." in said[2]
    assert "K06" in said[3]
    assert {p.name for p in tmp_path.iterdir() if p.is_file()} == {
        *("runde.xlsx", "runde-april.xlsx", "forskjell.html", "regnskap.xlsx")
    }
