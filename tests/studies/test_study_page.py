"""docs/study.md and docs/nb/studie.md: their commands do what they say, on small rounds."""

import re
import shlex
from pathlib import Path

import pytest

from scheduler.support.resources import data_folder
from tests.quarter.command import alis

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = (DOCS / "study.md").read_text(encoding="utf-8")
NORWEGIAN = (DOCS / "nb" / "studie.md").read_text(encoding="utf-8")
# Those on this machine; a cluster is in test_cluster.py.
COMMANDS = [
    command
    for command in re.findall(r"^\$ alis (study .+)$", PAGE + NORWEGIAN, flags=re.MULTILINE)
    if "--cluster" not in command
]
SAMPLES = [str(data_folder() / "samples" / name) for name in ("small", "conflict")]


def test_the_page_has_its_commands() -> None:
    assert len(COMMANDS) == 6


@pytest.mark.parametrize(
    "command", COMMANDS, ids=lambda c: c.split("--out ")[1] + c.split("--")[1].split()[0]
)
def test_the_commands_of_the_page_work(command: str, tmp_path: Path) -> None:
    words = [w for w in shlex.split(command) if not re.fullmatch(r"q\d+\.xlsx", w)]
    out = words.index("--out") + 1
    words[out] = str(tmp_path / words[out])
    needs = "--add-positions" in command
    done = alis(words[0], *SAMPLES[needs:], *words[1:])
    assert done.exit_code == 0, done.stderr
    named = re.findall(r"`((?:study|positions)\.\w+)`", PAGE)
    kind = "positions" if needs else "study"
    for name in {n for n in named if n.startswith(kind)}:
        assert (Path(words[out]) / name).is_file(), name


def test_the_page_has_the_picture_and_the_options_that_there_are() -> None:
    told = set(re.findall(r"^\| `(--[a-z-]+)", PAGE, flags=re.MULTILINE))
    shown = alis("study", "--help").stdout
    assert told
    assert all(option in shown for option in told)
